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
 * What TaskRouter shall do with a reservation it has just made. Edit this: it is pure and synchronous, sees the offer
 * and the settings, and answers an instruction, or `{}` to leave the reservation pending for the REST API.
 *
 * What it throws or answers wrongly is logged and becomes `{}`, because an error would make TaskRouter cancel the
 * reservation. Numbers and URLs come from the settings and never from task attributes: a caller could set those.
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
      return call(settings);
    case 'redirect':
      return redirect(offer, settings);
    case 'conference':
      return conference(settings);
    default:
      throw unknownInstruction();
  }
}
