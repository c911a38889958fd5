import { errorText } from '../../common/error-text';
import type { Delivery } from '../model/entities';
import { alerts } from './alerts';
import type { Delivered } from './assignment';
import { type CallbackRecord, recordOf } from './callback-record';
import { connectionOverrides } from './connection-overrides';

/**
 * The record of a callback that an internal error ended: an attempt without a request, whose alert says what happened.
 * @param now Unix milliseconds
 */
export function recordOfInternalError(delivery: Delivery, thrown: unknown, now: number): CallbackRecord {
  const message = errorText(thrown);
  const [url = ''] = delivery.urls;
  const attempt = {
    method: 'POST',
    url,
    role: 'primary',
    number: 1,
    startedAt: now,
    durationMs: 0,
    settings: connectionOverrides(url, 0),
    request: { headers: {}, parameters: delivery.parameters },
    response: null,
    error: { kind: 'internal_error', message },
    alert: alerts.internalError(message),
  } as const;
  const isEvent = delivery.kind === 'event';
  return recordOf(delivery, [attempt], {
    outcome: isEvent ? 'dropped' : 'failed',
    result: isEvent ? null : { kind: 'failed' },
  });
}

/**
 * The ways to settle a callback that an internal error ended, the best first. Our choice: as failed, so that the task is
 * offered again; or, if that cannot be carried out either, without any effect, so that at least the callback is over.
 */
export function settlementsAfterError({ kind, sid }: Delivery): Delivered['settle'][] {
  if (kind === 'event') return [{ type: 'SettleEventCallback', eventSid: sid }];
  return (['failed', 'none'] as const).map((result) => ({
    type: 'SettleAssignmentCallback',
    reservationSid: sid,
    result: { kind: result },
  }));
}
