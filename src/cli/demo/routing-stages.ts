import type { CallbackEntry } from '../../taskrouter/inspector/callback-log';
import type { TaskRouterService } from '../../taskrouter/start';
import { type GetFunction, requestFunction } from './functions-client';
import type { StageLog } from './stage-log';

/** The Functions, and the local TaskRouter that calls them back. */
export interface WalkTarget {
  readonly service: TaskRouterService;
  readonly get: GetFunction;
}

/** The stages in which TaskRouter routes a task to Alice. */
export class RoutingStages {
  constructor(
    private readonly target: WalkTarget,
    private readonly log: StageLog,
  ) {}

  /** What a Function returns. @throws UnmetExpectation if it fails */
  request<Body>(path: string, parameters: Readonly<Record<string, string>>): Promise<Body> {
    return requestFunction(this.target.get, path, parameters);
  }

  /** @param outcome of the assignment callback */
  async makeAliceIdle(task: string, outcome: string): Promise<CallbackEntry> {
    const moved = await this.request<{ worker_sid: string }>('/set-worker-activity', {
      worker: 'Alice',
      activity: 'Idle',
    });
    this.log.reached('Eligible Worker becomes available', `Alice ${moved.worker_sid}`);
    const callback = await this.callbackFor(task);
    this.log.reached('Worker reserved', `${callback.reservationSid}; ${responseText(callback)}`);
    this.log.expect('outcome of the assignment callback', callback.outcome, outcome);
    return callback;
  }

  async showAssigned(task: string): Promise<void> {
    const { taskRouter } = this.target.service;
    await this.log.until('Task assigned', () => taskRouter.view.find('tasks', task)?.status === 'assigned');
    const activity = await this.aliceActivity();
    this.log.expect("Alice's activity", activity, 'Busy');
    this.log.reached('Task assigned', `${task} to Alice, who is ${activity}`);
  }

  /** The name of the activity that Alice is in. */
  async aliceActivity(): Promise<string | undefined> {
    const { workers } = await this.request<{ workers: { worker_name: string; activity_name: string }[] }>(
      '/lifecycle',
      {},
    );
    return workers.find(({ worker_name }) => worker_name === 'Alice')?.activity_name;
  }

  private async callbackFor(task: string): Promise<CallbackEntry> {
    const find = () => this.target.service.callbackLog.list({ kind: 'assignment', taskSid: task })[0];
    await this.log.until('Worker reserved', () => find() !== undefined);
    return find() as CallbackEntry;
  }
}

function responseText({ attempts }: CallbackEntry): string {
  const last = attempts.at(-1);
  return `callback response ${last?.response?.status ?? 'missing'} ${last?.response?.body ?? ''}`.trim();
}
