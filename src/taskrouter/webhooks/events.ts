import type { Delivery } from '../model/entities';
import type { Delivered, DeliveryContext } from './assignment';
import { attemptOf, type CallbackAttempt, recordOf } from './callback-record';
import { noticeEvaluation } from './response-evaluation';

/**
 * Announces an event. The response body is ignored, and a callback that fails is dropped after its last attempt. Null if
 * it was withdrawn before anything was sent.
 * Source: https://www.twilio.com/docs/taskrouter/api/event/reference
 */
export async function deliverEvent(delivery: Delivery, context: DeliveryContext): Promise<Delivered | null> {
  const { sid, parameters, urls } = delivery;
  const [url = ''] = urls;
  const sent = await context.post({ kind: 'event', role: 'primary', sid, url, parameters });
  if (!sent) return null;
  const { alertOf, outcomeOf } = noticeEvaluation;
  const attempts = sent.all.map((made) => attemptOf(made, alertOf));
  const outcome = outcomeOf(attempts.at(-1) as CallbackAttempt);
  return {
    record: recordOf(delivery, attempts, { outcome, result: null }),
    settle: { type: 'SettleEventCallback', eventSid: sid },
  };
}
