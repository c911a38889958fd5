import type { Alert } from '../model/alerts';
import type { Change } from '../model/changes';
import type { Command, CommandResults, CommandType, ResultOf } from '../model/commands';
import type { TableName, Tables, Task } from '../model/entities';
import { tableNames } from '../model/entities';
import type { Origin, TaskRouterEvent } from '../model/events';
import { CommandContext } from './command-context';
import { handlers } from './commands';
import { meetDeadline } from './commands/time';
import { compareDeadlines, type Deadline } from './indexes/deadlines';
import { settleReleases } from './rules/release';
import { reserve } from './rules/reservation-lifecycle';
import { leaveTarget } from './rules/routing';
import { EngineState, type Settings } from './state/engine-state';
import type { View } from './state/view';

/** What a command came to: its answer, what happened because of it, and the rows it left changed. */
export interface CommandOutcome<Result> {
  readonly result: Result;
  readonly events: readonly TaskRouterEvent[];
  readonly changes: readonly Change[];
  /** What the debugger shows of it. */
  readonly alerts: readonly Alert[];
}

/** Our choice: what nobody asked for is the service's own doing. */
const itself: Origin = { source: 'twilio', ipAddress: null };

/**
 * The rules of TaskRouter, without clock, chance or input and output. A command happens whole or not at all; whatever
 * it makes possible (an offer, a skipped target) happens in the same command.
 */
export class Engine {
  private engineState: EngineState;
  private time = 0;

  constructor(private readonly settings: Settings) {
    this.engineState = new EngineState(settings);
  }

  readonly view: View = {
    find: (table, sid) => this.engineState.state.find(table, sid),
    all: (table, workspaceSid) => this.engineState.state.all(table, workspaceSid),
    count: (table) => this.engineState.state.table(table).count(),
    tasksByStatus: () => this.engineState.counts.tasksByStatus(),
    workersByAvailability: () => this.engineState.counts.workersByAvailability(),
    reservationsOfTask: (sid) => this.engineState.load.ofTask(sid),
    reservationsOfWorker: (sid) => this.engineState.load.ofWorker(sid),
    channelsOfWorker: (sid) => this.engineState.load.channels(sid),
    useOfChannel: (channel) => ({
      ...this.engineState.load.use(channel),
      availableCapacityPercentage: this.engineState.load.availableCapacityPercentage(channel),
    }),
    workersOfQueue: (taskQueueSid) => this.engineState.membership.workers(taskQueueSid),
    scopeOfWorker: (worker) => this.engineState.scopes.worker(worker),
    isInQueue: (workerSid, taskQueueSid) => this.engineState.membership.has(workerSid, taskQueueSid),
  };

  /** Takes stored rows in; `sequence` is the last number that was given. */
  load(rows: { readonly [Name in TableName]: readonly Tables[Name][] }, sequence: number): void {
    for (const name of tableNames)
      for (const row of rows[name]) this.engineState.state.load(name, row as never);
    this.engineState.state.continueAfter(sequence);
    this.engineState.matching.forgetChanges();
  }

  /** Forgets everything but the time and the sequence, which never go back. */
  clear(): void {
    const { lastSequence } = this.engineState.state;
    this.engineState = new EngineState(this.settings);
    this.engineState.state.continueAfter(lastSequence);
  }

  /** Unix milliseconds of the earliest thing that will happen by itself; null when nothing will. */
  nextDeadline(): number | null {
    return this.engineState.deadlines.first()?.at ?? null;
  }

  /**
   * Carries a command out at `now` (unix milliseconds; time never goes back, whatever the clock says).
   * @throws TaskRouterError when it is refused; nothing has changed then.
   */
  execute<C extends Command>(command: C, now: number, origin: Origin): CommandOutcome<ResultOf<C>> {
    this.time = Math.max(this.time, now);
    this.engineState.now = this.time;
    try {
      const overdue = this.meetDeadlines();
      const context = new CommandContext(this.engineState, this.time, origin);
      const result = this.carryOut(context, command);
      this.dropUnusedVersions();
      const events = [...overdue.events, ...context.events];
      const alerts = [...overdue.alerts, ...context.alerts];
      return { result, events, changes: this.engineState.state.takeChanges(), alerts };
    } catch (error) {
      this.engineState.state.undo();
      this.engineState.matching.forgetChanges();
      throw error;
    }
  }

  private carryOut<C extends Command>(context: CommandContext, command: C): ResultOf<C> {
    if (command.type === 'PassTime') return undefined as ResultOf<C>;
    const handler = handlers[command.type] as (
      context: CommandContext,
      command: Command,
    ) => CommandResults[CommandType];
    const result = handler(context, command) as ResultOf<C>;
    this.settle(context);
    return result;
  }

  /**
   * What has fallen due happens before anything else, whoever tells the time: one deadline after another, and offers
   * only then, so that nothing is offered that is over as well.
   */
  private meetDeadlines(): CommandContext {
    const { deadlines } = this.engineState;
    const context = new CommandContext(this.engineState, this.time, itself);
    let met: Deadline | undefined;
    for (let next = deadlines.first(); next && next.at <= context.now; next = deadlines.first()) {
      if (met && compareDeadlines(met, next) === 0)
        throw new Error(`deadline ${next.kind} of ${next.sid} does not go away`);
      meetDeadline(context, next);
      settleReleases(context);
      met = next;
    }
    if (met) this.settle(context);
    return context;
  }

  /** Lets everything follow that the change made possible, until nothing is left to do. */
  private settle(context: CommandContext): void {
    const unmatched = (task: Task) => {
      if (this.engineState.matching.shouldSkip(task)) leaveTarget(context, task, 'skip');
    };
    for (;;) {
      settleReleases(context);
      const match = this.engineState.matching.next(unmatched);
      if (!match) return;
      reserve(context, match.task, match.workers);
    }
  }

  private dropUnusedVersions(): void {
    for (const sid of this.engineState.configurations.takeUnused())
      this.engineState.state.remove('workflowVersions', sid);
  }
}
