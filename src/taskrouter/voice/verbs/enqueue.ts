import { Dropped, HungUp } from '../calls/scope';
import { type Bridge, QueuedCaller, type QueueResult, waitedSeconds } from '../queues/caller-queue';
import { isQueueName } from '../queues/caller-queues';
import { type Executor, Flow, type Next } from '../twiml/flow';
import { TwimlFailed } from '../twiml/read-twiml';
import { Redirected } from '../twiml/redirected';
import type { Verb } from '../twiml/twiml';
import type { TwimlDocument, TwimlRequest } from '../twiml/twiml-client';
import { voiceAlerts } from '../voice-alerts';
import { playQueueMusic } from './queue-music';
import { createTask } from './task-of-call';
import { announcementVerbs } from './verbs';

/**
 * Lets the caller wait in a queue until somebody is connected. With a workflow, it creates a task for the call; its queue
 * has the name of the workflow.
 * Source: https://www.twilio.com/docs/taskrouter/twiml-queue-calls and https://www.twilio.com/docs/voice/twiml/enqueue
 */
export const enqueue: Executor = async (verb, flow, document) => {
  const { workflowSid } = verb.attributes;
  const name = workflowSid || verb.text.trim();
  const { services, call, scope } = flow;
  if (!isQueueName(name)) {
    services.alert(call, voiceAlerts.enqueueName(name));
    return afterwards(verb, flow, document, 'error');
  }
  if (services.queues.find(name)?.isFull) return afterwards(verb, flow, document, 'queue-full');
  const task = workflowSid ? await createTask(verb, workflowSid, flow) : null;
  if (workflowSid && !task) return afterwards(verb, flow, document, 'error');
  if (task) call.belongsTo(task.sid);
  call.record('twilio', 'Enqueue', task ? `Task ${task.sid}` : name);
  const caller = new QueuedCaller(call, services.queues.named(name), task?.sid ?? null, scope.clock.now());
  return new Enqueued(verb, flow, document, caller).run();
};

/** A caller in a queue, from entering it to what follows. */
class Enqueued {
  private leftAt: number | null = null;

  constructor(
    private readonly verb: Verb,
    private readonly flow: Flow,
    private readonly document: TwimlDocument,
    private readonly caller: QueuedCaller,
  ) {}

  async run(): Promise<Next> {
    const { queue, taskSid, gone } = this.caller;
    queue.enter(this.caller);
    const { callers } = this.flow.services.queues;
    if (taskSid !== null) callers.set(taskSid, this.caller);
    try {
      return await this.waitForBridge();
    } catch (reason) {
      await this.abandon(reason);
      throw reason;
    } finally {
      queue.leave(this.caller);
      if (taskSid !== null) callers.delete(taskSid);
      gone.set();
    }
  }

  private async waitForBridge(): Promise<Next> {
    const { flow, caller } = this;
    const music = flow.scope.child();
    void playQueueMusic(this.verb, flow, this.document, caller, music);
    const next = await caller.next.wait(flow.scope).finally(() => music.end(new Dropped()));
    this.leftAt = flow.scope.clock.now();
    caller.queue.leave(caller);
    if (next === 'hangup') throw new HungUp();
    if (typeof next === 'string') {
      if (next === 'leave') await this.cancelTask();
      return this.afterwards(next);
    }
    return this.afterwards(await this.talk(next));
  }

  /** Ends when the other one has hung up. */
  private async talk({ announcement, name, over }: Bridge): Promise<QueueResult> {
    const { flow, caller } = this;
    if (announcement) {
      await this.announce(announcement);
      if (over.hasHappened) return 'error';
    }
    caller.connectedAt = flow.scope.clock.now();
    flow.call.record('twilio', 'connects', name);
    await over.wait(flow.scope);
    return 'bridged';
  }

  /** Our choice: if there is no TwiML, which its alert says, the caller is connected without it. */
  private async announce(request: TwimlRequest): Promise<void> {
    const { call, services, scope } = this.flow;
    try {
      await new Flow({ call, services, scope, executors: announcementVerbs }).run(request);
    } catch (error) {
      if (!(error instanceof TwimlFailed)) throw error;
    }
  }

  /** The call has ended, or has gone to other TwiML. Nobody is told if the service drops it. */
  private async abandon(reason: unknown): Promise<void> {
    const isHungUp = reason instanceof HungUp;
    if (!isHungUp && !(reason instanceof Redirected)) return;
    const { bridge, connectedAt } = this.caller;
    // The other call ends with the caller's, whether the caller hangs up or is taken away.
    if (bridge) await bridge.hangUp();
    else if (isHungUp) await this.cancelTask();
    const results = isHungUp
      ? (['hangup', 'bridged'] as const)
      : (['redirected', 'redirected-from-bridged'] as const);
    const request = this.afterwards(results[connectedAt === null ? 0 : 1]);
    if (request) await this.flow.notify(request);
  }

  private afterwards(result: QueueResult): TwimlRequest | undefined {
    const { caller, flow } = this;
    return afterwards(this.verb, flow, this.document, result, {
      QueueSid: caller.queue.sid,
      QueueTime: String(waitedSeconds(caller, this.leftAt ?? flow.scope.clock.now())),
    });
  }

  /** Source: https://www.twilio.com/docs/taskrouter/twiml-queue-calls: the task of a caller who hangs up is canceled. */
  private async cancelTask(): Promise<void> {
    const { taskRouter } = this.flow.services;
    const task = taskRouter.view.find('tasks', this.caller.taskSid ?? '');
    if (task?.status !== 'pending' && task?.status !== 'reserved') return;
    await taskRouter.execute({
      type: 'UpdateTask',
      workspaceSid: task.workspaceSid,
      taskSid: task.sid,
      assignmentStatus: 'canceled',
      reason: 'hangup',
    });
  }
}

/**
 * The request to the `action` URL; undefined if there is none, and the next verb follows.
 * @param ofQueue only if the caller got into the queue
 */
function afterwards(
  { attributes: { action, method } }: Verb,
  flow: Flow,
  document: TwimlDocument,
  result: QueueResult,
  ofQueue: Readonly<Record<string, string>> = {},
): TwimlRequest | undefined {
  if (!action) return undefined;
  return flow.request(action, method, document, { QueueResult: result, ...ofQueue });
}
