import { randomSid } from '../src/system/ids';
import { Engine } from '../src/taskrouter/engine/engine';
import type { Command, ResultOf } from '../src/taskrouter/model/commands';
import type { Attributes, Reservation } from '../src/taskrouter/model/entities';
import { Random } from '../test/simulation/random';
import { Latencies } from './latencies';
import type { Figure, Goal, Measure } from './measure';

/** The size of a workspace. Twilio's documented limits are 15,000 workers and 5,000 task queues. */
export interface WorkspaceSize {
  readonly workers: number;
  readonly taskQueues: number;
  /** Filters of the one workflow; each routes to a queue of its own. */
  readonly filters: number;
  /** How many queues each worker is in. */
  readonly queuesPerWorker: number;
  readonly waitingTasks: number;
}

interface Options {
  readonly seed: number;
  /** How often each command is measured. */
  readonly samples: number;
  /** Milliseconds; default: the monotonic clock. */
  readonly clock?: () => number;
}

const documentedLimits = { workers: 15_000, taskQueues: 5_000, filters: 1_000 } as const;

/** A middle-sized workspace, and one at the documented limits, with few and with many queues a worker. */
export const workspaceSizes = {
  '1,000 workers × 200 queues': {
    workers: 1_000,
    taskQueues: 200,
    filters: 200,
    queuesPerWorker: 3,
    waitingTasks: 100_000,
  },
  '15,000 workers × 5,000 queues × 1,000 filters, 3 queues a worker': {
    ...documentedLimits,
    queuesPerWorker: 3,
    waitingTasks: 100_000,
  },
  '15,000 workers × 5,000 queues × 1,000 filters, 20 queues a worker': {
    ...documentedLimits,
    queuesPerWorker: 20,
    waitingTasks: 100_000,
  },
} as const satisfies Record<string, WorkspaceSize>;

const offer = 'worker becomes available → reserved';
const create = 'create a worker';
const perCommand: Readonly<Record<string, readonly Goal[]>> = {
  [offer]: [
    { of: 'p50', atMost: 0.1 },
    { of: 'p99', atMost: 1 },
  ],
  [create]: [{ of: 'value', atMost: 0.5 }],
};

export const largeWorkspaces: Measure = {
  name: 'large-workspaces',
  about:
    "Commands in workspaces at Twilio's documented limits, with 100,000 tasks that wait, in the engine alone",
  run({ quick, seed, progress }) {
    const figures: Figure[] = [];
    for (const [label, size] of Object.entries(workspaceSizes)) {
      progress(label);
      const waitingTasks = quick ? size.waitingTasks / 2 : size.waitingTasks;
      const samples = quick ? 100 : 1_000;
      for (const [command, latencies] of largeWorkspace({ ...size, waitingTasks }, { seed, samples }))
        figures.push(figureOf(label, command, latencies));
    }
    return Promise.resolve(figures);
  },
};

function figureOf(label: string, command: string, latencies: Latencies): Figure {
  const percentiles = latencies.percentiles();
  const isSmall = label.startsWith('1,000 ');
  const goals = isSmall && command === offer ? [{ of: 'p99', atMost: 0.35 } as const] : perCommand[command];
  return {
    label: `Engine alone, ${label}: ${command}`,
    unit: 'ms',
    value: percentiles.p50,
    percentiles,
    goals: goals ?? [],
  };
}

/** How long each command takes in a workspace of this size, through the engine alone: no HTTP, no store, in virtual time. */
export function largeWorkspace(size: WorkspaceSize, options: Options): ReadonlyMap<string, Latencies> {
  const workspace = new LargeWorkspace(size, options);
  workspace.fill();
  workspace.warmUp();
  workspace.measure();
  return workspace.latencies;
}

const text = (value: Record<string, unknown>): Attributes => ({ text: JSON.stringify(value), value });

/** Three ways to write that a worker has a skill, as programs in production do. */
function targetWorkers(queue: number): string {
  const skill = `"skill-${queue}"`;
  const forms = [
    `skills HAS ${skill}`,
    `${skill} IN skills AND level >= 1`,
    `region IN ["eu", "us"] AND (skills HAS ${skill})`,
  ];
  return forms[queue % forms.length] as string;
}

