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
export interface Outcome<Result> {
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
  private world: EngineState;
  private time = 0;

  constructor(private readonly settings: Settings) {
    this.world = new EngineState(settings);
  }

  readonly view: View = {
    find: (table, sid) => this.world.state.find(table, sid),
    all: (table, workspaceSid) => this.world.state.all(table, workspaceSid),
    reservationsOfTask: (sid) => this.world.load.ofTask(sid),
    reservationsOfWorker: (sid) => this.world.load.ofWorker(sid),
    channelsOfWorker: (sid) => this.world.load.channels(sid),
    useOfChannel: (channel) => ({
      ...this.world.load.use(channel),
      availableCapacityPercentage: this.world.load.availableCapacityPercentage(channel),
    }),
    workersOfQueue: (taskQueueSid) => this.world.membership.workers(taskQueueSid),
    scopeOfWorker: (worker) => this.world.scopes.worker(worker),
    isInQueue: (workerSid, taskQueueSid) => this.world.membership.has(workerSid, taskQueueSid),
  };

  /** Takes stored rows in; `sequence` is the last number that was given. */
  load(rows: { readonly [Name in TableName]: readonly Tables[Name][] }, sequence: number): void {
    for (const name of tableNames) for (const row of rows[name]) this.world.state.load(name, row as never);
    this.world.state.continueAfter(sequence);
    this.world.matching.forgetNews();
  }

  /** Forgets everything but the time and the sequence, which never go back. */
  clear(): void {
    const { lastSequence } = this.world.state;
    this.world = new EngineState(this.settings);
    this.world.state.continueAfter(lastSequence);
  }

  /** Unix milliseconds of the earliest thing that will happen by itself; null when nothing will. */
  nextDeadline(): number | null {
    return this.world.deadlines.first()?.at ?? null;
  }

  /**
   * Carries a command out at `now` (unix milliseconds; time never goes back, whatever the clock says).
   * @throws TaskRouterError when it is refused; nothing has changed then.
   */
  execute<C extends Command>(command: C, now: number, origin: Origin): Outcome<ResultOf<C>> {
    this.time = Math.max(this.time, now);
    this.world.now = this.time;
    try {
      const overdue = this.meetDeadlines();
      const turn = new CommandContext(this.world, this.time, origin);
      const result = this.carryOut(turn, command);
      this.dropUnusedVersions();
      const events = [...overdue.events, ...turn.events];
      const alerts = [...overdue.alerts, ...turn.alerts];
      return { result, events, changes: this.world.state.takeChanges(), alerts };
    } catch (error) {
      this.world.state.undo();
      this.world.matching.forgetNews();
      throw error;
    }
  }

  private carryOut<C extends Command>(turn: CommandContext, command: C): ResultOf<C> {
    if (command.type === 'PassTime') return undefined as ResultOf<C>;
    const handler = handlers[command.type] as (
      turn: CommandContext,
      command: Command,
    ) => CommandResults[CommandType];
    const result = handler(turn, command) as ResultOf<C>;
    this.settle(turn);
    return result;
  }

  /**
   * What has fallen due happens before anything else, whoever tells the time: one deadline after another, and offers
   * only then, so that nothing is offered that is over as well.
   */
  private meetDeadlines(): CommandContext {
    const { deadlines } = this.world;
    const turn = new CommandContext(this.world, this.time, itself);
    let met: Deadline | undefined;
    for (let next = deadlines.first(); next && next.at <= turn.now; next = deadlines.first()) {
      if (met && compareDeadlines(met, next) === 0)
        throw new Error(`deadline ${next.kind} of ${next.sid} does not go away`);
      meetDeadline(turn, next);
      settleReleases(turn);
      met = next;
    }
    if (met) this.settle(turn);
    return turn;
  }

  /** Lets everything follow that the change made possible, until nothing is left to do. */
  private settle(turn: CommandContext): void {
    const unmatched = (task: Task) => {
      if (this.world.matching.shouldSkip(task)) leaveTarget(turn, task, 'skip');
    };
    for (;;) {
      settleReleases(turn);
      const match = this.world.matching.next(unmatched);
      if (!match) return;
      reserve(turn, match.task, match.workers);
    }
  }

  private dropUnusedVersions(): void {
    for (const sid of this.world.configurations.takeUnused())
      this.world.state.remove('workflowVersions', sid);
  }
}
