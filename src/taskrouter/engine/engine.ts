import type { Alert } from '../model/alerts';
import type { Change } from '../model/changes';
import type { Command, CommandResults, CommandType, ResultOf } from '../model/commands';
import type { TableName, Tables, Task } from '../model/entities';
import { tableNames } from '../model/entities';
import type { EventSubject, Origin, TaskRouterEvent } from '../model/events';
import { CommandContext, type Effects } from './command-context';
import { handlers } from './commands';
import { meetDeadline } from './commands/time';
import { compareDeadlines, type Deadline } from './indexes/deadlines';
import { boundEventOutbox } from './rules/bound-event-outbox';
import { settleReleases } from './rules/release';
import { reserve } from './rules/reservation-lifecycle';
import { leaveTarget } from './rules/routing';
import { EngineState, type Settings } from './state/engine-state';
import type { PastOffer } from './state/recent-offers';
import { RoutingView } from './state/routing-view';
import type { OutboxCounts, View } from './state/view';

/** The outcome of a command: its result, its events, and the rows it changed. */
export interface CommandOutcome<Result> {
  readonly result: Result;
  readonly events: readonly TaskRouterEvent[];
  /** What each of the events is about. */
  readonly subjects: readonly (EventSubject | undefined)[];
  readonly changes: readonly Change[];
  /** For the debugger. */
  readonly alerts: readonly Alert[];
}

/** A stored row has a value that the engine cannot use. The message names the row. */
export class UnusableRow extends Error {
  override readonly name = 'UnusableRow';
}

/** Our choice: the service itself causes what no request causes. */
const engineOrigin: Origin = { source: 'twilio', ipAddress: null };

/**
 * The rules of TaskRouter, without a clock, randomness, input, or output. A command takes effect as a whole or not at
 * all. What it makes possible, such as an offer or a skipped target, happens in the same command.
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
    outbox: () => this.outbox(),
    scopeOfWorker: (worker) => this.engineState.scopes.worker(worker),
    isInQueue: (workerSid, taskQueueSid) => this.engineState.membership.has(workerSid, taskQueueSid),
    isAcceptedBy: (taskQueueSid, worker) => this.engineState.membership.accepts(taskQueueSid, worker),
  };

  /** Why tasks are routed as they are. */
  readonly routing = new RoutingView(() => this.engineState);

  /** The offer that created the reservation; null if it is not recorded, or no longer. */
  pastOffer(reservationSid: string): PastOffer | null {
    return this.engineState.offers.find(reservationSid);
  }

  /**
   * Loads stored rows.
   * @param sequence the last one assigned
   * @param now Unix milliseconds; only needed if expressions are evaluated before the first command
   * @throws UnusableRow for one with an expression or a configuration that cannot be read
   */
  load(rows: { readonly [Name in TableName]: readonly Tables[Name][] }, sequence: number, now = 0): void {
    this.time = Math.max(this.time, now);
    this.engineState.now = this.time;
    const { state, configurations } = this.engineState;
    for (const name of tableNames) {
      for (const row of rows[name]) {
        use(name, row, () => state.load(name, row as never));
        if (name === 'workflowVersions') use(name, row, () => configurations.of(row.sid));
      }
    }
    this.engineState.state.continueAfter(sequence);
    this.engineState.matching.forgetChanges();
  }

  /**
   * Replaces everything, including the time and the sequence.
   * @param now the time of the rows, in Unix milliseconds
   * @throws UnusableRow as `load` does
   */
  restore(
    rows: { readonly [Name in TableName]: readonly Tables[Name][] },
    sequence: number,
    now: number,
  ): void {
    this.engineState = new EngineState(this.settings);
    this.time = now;
    this.load(rows, sequence);
  }

  /** Deletes everything except the time and the sequence, which never go back. */
  clear(): void {
    const { lastSequence } = this.engineState.state;
    this.engineState = new EngineState(this.settings);
    this.engineState.state.continueAfter(lastSequence);
  }

  /** The last sequence assigned to an entity or an event. */
  get lastSequence(): number {
    return this.engineState.state.lastSequence;
  }

  /** The earliest deadline in Unix milliseconds; null if there is none. */
  nextDeadline(): number | null {
    return this.engineState.deadlines.first()?.at ?? null;
  }

  /**
   * Carries out a command.
   * @param now Unix milliseconds; an earlier time than in the last command counts as that time
   * @throws TaskRouterError when the command is refused; nothing has changed then
   */
  execute<C extends Command>(command: C, now: number, origin: Origin): CommandOutcome<ResultOf<C>> {
    this.time = Math.max(this.time, now);
    this.engineState.now = this.time;
    try {
      const effects: Effects = { events: [], subjects: [], alerts: [] };
      this.meetDeadlines(effects);
      const context = new CommandContext(this.engineState, this.time, origin, effects);
      const result = this.carryOut(context, command);
      this.dropUnusedVersions();
      boundEventOutbox(context);
      const { events, subjects, alerts } = effects;
      return { result, events, subjects, alerts, changes: this.engineState.state.takeChanges() };
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
   * Meets what is due before the command: one deadline after another, and only then offers, so that no offer is made
   * for a task that is over.
   */
  private meetDeadlines(effects: Effects): void {
    const { deadlines } = this.engineState;
    let next = deadlines.first();
    if (!next || next.at > this.time) return;
    const context = new CommandContext(this.engineState, this.time, engineOrigin, effects);
    let met: Deadline | undefined;
    for (; next && next.at <= context.now; next = deadlines.first()) {
      if (met && compareDeadlines(met, next) === 0)
        throw new Error(`Deadline ${next.kind} of ${next.sid} is still there after it was met`);
      meetDeadline(context, next);
      settleReleases(context);
      met = next;
    }
    this.settle(context);
  }

  /** Carries out what the changes made possible, until nothing is left. */
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

  private outbox(): OutboxCounts {
    const { state, eventOutbox } = this.engineState;
    const [oldest] = state.all('deliveries');
    const events = eventOutbox.size;
    const assignments = state.table('deliveries').count() - events;
    return { assignments, events, oldest: oldest?.dateCreated ?? null, droppedEvents: eventOutbox.dropped };
  }

  private dropUnusedVersions(): void {
    for (const sid of this.engineState.configurations.takeUnused())
      this.engineState.state.remove('workflowVersions', sid);
  }
}

function use(table: TableName, { sid }: Tables[TableName], load: () => unknown): void {
  try {
    load();
  } catch (error) {
    throw new UnusableRow(`table ${table}, row ${sid}: ${(error as Error).message}`, { cause: error });
  }
}