/** Three kinds of target: any worker of the queue, one who fulfills an expression, and the one who is best in an attribute. */
function targetOf(queue: string, filter: number): object {
  const forms = [
    {},
    {},
    {},
    { expression: 'task.language IN worker.languages' },
    { order_by: 'worker.level DESC' },
  ];
  return { queue, ...forms[filter % forms.length] };
}

class LargeWorkspace {
  private readonly engine = new Engine({ accountSid: `AC${'0'.repeat(32)}`, newSid: randomSid });
  private readonly random: Random;
  readonly latencies = new Map<string, Latencies>();
  private readonly queues: string[] = [];
  private readonly workers: string[] = [];
  private readonly activities = { available: '', unavailable: '' };
  private readonly workspaceSid: string;
  private workflowSid = '';
  private now = 1_700_000_000_000;
  private number = 0;

  constructor(
    private readonly size: WorkspaceSize,
    private readonly options: Options,
  ) {
    this.random = new Random(options.seed);
    const command = { type: 'CreateWorkspace', friendlyName: 'Large', multiTaskEnabled: true } as const;
    this.workspaceSid = this.run(command).sid;
    for (const { sid, available } of this.engine.view.all('activities', this.workspaceSid))
      this.activities[available ? 'available' : 'unavailable'] ||= sid;
  }

  fill(): void {
    const { taskQueues, filters, workers, waitingTasks } = this.size;
    // The queue that is measured is created and deleted again.
    const firstQueues = Math.min(taskQueues, documentedLimits.taskQueues - 1);
    for (let queue = 0; queue < firstQueues; queue += 1)
      this.queues.push(this.createQueue(`Queue ${queue}`, targetWorkers(queue)));
    this.createWorkflow(filters);
    // Each sample creates a worker that stays, and one that leaves.
    const firstWorkers = Math.min(workers, documentedLimits.workers - this.options.samples - 1);
    for (let worker = 0; worker < firstWorkers; worker += 1) this.workers.push(this.createWorker());
    for (let task = 0; task < waitingTasks; task += 1) this.createTask();
  }

  /** Offers until the code is compiled; they do not count. */
  warmUp(): void {
    for (let count = 0; count < 500; count += 1) this.offer();
    this.latencies.clear();
  }

  measure(): void {
    for (let count = 0; count < this.options.samples; count += 1) {
      this.offer();
      this.timed('create a task', () => this.createTask());
      this.changeWorkers();
      this.changeQueues();
    }
    this.renameActivity();
  }

  /** A worker becomes available and is offered a waiting task; then the task is completed and replaced. */
  private offer(): void {
    const workerSid = this.random.of(this.workers);
    const before = this.engine.view.reservationsOfWorker(workerSid).length;
    this.timed(offer, () => this.setActivity(workerSid, this.activities.available));
    const reservations = this.engine.view.reservationsOfWorker(workerSid);
    if (reservations.length === before) throw new Error('the worker was offered nothing');
    this.setActivity(workerSid, this.activities.unavailable);
    this.finish(reservations.at(-1) as Reservation);
    this.createTask();
  }

  private finish({ sid: reservationSid, taskSid }: Reservation): void {
    const { workspaceSid } = this;
    this.run({ type: 'UpdateReservation', workspaceSid, reservationSid, reservationStatus: 'accepted' });
    this.run({ type: 'UpdateTask', workspaceSid, taskSid, assignmentStatus: 'completed' });
    this.run({ type: 'DeleteTask', workspaceSid, taskSid });
  }

  private changeWorkers(): void {
    const { workspaceSid } = this;
    const created = this.timed(create, () => this.createWorker());
    this.workers.push(created);
    const workerSid = this.random.of(this.workers);
    const attributes = this.attributes();
    this.timed('update the attributes of a worker', () =>
      this.run({ type: 'UpdateWorker', workspaceSid, workerSid, attributes }),
    );
    const friendlyName = `Renamed ${this.next()}`;
    this.timed('rename a worker', () =>
      this.run({ type: 'UpdateWorker', workspaceSid, workerSid, friendlyName }),
    );
    const leaver = this.createWorker();
    this.timed('delete a worker', () => this.run({ type: 'DeleteWorker', workspaceSid, workerSid: leaver }));
  }

