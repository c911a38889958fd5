import type { Flow } from '../twiml/flow';
import { Redirected } from '../twiml/redirected';
import type { Conference } from './conference';
import type { Departure, Participant } from './participant';

/** Keeps the call in the conference until it leaves, or is sent elsewhere. @throws as `Scope.wait` does */
export async function stay(
  participant: Participant,
  conference: Conference,
  { scope }: Pick<Flow, 'scope'>,
): Promise<Departure> {
  try {
    return await participant.left.wait(scope);
  } catch (reason) {
    // A call that is over has left by itself.
    if (reason instanceof Redirected) conference.leave(participant.callSid, 'redirected');
    throw reason;
  }
}
