import { limits } from '../../../common/limits';
import type { Delivery } from '../../model/entities';
import type { CommandContext } from '../command-context';

/**
 * Drops the oldest event callbacks that are too many or too old, so that a receiver that hangs cannot fill memory and
 * store. Assignment callbacks stay: each ends with its reservation.
 */
export function boundEventOutbox(context: CommandContext): void {
  const { state, eventOutbox } = context;
  let dropped: Delivery | undefined;
  for (let oldest = eventOutbox.oldest(); oldest && isOver(context, oldest); oldest = eventOutbox.oldest()) {
    state.remove('deliveries', oldest.sid);
    eventOutbox.dropped++;
    dropped = oldest;
  }
  if (dropped) alertSometimes(context, dropped);
}

function isOver({ now, eventOutbox, settings }: CommandContext, oldest: Delivery): boolean {
  const { maxCount, maxAgeMs } = settings.eventOutbox ?? limits.eventOutbox;
  return eventOutbox.size > maxCount || oldest.dateCreated < now - maxAgeMs;
}

/** Twilio has no code for it, because its outbox is not visible. */
function alertSometimes(context: CommandContext, { sid, workspaceSid }: Delivery): void {
  const { now, eventOutbox, settings } = context;
  const { alertedAt, dropped } = eventOutbox;
  if (alertedAt !== null && now - alertedAt < limits.eventOutboxAlertIntervalMs) return;
  const { maxCount, maxAgeMs } = settings.eventOutbox ?? limits.eventOutbox;
  eventOutbox.alertedAt = now;
  const count = maxCount.toLocaleString('en-US');
  context.recordAlert({
    code: null,
    level: 'warning',
    workspaceSid,
    resourceSid: sid,
    detail: `The outbox keeps at most ${count} event callbacks, for at most ${maxAgeMs / 3_600_000} hours. The oldest are dropped: ${dropped} so far`,
    remedy:
      'Make the receiver of event callbacks respond sooner, or leave event types out with EventsFilter of the Workspace.',
  });
}
