import { placeCall, ring } from '../calls/place-call';
import type { StatusCallback } from '../calls/status-callback';
import type { Flow } from '../twiml/flow';
import type { Dialed } from './dialed';

interface DialSettings {
  readonly timeoutSeconds: number;
  readonly statusCallback: StatusCallback | null;
}

/** Calls a person, and connects the call until one of the two hangs up. */
export async function dialPerson(
  to: string,
  { timeoutSeconds, statusCallback }: DialSettings,
  flow: Flow,
): Promise<Dialed> {
  const { call, scope, services } = flow;
  const { from, sid: parentCallSid, taskSid } = call;
  const parts = { from, to, parentCallSid, taskSid, statusCallback };
  const dialed = placeCall({ ...parts, direction: 'outbound-dial' }, services);
  const { person } = dialed;
  call.record(person, 'is called', to);
  try {
    ring(dialed, timeoutSeconds, services);
    await dialed.until(scope, ({ answeredAt, isOver }) => answeredAt !== null || isOver);
    if (dialed.answeredAt === null) call.record(person, 'does not answer', dialed.status);
    else {
      call.record(person, 'answers');
      await dialed.until(scope, ({ isOver }) => isOver);
      call.record(person, 'hangs up');
    }
    return { status: dialed.status, callSid: dialed.sid, seconds: dialed.seconds };
  } finally {
    dialed.end('canceled');
  }
}
