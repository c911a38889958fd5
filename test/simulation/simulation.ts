import { createHash } from 'node:crypto';
import { seededSids } from '../../src/system/ids';
import { SystemClock } from '../../src/system/system-clock';
import { Engine } from '../../src/taskrouter/engine/engine';
import type { Command } from '../../src/taskrouter/model/commands';
import type { Entity, TableName } from '../../src/taskrouter/model/entities';
import { TaskRouterError } from '../../src/taskrouter/model/errors';
import { StoreFailed } from '../../src/taskrouter/store/store';
import type { Commit } from '../../src/taskrouter/taskrouter';
import { randomCommand } from './actions';
import { Invariants, Violation } from './invariants';
import { Random } from './random';
import { SimulatedDisk, SimulatedStore, type SimulatedStoreOptions, type WriteFate } from './simulated-disk';
import { respondToCallback, SimulatedFunctions } from './simulated-functions';
import { type Behavior, behaviors, SimulatedNetwork } from './simulated-network';
import { SimulatedProcess, simulatedAccount } from './simulated-process';
import { ProcessTimers, SimulatedTime } from './simulated-time';
import { behaviorOf, createWorkspaces, type SimulatedWorkspace, unreliableEventUrl } from './workspaces';

/** What happens in one step, and how often. */
const actions = {
  command: 600,
  function: 10,
  nextTimer: 200,
  shortWait: 120,
  longWait: 20,
  crash: 3,
  stop: 1,
  clockJump: 3,
  receiverChange: 5,
} as const;

type ActionName = keyof typeof actions;

const writeFates: Readonly<Record<WriteFate, number>> = {
  prompt: 1000,
  slow: 30,
  late: 30,
  failed: 1,
  full: 1,
};

export interface SimulationOptions {
  readonly seed: number;
  /** The numbers of the steps to take, in ascending order. Every step depends on the seed and its number alone. */
  readonly steps: Iterable<number>;
  /** Makes the store of each process; a test can put in one that breaks its promise. */
  readonly newStore?: (options: SimulatedStoreOptions) => SimulatedStore;
  /** Called after each step with its line of the trace, its number, and the number of transitions so far. */
  readonly onStep?: (line: string, step: number, transitions: number) => void;
}

/** What went wrong, and at which step; -1 before the first. */
export interface SimulationViolation {
  readonly step: number;
  /** Without sids, so that the same fault has the same text in a shorter run. */
  readonly kind: string;
  readonly message: string;
}

/** The figures of a simulation. */
export interface SimulationResult {
  readonly steps: number;
  /** Changes of a status of a task or reservation, and of a worker's activity. */
  readonly transitions: number;
  readonly processes: number;
  /** The number of callbacks by how their requests ended, and of writes by how they went. */
  readonly counts: Readonly<Record<string, number>>;
  /** Identifies the whole run: the same for the same seed and steps. */
  readonly hash: string;
  readonly violation: SimulationViolation | null;
}

const checkEverythingEvery = 1000;

/** Simulates the service with random commands and faults. Resolves when all steps are taken, or at the first violation. */
export async function simulate(options: SimulationOptions): Promise<SimulationResult> {
  return new Simulation(options).run();
}

class Simulation {
  private readonly time = new SimulatedTime();
  private readonly disk = new SimulatedDisk();
  private readonly invariants = new Invariants(this.time, this.disk);
  private readonly newSid: (prefix: string) => string;
  private readonly hash = createHash('sha256');
  private readonly counts: Record<string, number> = {};
  private random: Random;
  private workspaces: readonly SimulatedWorkspace[] = [];
  private process!: SimulatedProcess;
  private functions!: SimulatedFunctions;
  private transitions = 0;
  private processes = 0;
  /** Counts everything that happens, so that `settled` sees when nothing happens any more. */
  private activity = 0;
  private pendingFunctions = 0;
  private violation: Error | null = null;
  private eventReceiver: Behavior = 'unreliable';

  constructor(private readonly options: SimulationOptions) {
    this.newSid = seededSids(String(options.seed));
    this.random = new Random(options.seed);
  }

  async run(): Promise<SimulationResult> {
    let taken = 0;
    let step = -1;
    try {
      await this.begin();
      for (step of this.options.steps) {
        await this.take(step, ++taken);
      }
      await this.checkEverything();
    } catch (error) {
      return this.result(taken, violationOf(error, step));
    }
    return this.result(taken, null);
  }

