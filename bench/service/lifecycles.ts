import { availableWorkers, oneQueueWorkspace } from '../one-queue-workspace';
import { Api } from './api';
import { type Callback, Receiver } from './receiver';
import { withService } from './service';

/**
 * Complete lifecycles over HTTP: a request creates the task, the receiver of the assignment callback accepts the
 * reservation, and a request completes the task. With event callbacks, the task is completed once the receiver is told
 * that the reservation is accepted, and the lifecycle is complete once it is told that the task is.
 */
export class Lifecycles {
  private readonly waiting = new Map<string, Announcements>();

  constructor(
    private readonly api: Api,
    receiver: Receiver,
    private readonly eventCallbacks: boolean,
  ) {
    receiver.onCallback = (callback) => this.received(callback);
  }

  /**
   * Resolves when it is complete.
   * @param announced gets how long after the response to the request the assignment callback arrived, in milliseconds
   */
  async run(announced: (milliseconds: number) => void = () => undefined): Promise<void> {
    const request = this.api.post('/Tasks', { Attributes: '{"selected_language":"es"}' });
    const { sid } = await this.api.expect(201, request);
    const created = performance.now();
    const task = this.of(sid);
    announced((await task.announced) - created);
    if (this.eventCallbacks) await task.accepted;
    await this.complete(sid);
    if (this.eventCallbacks) await task.completed;
    this.waiting.delete(sid);
  }

  /** The response to the assignment callback may still be on its way to the service, so this asks again. */
  private async complete(sid: string): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      const { status, text } = await this.api.post(`/Tasks/${sid}`, {
        AssignmentStatus: 'completed',
        Reason: 'bench',
      });
      if (status === 200) return;
      if (status !== 400 || attempt === 1000) throw new Error(`Could not complete ${sid}: ${status} ${text}`);
    }
  }

  /** Other callbacks may come after the end. They are left alone, so that nothing is kept for them. */
  private received({ kind, taskSid, eventType, at }: Callback): void {
    if (kind === 'assignment') this.of(taskSid).announce(at);
    if (eventType === 'reservation.accepted') this.of(taskSid).accept();
    if (eventType === 'task.completed') this.of(taskSid).end();
  }

  /** A callback can arrive before the response that names the task. */
  private of(taskSid: string): Announcements {
    const known = this.waiting.get(taskSid);
    if (known) return known;
    const task = new Announcements();
    this.waiting.set(taskSid, task);
    return task;
  }
}

/** What the receiver is told about a task. */
class Announcements {
  announce!: (at: number) => void;
  accept!: () => void;
  end!: () => void;
  readonly announced = new Promise<number>((resolve) => {
    this.announce = resolve;
  });
  readonly accepted = new Promise<void>((resolve) => {
    this.accept = resolve;
  });
  readonly completed = new Promise<void>((resolve) => {
    this.end = resolve;
  });
}

/**
 * Starts a durable service with so many available workers, and a receiver of its callbacks.
 * @param use runs lifecycles; at most as many at a time as there are workers, or tasks wait
 */
export async function withLifecycles<Result>(
  { eventCallbacks, workers }: { readonly eventCallbacks: boolean; readonly workers: number },
  use: (lifecycles: Lifecycles) => Promise<Result>,
): Promise<Result> {
  const receiver = await Receiver.start();
  const { eventCallbackUrl, ...workspace } = oneQueueWorkspace('Lifecycles', receiver.origin);
  const file = {
    ...workspace,
    workers: availableWorkers(workers),
    ...(eventCallbacks && { eventCallbackUrl }),
  };
  try {
    return await withService({ workspace: file }, async (service) => {
      const api = new Api(service, workers);
      try {
        return await use(new Lifecycles(api, receiver, eventCallbacks));
      } finally {
        await api.close();
      }
    });
  } finally {
    await receiver.close();
  }
}
