import type { Cancel } from '../../../system/clock';
import { Latch } from '../calls/latch';
import type { LiveCall } from '../calls/live-call';
import type { Scope } from '../calls/scope';
import type { TwimlRequest } from '../twiml/twiml-client';

/**
 * How a caller leaves the queue.
 * Source: https://www.twilio.com/docs/voice/twiml/enqueue#action
 */
export type QueueResult =
  | 'bridged'
  | 'error'
  | 'hangup'
  | 'leave'
  | 'queue-full'
  | 'redirected'
  | 'redirected-from-bridged';

/** A call that takes a caller out of the queue: a worker's, or one that dials the queue. */
export interface Bridge {
  readonly callSid: string;
  /** Who is on that call. */
  readonly name: string;
  /** TwiML that the caller executes before. */
  readonly announcement?: TwimlRequest | undefined;
  /** The other one has hung up. */
  readonly over: Latch<void>;
  /** Ends the other one's part, because the caller has gone. */
  hangUp(): Promise<void>;
}

/** A caller in a queue, or connected to somebody. */
export class QueuedCaller {
  /** A bridge, or why the caller leaves without one. */
  readonly next = new Latch<Bridge | 'error' | 'hangup' | 'leave'>();
  /** Somebody who dials takes the caller out of the queue, so that nobody else can. */
  isTaken = false;
  /** Null while nobody takes the caller out of the queue. */
  bridge: Bridge | null = null;
  /** When the two could talk to each other, in Unix milliseconds; null before. */
  connectedAt: number | null = null;
  /** The caller has left the queue, or the other one. */
  readonly gone = new Latch<void>();

  constructor(
    readonly call: LiveCall,
    readonly queue: CallerQueue,
    /** Null in a queue without tasks. */
    readonly taskSid: string | null,
    /** Unix milliseconds. */
    readonly enteredAt: number,
  ) {}

  connect(bridge: Bridge): void {
    this.isTaken = true;
    this.bridge = bridge;
    this.next.set(bridge);
  }
}

/** Callers that wait, first come, first served. */
export class CallerQueue {
  private readonly callers: QueuedCaller[] = [];
  private readonly listeners = new Set<() => void>();

  constructor(
    readonly sid: string,
    readonly name: string,
    readonly maxSize: number,
    /** Unix milliseconds. */
    readonly dateCreated: number,
  ) {}

  /** In their order. */
  get members(): readonly QueuedCaller[] {
    return this.callers;
  }

  get isFull(): boolean {
    return this.callers.length >= this.maxSize;
  }

  enter(caller: QueuedCaller): void {
    this.callers.push(caller);
    for (const listener of [...this.listeners]) listener();
  }

  leave(caller: QueuedCaller): void {
    const index = this.callers.indexOf(caller);
    if (index >= 0) this.callers.splice(index, 1);
  }

  /** From 1. */
  positionOf(caller: QueuedCaller): number {
    return this.callers.indexOf(caller) + 1;
  }

  /** How long the present callers have waited, in seconds. */
  averageSeconds(now: number): number {
    const waited = this.callers.map((caller) => waitedSeconds(caller, now));
    return Math.round(waited.reduce((sum, seconds) => sum + seconds, 0) / Math.max(waited.length, 1));
  }

  /**
   * Takes the first caller whom nobody has taken; undefined if there is none until a time of the clock.
   * @throws as `Scope.wait` does
   */
  async takeFront(scope: Scope, until: number): Promise<QueuedCaller | undefined> {
    for (;;) {
      const caller = this.callers.find(({ isTaken }) => !isTaken);
      if (caller) caller.isTaken = true;
      if (caller || scope.clock.now() >= until) return caller;
      await scope.waitAtMost(until, (resolve) => this.onEnter(resolve));
    }
  }

  private onEnter(listener: () => void): Cancel {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Source: https://www.twilio.com/docs/voice/twiml/enqueue#waiturl */
  parameters(caller: QueuedCaller, now: number): Record<string, string> {
    return {
      QueueSid: this.sid,
      QueuePosition: String(this.positionOf(caller)),
      QueueTime: String(waitedSeconds(caller, now)),
      AvgQueueTime: String(this.averageSeconds(now)),
      CurrentQueueSize: String(this.callers.length),
      MaxQueueSize: String(this.maxSize),
    };
  }
}

export const waitedSeconds = ({ enteredAt }: QueuedCaller, now: number): number =>
  Math.floor((now - enteredAt) / 1000);
