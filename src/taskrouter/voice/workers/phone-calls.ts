import type { Cancel } from '../../../system/clock';
import type { Change } from '../../model/changes';
import type { CallAnswered, CallEnded, CallFailed } from '../../model/commands';
import type { VoiceCall } from '../../model/entities';
import { StoreFailed } from '../../store/store';
import type { TaskRouter } from '../../taskrouter';
import { BusyCount } from '../../webhooks/busy-count';
import type { CallBook } from '../calls/call-book';
import type { CallUpdate } from '../calls/call-status';
import type { Conferences } from '../conference/conferences';
import { PlacedCall } from './placed-call';
import type { Voice } from './voice';

interface PhoneCallsOptions {
  readonly taskRouter: Pick<TaskRouter, 'execute' | 'onCommit' | 'read' | 'view'>;
  readonly voice: Voice;
  /** Every call but a `redirect` is added. */
  readonly calls: CallBook;
  readonly conferences: Pick<Conferences, 'goesOnWithout'>;
  /** Called for an unexpected error; the call does not change. */
  readonly onError: (error: unknown, call: VoiceCall) => void;
}

/**
 * Places the calls of every commit and reports their progress to the engine. No telephone rings before the call is
 * durable. Calls in progress continue after a restart.
 */
export class PhoneCalls {
  private readonly placed = new Map<string, PlacedCall>();
  private unsubscribe: Cancel = () => undefined;
  private readonly busy = new BusyCount();
  private readonly listeners = new Set<(changes: readonly Change[]) => void>();

  constructor(private readonly options: PhoneCallsOptions) {}

  /** Continues the stored calls and then places those of every commit. */
  async start(): Promise<void> {
    const { taskRouter } = this.options;
    const early: Change[] = [];
    this.unsubscribe = taskRouter.onCommit(({ changes }) => early.push(...changes));
    const calls = await taskRouter.read((view) => [...view.all('calls')]);
    this.unsubscribe();
    this.unsubscribe = taskRouter.onCommit(({ changes }) => this.take(changes));
    const isNew = new Set(early.filter(({ before }) => !before).map(({ sid }) => sid));
    for (const call of calls) this.place(call, !isNew.has(call.sid));
    this.take(early);
  }

  /** Calls `listener` with the changes of each commit, once the calls have changed accordingly. */
  onChanges(listener: (changes: readonly Change[]) => void): Cancel {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Resolves when all reported progress is durable. Calls that are ringing or connected do not count. */
  idle(): Promise<void> {
    return this.busy.quiet();
  }

  /** Stops listening. The calls stay in the store and continue after a restart. */
  async stop(): Promise<void> {
    this.unsubscribe();
    for (const call of this.placed.values()) call.drop();
    this.placed.clear();
    await this.idle();
  }

  private take(changes: readonly Change[]): void {
    for (const { table, sid, after } of changes) {
      if (table !== 'calls') continue;
      if (!after) this.remove(sid);
      // Of several changes in one commit, the last counts.
      else if (this.options.taskRouter.view.find('calls', sid)) this.place(after).take(after);
    }
    for (const listener of [...this.listeners]) listener(changes);
  }

  private place(call: VoiceCall, isContinued = false): PlacedCall {
    const known = this.placed.get(call.sid);
    if (known) return known;
    const placed = new PlacedCall(call, this.options, isContinued, (update) => this.report(call, update));
    this.placed.set(call.sid, placed);
    placed.begin();
    return placed;
  }

  private remove(sid: string): void {
    this.placed.get(sid)?.remove();
    this.placed.delete(sid);
  }

  private async report(call: VoiceCall, update: CallUpdate): Promise<void> {
    this.busy.begin();
    try {
      const { taskRouter, conferences } = this.options;
      await taskRouter.execute(commandFor(call.sid, update, conferences));
    } catch (error) {
      // A store failure was reported where it occurred.
      if (!(error instanceof StoreFailed)) this.options.onError(error, call);
    } finally {
      this.busy.end();
    }
  }
}

function commandFor(
  callSid: string,
  update: CallUpdate,
  conferences: PhoneCallsOptions['conferences'],
): CallAnswered | CallFailed | CallEnded {
  if (update.kind === 'answered') return { type: 'CallAnswered', callSid };
  if (update.kind === 'ended')
    return { type: 'CallEnded', callSid, conferenceGoesOn: conferences.goesOnWithout(callSid) };
  return { type: 'CallFailed', callSid, failure: update.failure };
}
