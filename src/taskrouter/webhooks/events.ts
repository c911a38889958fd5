import type { Delivery } from '../model/entities';
import { attemptOf, recordOf } from './callback-record';
import type { Delivered, DeliveryContext } from './delivery-needs';
import { evaluateEventResponse } from './evaluate-response';

/**
 * Announces an event. The answer is not interpreted, and what fails is dropped once the connection overrides allow
 * no further try. Null when it was withdrawn before anything was sent.
 * Source: https://www.twilio.com/docs/taskrouter/api/event/reference
 */
export async function deliverEvent(delivery: Delivery, needs: DeliveryContext): Promise<Delivered | null> {
  const { sid, parameters, urls } = delivery;
  const [url = ''] = urls;
  const tries = await needs.post({ kind: 'event', role: 'primary', sid, url, parameters });
  if (!tries) return null;
  const attempts = tries.all.map((made) => attemptOf(made, evaluateEventResponse));
  const outcome = attempts.at(-1)?.alert ? 'dropped' : 'delivered';
  return {
    record: recordOf(delivery, attempts, { outcome, result: null }),
    settle: { type: 'SettleEventCallback', eventSid: sid },
  };
}
