import type { Executor } from '../twiml/flow';

/**
 * Refuses a call that has not been answered. Our choice: the call is `busy` or, for any other reason, `no-answer`.
 * Source: https://www.twilio.com/docs/voice/twiml/reject
 */
export const reject: Executor = ({ attributes: { reason = 'rejected' } }, { call }) => {
  call.record('twilio', 'Reject', reason);
  if (call.answeredAt === null) call.finish(reason === 'busy' ? 'busy' : 'no-answer');
  return 'hangup';
};
