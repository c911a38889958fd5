import type { Clock } from '../../../system/clock';
import { isSid, type SidSource, sidPrefix } from '../../model/sids';
import { CallerQueue, type QueuedCaller } from './caller-queue';

/**
 * The size of a queue of a workflow, and of any other one.
 * Sources: https://www.twilio.com/docs/taskrouter/twiml-queue-calls, https://www.twilio.com/docs/voice/api/queue-resource
 */
const maxSizes = { workflow: 100, other: 1000 } as const;

/** Source: https://www.twilio.com/docs/voice/twiml/enqueue */
const maxNameLength = 64;

export const isQueueName = (name: string): boolean => name !== '' && name.length <= maxNameLength;

/** Every queue, and every caller who waits for a worker. A queue stays when its last caller has left it, as on Twilio. */
export class CallerQueues {
  /** By name. That of a workflow is named by the sid of the workflow. */
  private readonly queues = new Map<string, CallerQueue>();
  /** By task. */
  readonly callers = new Map<string, QueuedCaller>();

  constructor(
    private readonly newSid: SidSource,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /** It is created if there is none. */
  named(name: string): CallerQueue {
    const queue = this.queues.get(name) ?? this.newQueue(name);
    this.queues.set(name, queue);
    return queue;
  }

  /** In the order of their creation. */
  list(): readonly CallerQueue[] {
    return [...this.queues.values()];
  }

  find(name: string): CallerQueue | undefined {
    return this.queues.get(name);
  }

  private newQueue(name: string): CallerQueue {
    const maxSize = isSid(sidPrefix.workflow, name) ? maxSizes.workflow : maxSizes.other;
    return new CallerQueue(this.newSid(sidPrefix.queue), name, maxSize, this.clock.now());
  }
}
