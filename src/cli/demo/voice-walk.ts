import type { TwilioAccount } from '../../system/twilio-account';
import type { CallbackEntry } from '../../taskrouter/inspector/callback-log';
import type { LiveCall } from '../../taskrouter/voice/calls/live-call';
import { UnmetExpectation } from '../errors';
import { CallControl } from './call-control';
import type { TaskResponse } from './functions-client';
import { RoutingStages, type WalkTarget } from './routing-stages';
import { requireSignatures } from './signed-requests';
import type { StageLog } from './stage-log';

export interface VoiceTarget extends WalkTarget {
  readonly account: TwilioAccount;
  readonly functionsUrl: string;
  /** Sends an unsigned request to a Function. */
  post(url: string): Promise<{ readonly status: number }>;
}

/** How the caller gets to Alice. */
interface Connection {
  /** Of the assignment callback. */
  readonly outcome: string;
  /** Has Alice called, if the callback has not. */
  call?(offer: CallbackEntry): Promise<unknown>;
  /** What Alice does to take the call that she has answered. */
  take?(alice: CallControl, callSid: string): Promise<unknown>;
  /** The name of Alice's activity after the call. */
  readonly activityAfter: string;
}

/** Of the caller. Such numbers are kept for fiction. */
const from = '+15555550111';

/** Takes a call from ringing to the completed task, over HTTP, and shows each stage that is reached. */
export class VoiceWalk {
  private readonly routing: RoutingStages;
  private readonly control: CallControl;

  constructor(
    private readonly target: VoiceTarget,
    private readonly log: StageLog,
  ) {
    this.routing = new RoutingStages(target, log);
    this.control = new CallControl(target.service.url, target.account);
  }

  /** @throws UnmetExpectation */
  async take(connection: Connection): Promise<void> {
    await this.refuseUnsigned();
    const callSid = await this.callIn();
    const task = await this.chooseSpanish(callSid);
    await this.waitInQueue(callSid);
    const offer = await this.routing.makeAliceIdle(task, connection.outcome);
    await connection.call?.(offer);
    const alice = await this.answer(offer);
    await connection.take?.(this.control, alice);
    await this.talk(callSid);
    await this.routing.showAssigned(task);
    await this.hangUp(callSid, alice);
    await this.workAfter(connection.activityAfter);
    await this.complete(task);
    await this.showSignatures(task, [callSid, alice]);
    await this.showConversation(callSid);
  }

  private async refuseUnsigned(): Promise<void> {
    const { status } = await this.target.post(`${this.target.functionsUrl}/incoming-call`);
    this.log.expect('the status of an unsigned request', status, 403);
    this.log.reached('Unsigned request rejected', `${status} by /incoming-call`);
  }

  private async callIn(): Promise<string> {
    const url = `${this.target.functionsUrl}/incoming-call`;
    const { call_sid, status } = await this.control.begin({ from, url });
    this.log.expect('the status of the call', status, 'in-progress');
    this.log.reached('Call answered', `${call_sid} from ${from}`);
    return call_sid;
  }

  /** @returns the task's sid */
  private async chooseSpanish(callSid: string): Promise<string> {
    const { task_sid } = await this.control.proceed(callSid, { digits: '1' });
    this.log.reached('Spanish chosen', 'the caller presses 1');
    const task = this.target.service.taskRouter.view.find('tasks', task_sid ?? '');
    if (!task) throw new UnmetExpectation('The call has no task.');
    const { selected_language, call_sid, from: caller } = task.attributes.value;
    this.log.expect("the task's selected_language", selected_language, 'es');
    this.log.expect("the task's call_sid", call_sid, callSid);
    this.log.expect("the task's from", caller, from);
    this.log.reached(
      'Task created',
      `${task.sid} ${JSON.stringify({ selected_language, call_sid, from: caller })}`,
    );
    return task.sid;
  }

  private async waitInQueue(callSid: string): Promise<void> {
    await this.log.until('Caller waits', () => this.hears(callSid, 'Play'));
    this.log.reached('Caller waits', 'next in line, with music from /wait');
  }

  /** @returns the sid of the call to Alice */
  private async answer({ reservationSid }: CallbackEntry): Promise<string> {
    const { calls } = this.target.service.phone;
    const toAlice = () => calls.list().find((call) => call.reservationSid === reservationSid);
    await this.log.until("Alice's phone rings", () => toAlice()?.status === 'ringing');
    const { sid, to } = toAlice() as LiveCall;
    this.log.reached("Alice's phone rings", `${sid} to ${to}`);
    await this.control.proceed(sid, { action: 'answer' });
    return sid;
  }

  private async talk(callSid: string): Promise<void> {
    await this.log.until('Caller bridged to Alice', () => this.hears(callSid, 'connects'));
    this.log.reached('Caller bridged to Alice', callSid);
  }

  private async hangUp(callSid: string, alice: string): Promise<void> {
    await this.control.proceed(alice, { action: 'hang_up' });
    const isOver = (sid: string) => this.target.service.phone.calls.find(sid)?.status === 'completed';
    await this.log.until('Both hung up', () => isOver(callSid) && isOver(alice));
    this.log.reached('Both hung up', `${callSid} and ${alice} are completed`);
  }

  private async workAfter(activity: string): Promise<void> {
    await this.target.service.idle();
    this.log.expect("Alice's activity after the call", await this.routing.aliceActivity(), activity);
    this.log.reached('Alice after the call', activity);
  }

  private async complete(task: string): Promise<void> {
    const parameters = { task_sid: task, reason: 'demonstrated' };
    const { assignment_status } = await this.routing.request<TaskResponse>('/complete-task', parameters);
    this.log.expect('assignment_status', assignment_status, 'completed');
    this.log.reached('Task completed', task);
  }

  private async showSignatures(taskSid: string, callSids: readonly string[]): Promise<void> {
    const { service, account } = this.target;
    await service.idle();
    const { count, paths } = requireSignatures(service.callbackLog, { taskSid, callSids }, account.password);
    this.log.reached('Signatures valid', `of ${count} requests to ${paths.join(', ')}`);
  }

  private async showConversation(callSid: string): Promise<void> {
    this.log.heading('The conversation of the caller');
    for (const line of await this.control.conversation(callSid)) this.log.show(line);
  }

  private hears(callSid: string, verb: string): boolean {
    const call = this.target.service.phone.calls.find(callSid);
    return call?.transcript.some((line) => line.verb === verb) ?? false;
  }
}