  private result(steps: number, violation: SimulationResult['violation']): SimulationResult {
    const { transitions, processes, counts } = this;
    return { steps, transitions, processes, counts, hash: this.hash.copy().digest('hex'), violation };
  }

  private async begin(): Promise<void> {
    await this.startProcess();
    const created = createWorkspaces((command) => this.process.execute(command), this.random);
    await this.until(created);
    this.workspaces = await created;
  }

  private async take(step: number, taken: number): Promise<void> {
    this.random = new Random(this.options.seed, step);
    const action = this.random.weighted(actions);
    const line = `${step} ${this.time.monotonic} ${action} ${await this.actionsByName[action]()}`;
    await this.settled();
    while (this.process.hasFailed) await this.restart('failed');
    this.hash.update(`${line}\n`);
    this.options.onStep?.(line, step, this.transitions);
    if (this.violation) throw this.violation;
    this.invariants.step(this.process);
    if (taken % checkEverythingEvery === 0) await this.checkEverything();
  }

  private readonly actionsByName: Record<ActionName, () => Promise<string>> = {
    command: async () => this.command(),
    function: async () => this.function(),
    nextTimer: () => this.advance(this.time.untilFirst() ?? 0),
    shortWait: () => this.advance(this.random.integer(1, 2000)),
    longWait: () => this.advance(this.random.integer(1, 120_000)),
    crash: () => this.crash(),
    stop: () => this.restart('stopped'),
    clockJump: async () => this.clockJump(),
    receiverChange: async () => this.receiverChange(),
  };

  /** A command of a client, which waits for its response in the meantime. */
  private command(): string {
    const command = randomCommand(this.process.engine.view, this.random.of(this.workspaces), this.random);
    if (!command) return 'nothing';
    this.send(command);
    return command.type;
  }

  private send(command: Command): void {
    const { process } = this;
    process.execute(command).then(
      (result) => this.acknowledged(command, result as Entity | undefined, process),
      (error) => {
        if (!(error instanceof TaskRouterError || error instanceof StoreFailed)) this.fail(error);
      },
    );
    this.activity++;
  }

  private acknowledged(command: Command, result: Entity | undefined, process: SimulatedProcess): void {
    this.activity++;
    const table = tableOf(command);
    if (result && table) this.watch(() => this.invariants.acknowledged(table, result, process));
  }

  private function(): string {
    const { process } = this;
    this.pendingFunctions++;
    this.functions.run(this.random.of(this.workspaces), this.random).then(
      (response) => {
        this.pendingFunctions--;
        this.activity++;
        const name = typeof response === 'string' ? response : 'ok';
        this.count(`function: ${name}`);
        if (typeof response === 'object') {
          const task = process.engine.view.find('tasks', response.task_sid);
          if (task) this.watch(() => this.invariants.acknowledged('tasks', task, process));
        }
      },
      (error) => this.fail(error),
    );
    return 'sent';
  }

  private async advance(milliseconds: number): Promise<string> {
    await this.time.advance(milliseconds, async () => {
      this.activity++;
      await this.settled();
      while (this.process.hasFailed) await this.restart('failed');
    });
    return `${milliseconds} ms`;
  }

  /** The process ends at any moment between a command and the end of all that it causes. */
  private async crash(): Promise<string> {
    this.command();
    const moments = this.random.integer(0, 8);
    for (let moment = 0; moment < moments; moment++) await nextTurn();
    this.process.kill();
    await this.restart('killed');
    return `after ${moments} turns`;
  }

  private async restart(reason: 'killed' | 'failed' | 'stopped'): Promise<string> {
    if (reason !== 'killed') await this.until(this.process.stop());
    this.pendingFunctions = 0;
    this.count(`process ${reason}`);
    if (this.random.once(3)) this.time.monotonic += this.random.integer(1, 60_000);
    await this.startProcess();
    return reason;
  }

  private clockJump(): string {
    const jump = this.random.of([-3_600_000, -10_000, -1, 1, 10_000, 3_600_000]);
    this.time.jump(jump);
    return `${jump} ms`;
  }

  /** How the receiver of the unreliable workspace's events behaves from now on. */
  private receiverChange(): string {
    this.eventReceiver = this.random.of(behaviors);
    return this.eventReceiver;
  }

