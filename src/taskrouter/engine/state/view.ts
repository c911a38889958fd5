import type { Scope } from '../../../language/expression';
import type { Reservation, TableName, Tables, Worker, WorkerChannel } from '../../model/entities';
import type { TaskStatus } from '../../model/statuses';

export interface ChannelUse {
  /** Accepted reservations. */
  readonly assigned: number;
  /** Reservations that take capacity: pending, accepted or wrapping. */
  readonly used: number;
  /** 0 to 100. */
  readonly availableCapacityPercentage: number;
}

/** What may be read of the engine's state. Values are immutable; iterables are in order of creation. */
export interface View {
  find<Name extends TableName>(table: Name, sid: string): Tables[Name] | undefined;
  /** The rows of one workspace; for `workspaces` itself pass no sid. */
  all<Name extends TableName>(table: Name, workspaceSid?: string): Iterable<Tables[Name]>;
  /** How many rows the table has; known without going through them. */
  count(table: TableName): number;
  /** How many tasks have each status, of those that any task has; known without going through the tasks. */
  tasksByStatus(): Readonly<Partial<Record<TaskStatus, number>>>;
  /** How many workers are in an available activity, and how many are not; known without going through the workers. */
  workersByAvailability(): { readonly available: number; readonly unavailable: number };
  reservationsOfTask(taskSid: string): readonly Reservation[];
  reservationsOfWorker(workerSid: string): readonly Reservation[];
  channelsOfWorker(workerSid: string): readonly WorkerChannel[];
  /** What the worker has on hand on a channel, and how much room is left. */
  useOfChannel(channel: WorkerChannel): ChannelUse;
  /** Sids of the workers that satisfy the queue's expression now. */
  workersOfQueue(taskQueueSid: string): ReadonlySet<string>;
  /** What a queue's expression, or TargetWorkersExpression, sees of a worker. */
  scopeOfWorker(worker: Worker): Scope;
  /** Whether the worker satisfies the queue's expression now. */
  isInQueue(workerSid: string, taskQueueSid: string): boolean;
}
