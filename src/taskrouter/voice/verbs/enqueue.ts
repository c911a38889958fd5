import { Dropped, HungUp, type Scope } from '../calls/scope';
import { voiceAlerts } from '../calls/voice-alerts';
import { type CallerQueue, QueuedCaller, type QueueResult, waitedSeconds } from '../queues/caller-queue';
import { type Executor, Flow, type Next } from '../twiml/flow';
import { Redirected } from '../twiml/redirected';
import type { Verb } from '../twiml/twiml';
import { type TwimlDocument, TwimlFailed, type TwimlRequest } from '../twiml/twiml-client';
import { createTask } from './task-of-call';
import { waitVerbs } from './verbs';

/**
 * Creates a task for the call, and lets the caller wait until a worker is connected.
 * Source: https://www.twilio.com/docs/taskrouter/twiml-queue-calls and https://www.twilio.com/docs/voice/twiml/enqueue
 */
export const enqueue: Executor = async (verb, flow, document) => {
  const { workflowSid } = verb.attributes;
  if (!workflowSid) {
    flow.services.alert(flow.call, voiceAlerts.notBuilt('<Enqueue> without workflowSid'));
    return undefined;
  }
  const queue = flow.services.queues.of(workflowSid);
  if (queue.isFull) return afterwards(verb, flow, document, queue, 'queue-full');
  const task = await createTask(verb, workflowSid, flow);
  if (!task) return afterwards(verb, flow, document, queue, 'error');
  flow.call.taskSid = task.sid;
  flow.call.record('twilio', 'Enqueue', `Task ${task.sid}`);
  const caller = new QueuedCaller(flow.call, task.sid, flow.scope.clock.now());
  return new Enqueued(verb, flow, document, queue, caller, task.workspaceSid).run();
};

/** A caller in a queue, from entering it to what follows. */
class Enqueued {
  private leftAt: number | null = null;

  constructor(
    private readonly verb: Verb,
    private readonly flow: Flow,
    private readonly document: TwimlDocument,
    private readonly queue: CallerQueue,
    private readonly caller: QueuedCaller,
    private readonly workspaceSid: string,
  ) {}

  async run(): Promise<Next> {
    const { queue, caller } = this;
    queue.enter(caller);
    const { callers } = this.flow.services.queues;
    callers.set(caller.taskSid, caller);
    try {
      return await this.waitForWorker();
    } catch (reason) {
      await this.abandon(reason);
      throw reason;
    } finally {
      queue.leave(caller);
      callers.delete(caller.taskSid);
      caller.gone.set();
    }
  }

  private async waitForWorker(): Promise<Next> {
    const { flow, caller, queue } = this;
    const music = flow.scope.child();
    void holdMusic(this.verb, flow, this.document, queue, caller, music);
    const next = await caller.next.wait(flow.scope).finally(() => music.end(new Dropped()));
    this.leftAt = flow.scope.clock.now();
    queue.leave(caller);
    if (next === 'hangup') throw new HungUp();
    if (typeof next === 'string') {
      if (next === 'leave') await this.cancelTask();
      return this.afterwards(next);
    }
    queue.countServed(waitedSeconds(caller, this.leftAt));
    await next.over.wait(flow.scope);
    return this.afterwards('bridged');
  }

  private afterwards(result: QueueResult): Next {
    return afterwards(this.verb, this.flow, this.document, this.queue, result, this.queueSeconds);
  }

  private get queueSeconds(): number {
    return waitedSeconds(this.caller, this.leftAt ?? this.flow.scope.clock.now());
  }

  /** The call has ended, or has gone to other TwiML. Nobody is told if the service drops it. */
  private async abandon(reason: unknown): Promise<void> {
    const isHungUp = reason instanceof HungUp;
    if (!isHungUp && !(reason instanceof Redirected)) return;
    const { bridge } = this.caller;
    // The worker's call ends with the caller's, whether the caller hangs up or is taken away.
    if (bridge) await bridge.hangUp();
    else if (isHungUp) await this.cancelTask();
    const result = bridge ? 'bridged' : isHungUp ? 'hangup' : 'redirected';
    const request = this.afterwards(result);
    if (typeof request === 'object') await this.flow.notify(request);
  }

  /** Source: https://www.twilio.com/docs/taskrouter/twiml-queue-calls: the task of a caller who hangs up is canceled. */
  private async cancelTask(): Promise<void> {
    const { taskRouter } = this.flow.services;
    const task = taskRouter.view.find('tasks', this.caller.taskSid);
    if (task?.status !== 'pending' && task?.status !== 'reserved') return;
    await taskRouter.execute({
      type: 'UpdateTask',
      workspaceSid: this.workspaceSid,
      taskSid: this.caller.taskSid,
      assignmentStatus: 'canceled',
      reason: 'hangup',
    });
  }
}

/** The request to the `action` URL; undefined if there is none, and the next verb follows. */
function afterwards(
  { attributes: { action, method } }: Verb,
  flow: Flow,
  document: TwimlDocument,
  queue: CallerQueue,
  result: QueueResult,
  queueSeconds = 0,
): TwimlRequest | undefined {
  if (!action) return undefined;
  return flow.request(action, method, document, {
    QueueResult: result,
    QueueSid: queue.sid,
    QueueTime: String(queueSeconds),
  });
}

/** Our choice: how long a document for waiting callers takes at least, because sounds take no time here. */
const minMusicMs = 30_000;

/** Runs the document for waiting callers again and again. A fault in it ends the waiting, with the result `error`. */
async function holdMusic(
  { attributes: { waitUrl, waitUrlMethod } }: Verb,
  flow: Flow,
  document: TwimlDocument,
  queue: CallerQueue,
  caller: QueuedCaller,
  scope: Scope,
): Promise<void> {
  if (!waitUrl) return;
  const { call, services } = flow;
  const parameters = () => queue.parameters(caller, scope.clock.now());
  const waiting = new Flow({ call, services, scope, executors: waitVerbs, parameters });
  // The fault is announced before this is no longer busy, so that no clock advances in between.
  await scope.busyWith(async () => {
    try {
      for (;;) {
        const startedAt = scope.clock.now();
        const ending = await waiting.run(flow.request(waitUrl, waitUrlMethod, document));
        if (ending) return caller.next.set(ending);
        await scope.until(startedAt + minMusicMs);
      }
    } catch (error) {
      if (error instanceof TwimlFailed) caller.next.set('error');
      // Everything else is the end of the waiting, which the call itself notices, too.
    }
  });
}
