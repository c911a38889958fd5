import type { CallAnswered, CallEnded, CallFailed } from '../../model/commands';
import type { VoiceCall } from '../../model/entities';
import { InvalidParameter } from '../../model/errors';
import type { TaskRouter } from '../../taskrouter';
import type { CallView } from '../calls/live-call';

/** What a person does with a phone. */
export const callActions = ['answer', 'decline', 'hang_up'] as const;
export type CallAction = (typeof callActions)[number];

/** A call to a worker that hears no TwiML, as it is now. */
export function workerCallView(call: VoiceCall, view: TaskRouter['view']): CallView {
  const { sid, from, to, answeredAt, reservationSid } = call;
  return {
    sid,
    from: from ?? '',
    to,
    status: answeredAt === null ? 'ringing' : 'in-progress',
    taskSid: view.find('reservations', reservationSid)?.taskSid ?? null,
    transcript: [],
  };
}

/** What it means for TaskRouter that the worker does this. @throws InvalidParameter if it is too late for that */
export function workerCommand(
  { sid: callSid, answeredAt }: VoiceCall,
  action: CallAction,
): CallAnswered | CallFailed | CallEnded {
  if (action === 'hang_up' && answeredAt !== null) return { type: 'CallEnded', callSid };
  if (answeredAt !== null) throw new InvalidParameter(`Call ${callSid} has been answered`);
  if (action === 'answer') return { type: 'CallAnswered', callSid };
  return { type: 'CallFailed', callSid, failure: 'refused' };
}