  /** Tries again until the disk lets it start. */
  private async startProcess(): Promise<void> {
    for (;;) {
      this.process = this.newProcess();
      this.functions = new SimulatedFunctions(this.process, () => this.random);
      this.processes++;
      const started = this.process.start();
      const hasStarted = await this.until(started).then(
        () => true,
        () => false,
      );
      if (hasStarted && !this.process.hasFailed) break;
      this.process.kill();
    }
    this.invariants.restart(this.process);
    await this.settled();
  }

  private newProcess(): SimulatedProcess {
    const { newStore = (options) => new SimulatedStore(options) } = this.options;
    const timers = new ProcessTimers(this.time);
    const after = (milliseconds: number, fire: () => void) => timers.after(milliseconds, fire);
    const process: SimulatedProcess = new SimulatedProcess({
      clock: new SystemClock({ lastTime: this.disk.time, source: timers.source }),
      timers,
      store: newStore({
        disk: this.disk,
        fate: () => this.random.weighted(writeFates),
        delay: () => this.random.integer(1, 2000),
        after,
        onWrite: (fate) => this.count(`write: ${fate}`),
      }),
      network: new SimulatedNetwork({
        random: () => this.random,
        after,
        behaviorOf: (url) => (url === unreliableEventUrl ? this.eventReceiver : behaviorOf(url)),
        runFunction: (request) => respondToCallback(request, this.random),
        onRequest: ({ kind }, ending) => this.count(`${kind}: ${ending}`),
      }),
      newSid: this.newSid,
      onCommit: (commit) => this.watch(() => this.committed(commit, process)),
      onError: (error) => this.fail(error),
    });
    return process;
  }

  private committed(commit: Commit, process: SimulatedProcess): void {
    if (process.hasEnded) return;
    this.activity++;
    for (const { type } of commit.events)
      if (/^(task|reservation)\.|^worker\.activity/.test(type)) this.transitions++;
    this.hash.update(commit.events.map(({ sid, type, date }) => `${sid} ${type} ${date}\n`).join(''));
    this.invariants.commit(commit, process);
  }

  /** Waits until nothing happens any more before time goes on. */
  private async settled(): Promise<void> {
    let before: number;
    do {
      before = this.activity;
      const turns = this.pendingFunctions > 0 ? 12 : 2;
      for (let turn = 0; turn < turns; turn++) await nextTurn();
    } while (this.activity !== before);
  }

  /** Lets time go on until this has settled. */
  private async until(work: Promise<unknown>): Promise<void> {
    let isSettled = false;
    const settle = () => {
      isSettled = true;
    };
    work.then(settle, settle);
    await this.settled();
    while (!isSettled) {
      await this.time.advance(this.time.untilFirst() ?? 1, () => this.settled());
      await this.settled();
    }
    await work;
  }

  private async checkEverything(): Promise<void> {
    await this.written();
    const restored = new Engine({ accountSid: simulatedAccount.sid, newSid: this.newSid });
    restored.load(this.disk.rows(), this.disk.sequence);
    this.invariants.everything(this.process, this.workspaces, restored);
    this.disk.forgetOldEvents();
  }

  /** Waits until everything that is decided is on the disk. */
  private async written(): Promise<void> {
    do {
      while (this.process.hasFailed) await this.restart('failed');
      await this.until(this.process.taskRouter.read(() => undefined).catch(() => undefined));
      await this.settled();
    } while (this.process.hasFailed || this.process.isWriting);
  }

  private watch(check: () => void): void {
    try {
      check();
    } catch (error) {
      this.fail(error);
    }
  }

  private fail(error: unknown): void {
    this.violation ??= error instanceof Error ? error : new Violation(String(error));
  }

  private count(name: string): void {
    this.activity++;
    this.counts[name] = (this.counts[name] ?? 0) + 1;
  }
}

function violationOf(error: unknown, step: number): SimulationViolation {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { step, kind: message.replace(/[A-Z]{2}[0-9a-f]{32}|\d+/g, '…'), message: stack ?? message };
}

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

const tables: Readonly<Partial<Record<Command['type'], TableName>>> = {
  CreateTask: 'tasks',
  UpdateTask: 'tasks',
  UpdateReservation: 'reservations',
  InstructReservation: 'reservations',
  CreateWorker: 'workers',
  UpdateWorker: 'workers',
  UpdateTaskQueue: 'taskQueues',
  UpdateWorkflow: 'workflows',
  UpdateWorkspace: 'workspaces',
};

const tableOf = ({ type }: Command): TableName | undefined => tables[type];
