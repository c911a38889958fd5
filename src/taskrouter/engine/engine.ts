import type { Alert } from '../model/alerts';
import type { Change } from '../model/changes';
import type { Command, CommandResults, CommandType, ResultOf } from '../model/commands';
import type { TableName, Tables } from '../model/entities';
import { tableNames } from '../model/entities';
import type { Origin, TaskRouterEvent } from '../model/events';
import { handlers } from './commands';
import { meetDeadline } from './commands/time';
import { settleRelease } from './release';
import { reserve } from './reservation-lifecycle';
import { leaveTarget } from './routing';
import { Turn } from './turn';
import type { View } from './view';
import { type Settings, World } from './world';

/** What a command came to: its answer, what happened because of it, and the rows it left changed. */
export interface Outcome<Result> {
  readonly result: Result;
  readonly events: readonly TaskRouterEvent[];
  readonly changes: readonly Change[];
  /** What the debugger shows of it. */
  readonly alerts: readonly Alert[];
}

/**
 * The rules of TaskRouter, without clock, chance or input and output. A command happens whole or not at all; whatever
 * it makes possible (an offer, a skipped target) happens in the same command.
 */
export class Engine {
  private world: World;
  private time = 0;

  constructor(private readonly settings: Settings) {
    this.world = new World(settings);
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
    isInQueue: (workerSid, taskQueueSid) => this.world.membership.has(workerSid, taskQueueSid),
  };

  /** Takes stored rows in; `sequence` is the last number that was given. */
  load(rows: { readonly [Name in TableName]: readonly Tables[Name][] }, sequence: number): void {
    for (const name of tableNames) for (const row of rows[name]) this.world.state.load(name, row as never);
    this.world.state.sequence = sequence;
    this.world.matching.forgetNews();
  }

  /** Forgets everything but the time and the sequence, which never go back. */
  clear(): void {
    const { sequence } = this.world.state;
    this.world = new World(this.settings);
    this.world.state.sequence = sequence;
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
    const turn = new Turn(this.world, this.time, origin);
    try {
      const result = this.carryOut(turn, command);
      this.dropUnusedVersions();
      return { result, events: turn.events, changes: this.world.state.takeChanges(), alerts: turn.alerts };
    } catch (error) {
      this.world.state.undo();
      this.world.matching.forgetNews();
      throw error;
    }
  }

  private carryOut<C extends Command>(turn: Turn, command: C): ResultOf<C> {
    if (command.type === 'PassTime') {
      this.passTime(turn);
      return undefined as ResultOf<C>;
    }
    const handler = handlers[command.type] as (turn: Turn, command: Command) => CommandResults[CommandType];
    const result = handler(turn, command) as ResultOf<C>;
    this.settle(turn);
    return result;
  }

  /** One deadline after another, each with all that follows from it. */
  private passTime(turn: Turn): void {
    for (
      let next = this.world.deadlines.first();
      next && next.at <= turn.now;
      next = this.world.deadlines.first()
    ) {
      meetDeadline(turn, next);
      this.settle(turn);
      if (this.world.deadlines.first() === next)
        throw new Error(`deadline ${next.kind} of ${next.sid} does not go away`);
    }
  }

  /** Lets everything follow that the change made possible, until nothing is left to do. */
  private settle(turn: Turn): void {
    const unmatched = (task: Parameters<typeof leaveTarget>[1]) => {
      if (this.world.matching.shouldSkip(task)) leaveTarget(turn, task, 'skip');
    };
    for (;;) {
      for (const sid of turn.releasedTasks) settleRelease(turn, sid);
      turn.releasedTasks.clear();
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
