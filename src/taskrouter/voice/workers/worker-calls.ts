import { maskUrl } from '../../../common/mask-url';
import type { Change } from '../../model/changes';
import type { VoiceCall } from '../../model/entities';
import type { TaskRouter } from '../../taskrouter';
import type { CallBook } from '../calls/call-book';
import { Latch } from '../calls/latch';
import type { LiveCall } from '../calls/live-call';
import type { TaskConferences } from '../conference/task-conferences';
import type { QueuedCaller } from '../queues/caller-queue';
import { Redirected } from '../twiml/redirected';

interface WorkerCallsOptions {
  readonly taskRouter: Pick<TaskRouter, 'execute' | 'view'>;
  readonly calls: Pick<CallBook, 'find'>;
  readonly taskConferences: Pick<TaskConferences, 'join' | 'transfer'>;
  /** The waiting or connected caller of a task. */
  callerOf(taskSid: string): QueuedCaller | undefined;
  /** A worker has answered a call with TwiML of its own. */
  begin(call: LiveCall, url: string): void;
}

/** Carries over to simulated callers what TaskRouter decides about tasks and the calls to workers. */
export class WorkerCalls {
  constructor(private readonly options: WorkerCallsOptions) {}

  /** Our choice: a task that ends while its caller waits takes the caller out of the queue, with the result `error`. */
  take(changes: readonly Change[]): void {
    for (const change of changes) {
      if (change.table === 'calls') this.takeCall(change.before, change.after);
      if (change.table === 'transfers' && !change.before && change.after)
        this.options.taskConferences.transfer(change.after);
      if (change.table === 'tasks' && isFinished(change.after?.status))
        this.options.callerOf(change.sid)?.next.set('error');
    }
  }

  private takeCall(before: VoiceCall | undefined, after: VoiceCall | undefined): void {
    const call = after ?? before;
    if (!call) return;
    if (call.instruction === 'redirect') {
      if (!before) this.redirect(call);
    } else if (!before) this.record(call, 'is called', call.to);
    else if (!after) this.ended(before);
    else if (before.answeredAt === null && after.answeredAt !== null) this.answered(after);
  }

  /** `call` runs TwiML of its own. The other instructions connect those who are on the phone. */
  private answered(call: VoiceCall): void {
    this.record(call, 'answers');
    const live = this.options.calls.find(call.sid);
    if (!live) return;
    if (call.instruction === 'dequeue') this.connect(call);
    else if (call.instruction !== 'call') this.options.taskConferences.join(call, live);
    else if (call.url !== null) this.options.begin(live, call.url);
  }

  private connect(call: VoiceCall): void {
    const workerName = this.nameOf(call);
    const hangUp = async () => {
      await this.options.taskRouter.execute({ type: 'CallEnded', callSid: call.sid });
    };
    this.callerOf(call)?.connect({ callSid: call.sid, name: workerName, over: new Latch(), hangUp });
  }

  private ended(call: VoiceCall): void {
    if (call.answeredAt === null) this.record(call, 'does not answer');
    const caller = this.callerOf(call);
    if (caller?.bridge?.callSid !== call.sid) return;
    this.record(call, 'hangs up');
    caller.bridge.over.set();
  }

  private redirect({ to, url }: VoiceCall): void {
    const call = this.options.calls.find(to);
    if (!call || call.isOver || url === null) return;
    call.record('twilio', 'is redirected', maskUrl(url));
    call.flow?.end(new Redirected({ url, method: 'POST' }));
  }

  /** Writes into the transcript of the caller, unless the caller has hung up. */
  private record(call: VoiceCall, verb: string, text = ''): void {
    const caller = this.callerOf(call)?.call;
    if (caller && !caller.isOver) caller.record(this.nameOf(call), verb, text);
  }

  private nameOf({ workerSid, to }: VoiceCall): string {
    const worker = workerSid && this.options.taskRouter.view.find('workers', workerSid);
    return worker ? worker.friendlyName : to;
  }

  private callerOf({ reservationSid }: VoiceCall): QueuedCaller | undefined {
    const reservation = this.options.taskRouter.view.find('reservations', reservationSid);
    return reservation && this.options.callerOf(reservation.taskSid);
  }
}

/** Undefined: the task has been deleted. */
const isFinished = (status: string | undefined): boolean =>
  status === undefined || status === 'canceled' || status === 'completed';
