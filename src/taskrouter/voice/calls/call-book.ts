import type { Cancel, Clock } from '../../../system/clock';
import { BusyCount } from '../../webhooks/busy-count';
import type { CallEvent } from '../status-callbacks/status-callback';
import { LiveCall, type NewLiveCall } from './live-call';
import { Dropped, Scope } from './scope';

/** Our choice: how many finished calls can still be read. */
const maxFinishedCalls = 100;

/** Every phone call: those in progress, and the last ones that are over. */
export class CallBook {
  private readonly calls = new Map<string, LiveCall>();
  /** The calls that are over, in the order of their ends. */
  private readonly finished = new Set<string>();
  private readonly listeners = new Set<(call: LiveCall) => void>();

  private readonly progressListeners = new Set<(call: LiveCall, event: CallEvent) => void>();
  private readonly busy = new BusyCount();

  constructor(readonly clock: Clock) {}

  add(parts: NewLiveCall): LiveCall {
    const busy = new BusyCount(this.busy);
    const scope = new Scope(this.clock, busy);
    const onProgress = (event: CallEvent) => this.progressed(call, event);
    const call: LiveCall = new LiveCall({ ...parts, busy, scope, onProgress });
    this.calls.set(call.sid, call);
    call.onChange(() => this.changed(call));
    this.changed(call);
    if (!parts.isQueued && !parts.isContinued) call.begin();
    return call;
  }

  find(sid: string): LiveCall | undefined {
    return this.calls.get(sid);
  }

  /** Newest first. */
  list(): readonly LiveCall[] {
    return [...this.calls.values()].reverse();
  }

  /** Calls `listener` after a call was added, and after every change of its status, task, or transcript. */
  onChange(listener: (call: LiveCall) => void): Cancel {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Calls `listener` at each event of the progress of a call that status callbacks can be sent about. */
  onProgress(listener: (call: LiveCall, event: CallEvent) => void): Cancel {
    this.progressListeners.add(listener);
    return () => void this.progressListeners.delete(listener);
  }

  /** Forgets a call. Whatever it does ends, and nobody is told. */
  drop(sid: string): void {
    const call = this.calls.get(sid);
    this.calls.delete(sid);
    this.finished.delete(sid);
    call?.scope.end(new Dropped());
  }

  /** Counts as busy until the work is done. */
  async busyWith(work: () => Promise<unknown>): Promise<void> {
    this.busy.begin();
    try {
      await work();
    } finally {
      this.busy.end();
    }
  }

  get isBusy(): boolean {
    return this.busy.isBusy;
  }

  /** Resolves when all calls wait for a person or for time to pass. */
  async idle(): Promise<void> {
    while (this.isBusy) await this.busy.quiet();
  }

  private progressed(call: LiveCall, event: CallEvent): void {
    if (this.calls.get(call.sid) !== call) return;
    for (const listener of [...this.progressListeners]) listener(call, event);
  }

  private changed(call: LiveCall): void {
    if (this.calls.get(call.sid) !== call) return;
    if (call.isOver) this.finish(call.sid);
    for (const listener of [...this.listeners]) listener(call);
  }

  private finish(sid: string): void {
    this.finished.add(sid);
    const [oldest] = this.finished;
    if (oldest === undefined || this.finished.size <= maxFinishedCalls) return;
    this.finished.delete(oldest);
    this.calls.delete(oldest);
  }
}
