import type { Cancel } from '../../../system/clock';
import type { Change } from '../../model/changes';
import type { CallAnswered, CallEnded, CallFailed } from '../../model/commands';
import type { VoiceCall } from '../../model/entities';
import { StoreFailed } from '../../store/store';
import type { TaskRouter } from '../../taskrouter';
import type { CallUpdate, Voice } from './voice';

interface PhoneCallsOptions {
  readonly taskRouter: Pick<TaskRouter, 'execute' | 'onCommit' | 'read' | 'view'>;
  readonly voice: Voice;
  /** Called for an unexpected error; the call does not change. */
  readonly onError: (error: unknown, call: VoiceCall) => void;
}

/**
 * Places the calls of every commit and reports their progress to the engine. No telephone rings before the call is
 * durable. Calls in progress continue after a restart.
 */
export class PhoneCalls {
  private readonly hangUps = new Map<string, Cancel>();
  private unsubscribe: Cancel = () => undefined;
  private busy = 0;
  private quietWaiters: (() => void)[] = [];

  constructor(private readonly options: PhoneCallsOptions) {}

  /** Continues the stored calls and then places those of every commit. */
  async start(): Promise<void> {
    const { taskRouter } = this.options;
    const early: Change[] = [];
    this.unsubscribe = taskRouter.onCommit(({ changes }) => early.push(...changes));
    const calls = await taskRouter.read((view) => [...view.all('calls')]);
    this.unsubscribe();
    this.unsubscribe = taskRouter.onCommit(({ changes }) => this.take(changes));
    for (const call of calls) this.place(call);
    this.take(early);
  }

  /** Resolves when all reported progress is durable. Calls that are ringing or connected do not count. */
  idle(): Promise<void> {
    return new Promise((quiet) => (this.busy ? this.quietWaiters.push(quiet) : quiet()));
  }

  /** Stops listening. The calls stay in the store and continue after a restart. */
  async stop(): Promise<void> {
    this.unsubscribe();
    for (const hangUp of this.hangUps.values()) hangUp();
    this.hangUps.clear();
    await this.idle();
  }

  private take(changes: readonly Change[]): void {
    for (const { table, sid, after } of changes) {
      if (table !== 'calls') continue;
      if (!after) this.hangUp(sid);
      // Of several changes in one commit, the last counts.
      else if (this.options.taskRouter.view.find('calls', sid)) this.place(after);
    }
  }

  private place(call: VoiceCall): void {
    if (this.hangUps.has(call.sid)) return;
    let isOver = false;
    let cancel: Cancel = () => undefined;
    this.hangUps.set(call.sid, () => {
      isOver = true;
      cancel();
    });
    const worker = call.workerSid && this.options.taskRouter.view.find('workers', call.workerSid);
    const attributes = worker ? worker.attributes.value : {};
    cancel = this.options.voice.place(call, attributes, (update) => {
      if (!isOver) void this.report(call, update);
    });
    if (isOver) cancel();
  }

  private hangUp(sid: string): void {
    this.hangUps.get(sid)?.();
    this.hangUps.delete(sid);
  }

  private async report(call: VoiceCall, update: CallUpdate): Promise<void> {
    this.busy++;
    try {
      await this.options.taskRouter.execute(commandFor(call.sid, update));
    } catch (error) {
      // A store failure was reported where it occurred.
      if (!(error instanceof StoreFailed)) this.options.onError(error, call);
    } finally {
      this.rest();
    }
  }

  private rest(): void {
    if (--this.busy) return;
    for (const quiet of this.quietWaiters.splice(0)) quiet();
  }
}

function commandFor(callSid: string, update: CallUpdate): CallAnswered | CallFailed | CallEnded {
  if (update.kind === 'answered') return { type: 'CallAnswered', callSid };
  if (update.kind === 'ended') return { type: 'CallEnded', callSid };
  return { type: 'CallFailed', callSid, failure: update.failure };
}
