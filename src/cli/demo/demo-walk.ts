import { setTimeout as pause } from 'node:timers/promises';
import type { CallbackEntry } from '../../taskrouter/inspector/callback-log';
import type { TaskRouterService } from '../../taskrouter/start';
import { UnmetExpectation } from '../errors';
import type { Reporter } from '../reporter';

/** What the Functions return about a task. */
interface TaskResponse {
  readonly task_sid: string;
  readonly assignment_status: string;
  readonly reservation_sid: string | null;
  readonly reservation_status: string | null;
  readonly worker_name: string | null;
}

/** The Functions, and the local TaskRouter that calls them back. */
interface WalkTarget {
  readonly service: TaskRouterService;
  /** GETs a Function's path with its query, signed in as the operator. */
  get(path: string, signal: AbortSignal): Promise<FunctionResponse>;
}

/** The part of a response that the walk reads. */
interface FunctionResponse {
  readonly ok: boolean;
  readonly status: number;
  text(): Promise<string>;
}

/** A stage that was reached. */
export interface Stage {
  readonly name: string;
  /** The sids involved. */
  readonly detail: string;
  /** Time since the walk began. */
  readonly milliseconds: number;
}

/** The longest wait for a stage, which usually takes a few milliseconds. */
const stageTimeoutMs = 10_000;

/** Drives the lifecycle over HTTP, as a person would, and shows each stage that is reached. */
export class DemoWalk {
  readonly stages: Stage[] = [];
  private readonly started = performance.now();

  constructor(
    private readonly target: WalkTarget,
    private readonly reporter: Reporter,
  ) {}

  heading(text: string): void {
    this.reporter.say(`\n${this.reporter.colors.bold(text)}`);
  }

  /** Records and shows a stage that was reached. */
  recordStage(name: string, detail: string): void {
    const milliseconds = Math.round(performance.now() - this.started);
    this.stages.push({ name, detail, milliseconds });
    const seconds = (milliseconds / 1000).toFixed(3).padStart(7);
    const { dim, green } = this.reporter.colors;
    this.reporter.say(`${dim(`${seconds} s`)}  ${green('✓')} ${name.padEnd(34)} ${detail}`);
  }

  /** @throws UnmetExpectation */
  expect(what: string, value: unknown, wanted: unknown): void {
    if (value !== wanted) throw new UnmetExpectation(`${what} is ${value}, but should be ${wanted}.`);
  }

  async acceptByRest(): Promise<string> {
    const task = await this.createWhileAliceIsOffline();
    const callback = await this.makeAliceIdle(task, 'no_instruction');
    const accepted = await this.request<TaskResponse>('/accept-reservation', { task_sid: task });
    this.expect('worker_name', accepted.worker_name, 'Alice');
    this.expect('reservation_status', accepted.reservation_status, 'accepted');
    this.recordStage(
      'Reservation accepted',
      `${callback.reservationSid} by ${accepted.worker_name}, over REST`,
    );
    await this.showAssigned(task);
    await this.finish(task);
    return task;
  }

  async acceptByInstruction(): Promise<string> {
    const task = await this.createWhileAliceIsOffline();
    const callback = await this.makeAliceIdle(task, 'instruction:accept');
    this.recordStage(
      'Reservation accepted',
      `${callback.reservationSid} by Alice, by the callback's instruction`,
    );
    await this.showAssigned(task);
    return task;
  }

  async finish(task: string): Promise<void> {
    for (const [path, status, stage] of [
      ['/wrap-up-task', 'wrapping', 'Task wrapping'],
      ['/complete-task', 'completed', 'Task completed'],
    ] as const) {
      const response = await this.request<TaskResponse>(path, { task_sid: task, reason: 'demonstrated' });
      this.expect('assignment_status', response.assignment_status, status);
      this.recordStage(stage, task);
    }
  }

  private async createWhileAliceIsOffline(): Promise<string> {
    await this.request('/set-worker-activity', { worker: 'Alice', activity: 'Offline' });
    const created = await this.request<TaskResponse>('/create-task', {});
    this.expect('assignment_status', created.assignment_status, 'pending');
    this.recordStage('Task created', created.task_sid);
    return created.task_sid;
  }

  private async makeAliceIdle(task: string, outcome: string): Promise<CallbackEntry> {
    const moved = await this.request<{ worker_sid: string }>('/set-worker-activity', {
      worker: 'Alice',
      activity: 'Idle',
    });
    this.recordStage('Eligible Worker becomes available', `Alice ${moved.worker_sid}`);
    const callback = await this.callbackFor(task);
    this.recordStage('Worker reserved', `${callback.reservationSid}; ${describe(callback)}`);
    this.expect('outcome of the assignment callback', callback.outcome, outcome);
    return callback;
  }

  private async showAssigned(task: string): Promise<void> {
    const { taskRouter } = this.target.service;
    await this.until('Task assigned', () => taskRouter.view.find('tasks', task)?.status === 'assigned');
    const busy = await this.request<{ workers: { worker_name: string; activity_name: string }[] }>(
      '/lifecycle',
      {},
    );
    const alice = busy.workers.find(({ worker_name }) => worker_name === 'Alice');
    this.expect("Alice's activity", alice?.activity_name, 'Busy');
    this.recordStage('Task assigned', `${task} to Alice, who is ${alice?.activity_name}`);
  }

  private async callbackFor(task: string): Promise<CallbackEntry> {
    const find = () => this.target.service.callbackLog.list({ kind: 'assignment', taskSid: task })[0];
    await this.until('Worker reserved', () => find() !== undefined);
    return find() as CallbackEntry;
  }

  private async request<Body>(path: string, parameters: Record<string, string>): Promise<Body> {
    const query = new URLSearchParams(parameters);
    const response = await this.target.get(`${path}?${query}`, AbortSignal.timeout(stageTimeoutMs));
    const body = await response.text();
    if (!response.ok) throw new UnmetExpectation(`${path} responded with ${response.status}: ${body}`);
    return JSON.parse(body) as Body;
  }

  private async until(stage: string, reached: () => boolean): Promise<void> {
    const end = performance.now() + stageTimeoutMs;
    while (!reached()) {
      if (performance.now() > end)
        throw new UnmetExpectation(`The stage "${stage}" was not reached within ${stageTimeoutMs / 1000} s.`);
      await pause(5);
    }
  }
}

function describe({ attempts }: CallbackEntry): string {
  const last = attempts.at(-1);
  return `callback response ${last?.response?.status ?? 'missing'} ${last?.response?.body ?? ''}`.trim();
}
