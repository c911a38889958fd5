import { type SidSource, sidPrefix } from '../../model/sids';
import { Latch } from '../calls/latch';
import type { LiveCall } from '../calls/live-call';

/**
 * How a caller leaves the queue.
 * Source: https://www.twilio.com/docs/voice/twiml/enqueue#action
 */
export type QueueResult = 'bridged' | 'error' | 'hangup' | 'leave' | 'queue-full' | 'redirected';

/** A worker's call that has been connected to the caller. */
export interface Bridge {
  readonly workerCallSid: string;
  readonly workerName: string;
  /** The worker has hung up. */
  readonly over: Latch<void>;
  /** Ends the worker's part, because the caller has gone. */
  hangUp(): Promise<void>;
}

/** A caller in a queue, or connected to a worker. */
export class QueuedCaller {
  /** A bridge, or why the caller leaves without one. */
  readonly next = new Latch<Bridge | 'error' | 'hangup' | 'leave'>();
  /** Null while no worker is connected. */
  bridge: Bridge | null = null;
  /** The caller has left the queue, or the worker. */
  readonly gone = new Latch<void>();

  constructor(
    readonly call: LiveCall,
    readonly taskSid: string,
    /** Unix milliseconds. */
    readonly enteredAt: number,
  ) {}

  connect(bridge: Bridge): void {
    this.bridge = bridge;
    this.call.record('twilio', 'connects', bridge.workerName);
    this.next.set(bridge);
  }
}

/** https://www.twilio.com/docs/taskrouter/twiml-queue-calls: the queue of a workflow. */
const maxSize = 100;

/** The callers that wait for one workflow. */
export class CallerQueue {
  private readonly callers: QueuedCaller[] = [];
  /** How long those who were connected waited, in seconds. */
  private readonly served = { count: 0, seconds: 0 };

  constructor(readonly sid: string) {}

  get isFull(): boolean {
    return this.callers.length >= maxSize;
  }

  enter(caller: QueuedCaller): void {
    this.callers.push(caller);
  }

  leave(caller: QueuedCaller): void {
    const index = this.callers.indexOf(caller);
    if (index >= 0) this.callers.splice(index, 1);
  }

  countServed(seconds: number): void {
    this.served.count += 1;
    this.served.seconds += seconds;
  }

  /** Source: https://www.twilio.com/docs/voice/twiml/enqueue#waiturl */
  parameters(caller: QueuedCaller, now: number): Record<string, string> {
    const { count, seconds } = this.served;
    return {
      QueueSid: this.sid,
      QueuePosition: String(this.callers.indexOf(caller) + 1),
      QueueTime: String(waitedSeconds(caller, now)),
      AvgQueueTime: String(count === 0 ? 0 : Math.round(seconds / count)),
      CurrentQueueSize: String(this.callers.length),
      MaxQueueSize: String(maxSize),
    };
  }
}

export const waitedSeconds = ({ enteredAt }: QueuedCaller, now: number): number =>
  Math.floor((now - enteredAt) / 1000);

/** A queue for each workflow, and every caller who was put into one. */
export class CallerQueues {
  private readonly queues = new Map<string, CallerQueue>();
  /** By task. */
  readonly callers = new Map<string, QueuedCaller>();

  constructor(private readonly newSid: SidSource) {}

  of(workflowSid: string): CallerQueue {
    const queue = this.queues.get(workflowSid) ?? new CallerQueue(this.newSid(sidPrefix.queue));
    this.queues.set(workflowSid, queue);
    return queue;
  }
}
