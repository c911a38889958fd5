import { InvalidParameter } from '../../model/errors';
import type { CallUpdate } from './call-status';
import type { LiveCall } from './live-call';

/** What a person does with a phone. */
export const callActions = ['answer', 'decline', 'hang_up'] as const;
export type CallAction = (typeof callActions)[number];

/**
 * The person at the phone answers, declines, or hangs up.
 * @throws InvalidParameter if the call is over, or it is too late for that
 */
export async function act(call: LiveCall, action: CallAction): Promise<void> {
  if (call.isOver) throw notInProgress(call.sid);
  await call.report(updateFor(call, action));
}

export const notInProgress = (sid: string): InvalidParameter =>
  new InvalidParameter(`Call ${sid} is not in progress`);

/** Hanging up a phone that rings declines the call, except on the caller's side. */
function updateFor({ sid, direction, answeredAt }: LiveCall, action: CallAction): CallUpdate {
  const isInbound = direction === 'inbound';
  if (action === 'hang_up' && (isInbound || answeredAt !== null)) return { kind: 'ended' };
  if (answeredAt !== null) throw new InvalidParameter(`Call ${sid} has been answered`);
  if (isInbound) throw new InvalidParameter(`Call ${sid} is incoming, and answered by TwiML`);
  return action === 'answer' ? { kind: 'answered' } : { kind: 'failed', failure: 'refused' };
}
