import type { Cancel } from '../../../system/clock';
import type { VoiceCall } from '../../model/entities';
import type { TaskRouter } from '../../taskrouter';
import type { CallBook } from '../calls/call-book';
import type { CallUpdate } from '../calls/call-status';
import type { LiveCall } from '../calls/live-call';
import { statusCallbackOf } from '../status-callbacks/status-callback-of';
import type { Voice } from './voice';

interface PlacedCallOptions {
  readonly taskRouter: Pick<TaskRouter, 'view'>;
  readonly voice: Voice;
  readonly calls: CallBook;
}

/** A durable call on the telephone network. It changes when the engine has decided so, not when somebody reports it. */
export class PlacedCall {
  private readonly attributes: Readonly<Record<string, unknown>>;
  /** Null for a `redirect`, which is no call of its own. */
  private readonly live: LiveCall | null;
  private reported: CallUpdate | null = null;
  private isOver = false;
  private hangUp: Cancel = () => undefined;

  /**
   * @param isContinued whether it was placed before a restart
   * @param tell reports to the engine
   */
  constructor(
    private readonly call: VoiceCall,
    private readonly options: PlacedCallOptions,
    private readonly isContinued: boolean,
    private readonly tell: (update: CallUpdate) => Promise<void>,
  ) {
    const worker = options.taskRouter.view.find('workers', call.workerSid ?? '');
    this.attributes = worker?.attributes.value ?? {};
    this.live = call.instruction === 'redirect' ? null : this.add(worker?.friendlyName ?? call.to);
  }

  /** Rings the phone, or continues the call. */
  begin(): void {
    const hangUp = this.options.voice.place(this.call, this.attributes, (update) => void this.report(update));
    this.hangUp = hangUp;
    if (this.isOver) hangUp();
  }

  /** The engine has changed the call. */
  take({ answeredAt }: VoiceCall): void {
    if (answeredAt !== null && this.live?.answeredAt === null) this.live.take({ kind: 'answered' });
  }

  /** The engine has removed the call: as somebody reported, or because it is no longer needed. */
  remove(): void {
    this.end();
    const { live, reported } = this;
    if (!live || live.isOver) return;
    const isReported = live.answeredAt === null ? reported?.kind === 'failed' : reported?.kind === 'ended';
    if (reported && isReported) live.take(reported);
    else live.end('canceled');
  }

  /** The service stops. */
  drop(): void {
    this.end();
    this.options.calls.drop(this.call.sid);
  }

  private end(): void {
    this.isOver = true;
    this.hangUp();
  }

  private async report(update: CallUpdate): Promise<void> {
    if (this.isOver) return;
    this.reported = update;
    await this.tell(update);
  }

  private add(person: string): LiveCall {
    const { sid, from, to, workerSid, reservationSid, dateCreated, answeredAt } = this.call;
    const { taskRouter, voice, calls } = this.options;
    const { view } = taskRouter;
    const taskSid = view.find('reservations', reservationSid)?.taskSid ?? null;
    const taskCallSid = String(view.find('tasks', taskSid ?? '')?.attributes.value.call_sid ?? '');
    return calls.add({
      sid,
      from: from ?? '',
      to,
      direction: 'outbound-api',
      person,
      workerSid,
      reservationSid,
      taskSid,
      dateCreated,
      isContinued: this.isContinued,
      answeredAt,
      statusCallback: statusCallbackOf(this.call, taskCallSid),
      digits: voice.digits(workerSid, this.attributes),
      report: (update) => this.report(update),
    });
  }
}