  /** Of a queue that no workflow refers to, so that it can be deleted. */
  private changeQueues(): void {
    const { workspaceSid } = this;
    const skill = () => targetWorkers(this.random.integer(0, this.size.taskQueues - 1));
    const name = `Queue of ${this.next()}`;
    const taskQueueSid = this.timed('create a queue', () => this.createQueue(name, skill()));
    const command = { type: 'UpdateTaskQueue', workspaceSid, taskQueueSid } as const;
    this.timed('update the expression of a queue', () => this.run({ ...command, targetWorkers: skill() }));
    this.timed('rename a queue', () => this.run({ ...command, friendlyName: `${name}, renamed` }));
    this.timed('delete a queue', () => this.run({ type: 'DeleteTaskQueue', workspaceSid, taskQueueSid }));
  }

  private renameActivity(): void {
    const { workspaceSid } = this;
    const activitySid = this.activities.unavailable;
    for (let count = 0; count < 5; count += 1) {
      const friendlyName = `Away ${count}`;
      this.timed('rename an activity', () =>
        this.run({ type: 'UpdateActivity', workspaceSid, activitySid, friendlyName }),
      );
    }
  }

  private createQueue(friendlyName: string, targetWorkers: string): string {
    const { workspaceSid } = this;
    return this.run({ type: 'CreateTaskQueue', workspaceSid, friendlyName, targetWorkers }).sid;
  }

  private createWorkflow(count: number): void {
    const filters = Array.from({ length: count }, (_, filter) => ({
      expression: `topic == "topic-${filter}" AND tier != "none"`,
      targets: [targetOf(this.queues[filter] as string, filter)],
    }));
    const configuration = JSON.stringify({ task_routing: { filters } });
    const { workspaceSid } = this;
    this.workflowSid = this.run({
      type: 'CreateWorkflow',
      workspaceSid,
      friendlyName: 'All',
      configuration,
    }).sid;
  }

  private createWorker(): string {
    const { workspaceSid } = this;
    const friendlyName = `Worker ${this.next()}`;
    return this.run({ type: 'CreateWorker', workspaceSid, friendlyName, attributes: this.attributes() }).sid;
  }

  /** Skills for as many queues as the size says. The first one is always of a queue that tasks wait in. */
  private attributes(): Attributes {
    const { filters, taskQueues, queuesPerWorker } = this.size;
    const skills = Array.from({ length: queuesPerWorker }, (_, at) =>
      this.random.integer(0, (at === 0 ? filters : taskQueues) - 1),
    );
    const languages = ['en', this.random.of(['de', 'es', 'fr', 'it'])];
    return text({
      skills: skills.map((skill) => `skill-${skill}`),
      level: this.random.integer(1, 5),
      region: 'eu',
      languages,
    });
  }

  private createTask(): string {
    const { workspaceSid, workflowSid } = this;
    const topic = `topic-${this.random.integer(0, this.size.filters - 1)}`;
    const attributes = text({ topic, language: this.random.of(['de', 'en', 'es', 'fr', 'it']) });
    return this.run({ type: 'CreateTask', workspaceSid, workflowSid, attributes }).sid;
  }

  private setActivity(workerSid: string, activitySid: string): void {
    this.run({ type: 'UpdateWorker', workspaceSid: this.workspaceSid, workerSid, activitySid });
  }

  private run<C extends Command>(command: C): ResultOf<C> {
    this.now += 1;
    return this.engine.execute(command, this.now, { source: 'twilio', ipAddress: null }).result;
  }

  private timed<T>(name: string, action: () => T): T {
    const { clock = () => performance.now() } = this.options;
    const latencies = this.latencies.get(name) ?? new Latencies();
    this.latencies.set(name, latencies);
    const started = clock();
    const result = action();
    latencies.record(clock() - started);
    return result;
  }

  private next(): number {
    this.number += 1;
    return this.number;
  }
}
