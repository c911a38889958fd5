import type { Scope } from '../../../language/expression';
import type { Reservation, TableName, Tables, Worker, WorkerChannel } from '../../model/entities';
import type { TaskStatus } from '../../model/statuses';

interface ChannelUse {
  /** Accepted reservations. */
  readonly assigned: number;
  /** Reservations that take capacity: pending, accepted or wrapping. */
  readonly used: number;
  /** 0 to 100. */
  readonly availableCapacityPercentage: number;
}

/** What waits in the outbox, and what had to be dropped from it. */
export interface OutboxCounts {
  /** The number of assignment callbacks that are not settled. */
  readonly assignments: number;
  /** The number of event callbacks that are not settled. */
  readonly events: number;
  /** When the oldest of them was created, in Unix milliseconds; null if there is none. */
  readonly oldest: number | null;
  /** The number of event callbacks dropped since the engine started, because they were too many or too old. */
  readonly droppedEvents: number;
}

/** Read access to the engine's state. Values are immutable; iterables are in order of creation. */
export interface View {
  find<Name extends TableName>(table: Name, sid: string): Tables[Name] | undefined;
  /** The rows of one workspace; for `workspaces` itself pass no sid. */
  all<Name extends TableName>(table: Name, workspaceSid?: string): Iterable<Tables[Name]>;
  /** The number of rows in the table, which is kept and not counted. */
  count(table: TableName): number;
  /** The number of tasks per status, without statuses that no task has; kept, not counted. */
  tasksByStatus(): Readonly<Partial<Record<TaskStatus, number>>>;
  /** The number of workers in available and in unavailable activities; kept, not counted. */
  workersByAvailability(): { readonly available: number; readonly unavailable: number };
  /** The state of the outbox; kept, not counted. */
  outbox(): OutboxCounts;
  reservationsOfTask(taskSid: string): readonly Reservation[];
  reservationsOfWorker(workerSid: string): readonly Reservation[];
  channelsOfWorker(workerSid: string): readonly WorkerChannel[];
  /** The load of a worker on a channel, and the capacity that is left. */
  useOfChannel(channel: WorkerChannel): ChannelUse;
  /** Sids of the workers that satisfy the queue's expression now. */
  workersOfQueue(taskQueueSid: string): ReadonlySet<string>;
  /** The scope of a worker, for a queue's expression or TargetWorkersExpression. */
  scopeOfWorker(worker: Worker): Scope;
  /** Whether the worker satisfies the queue's expression now. */
  isInQueue(workerSid: string, taskQueueSid: string): boolean;
  /** Whether the queue's expression is true for a worker with this scope. */
  isAcceptedBy(taskQueueSid: string, worker: Scope): boolean;
}
