import { rfc2822 } from '../../../common/rfc-2822';
import { type CallerQueue, type QueuedCaller, waitedSeconds } from '../../voice/queues/caller-queue';
import { accountPath } from './call';

/** What formatting needs besides the queue. */
interface QueueContext {
  readonly accountSid: string;
  /** Unix milliseconds. */
  readonly now: number;
}

/** Source: https://www.twilio.com/docs/voice/api/queue-resource. Our choice: nothing updates a queue here. */
export function formatCallQueue(queue: CallerQueue, { accountSid, now }: QueueContext): object {
  const path = `${accountPath(accountSid)}/Queues/${queue.sid}`;
  const date = rfc2822(queue.dateCreated);
  return {
    sid: queue.sid,
    account_sid: accountSid,
    friendly_name: queue.name,
    current_size: queue.members.length,
    max_size: queue.maxSize,
    average_wait_time: queue.averageSeconds(now),
    date_created: date,
    date_updated: date,
    uri: `${path}.json`,
    subresource_uris: { members: `${path}/Members.json` },
  };
}

/** Source: https://www.twilio.com/docs/voice/api/member-resource */
export function formatMember(caller: QueuedCaller, { accountSid, now }: QueueContext): object {
  const { queue, call, enteredAt } = caller;
  return {
    queue_sid: queue.sid,
    call_sid: call.sid,
    date_enqueued: rfc2822(enteredAt),
    position: queue.positionOf(caller),
    wait_time: waitedSeconds(caller, now),
    uri: `${accountPath(accountSid)}/Queues/${queue.sid}/Members/${call.sid}.json`,
  };
}
