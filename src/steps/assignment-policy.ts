import {
  type AssignmentInstruction,
  call,
  conference,
  dequeue,
  redirect,
  reject,
  unknownInstruction,
} from './assignment-instructions';
import type { AssignmentOffer } from './assignment-offer';
import type { AssignmentSettings } from './assignment-settings';

/**
 * Decides what TaskRouter does with a new reservation. Edit this function: it is pure and synchronous, gets the offer
 * and the settings, and returns an instruction, or `{}` to leave the reservation pending for the REST API.
 *
 * Errors and invalid instructions are logged and become `{}`, because an error response would make TaskRouter cancel the
 * reservation. Take numbers and URLs from the settings, never from task attributes: a caller could set those.
 *
 * https://www.twilio.com/docs/taskrouter/handle-assignment-callbacks#responding-to-the-assignment-callback
 */
export function assignmentPolicy(
  offer: AssignmentOffer,
  settings: AssignmentSettings,
): AssignmentInstruction {
  switch (settings.instruction) {
    case 'none':
      return {};
    case 'accept':
      return { instruction: 'accept' };
    case 'reject':
      return reject(settings);
    case 'dequeue':
      return dequeue(settings);
    case 'call':
      return call(offer, settings);
    case 'redirect':
      return redirect(offer, settings);
    case 'conference':
      return conference(settings);
    default:
      throw unknownInstruction();
  }
}
