import type { Clause } from '../../language/clauses';
import type { Unsuitability } from '../engine/rules/matching';
import type { NotReady } from '../engine/rules/readiness';
import type { TaskStatus } from '../model/statuses';

/** Why a task is where it is, or a worker is not offered it. */
export type ReasonCode =
  | NotReady
  | Unsuitability
  | 'eligible'
  | 'behind_other_tasks'
  | 'waiting_to_be_offered_again'
  | 'offered'
  | 'assigned'
  | 'finished';

export interface Reason {
  readonly code: ReasonCode;
  /** One sentence without its period, with the names of what it is about. */
  readonly message: string;
  /** The comparisons that decided, for reasons that come from an expression. */
  readonly clauses?: readonly Clause[];
}

/** What would have to change, in one sentence without its period. */
export type Remedy = string;

export interface WorkerReasons {
  readonly workerSid: string;
  readonly workerName: string;
  readonly eligible: boolean;
  /** Empty for an eligible worker, except in the explanation of a reservation, where it says who came first. */
  readonly reasons: readonly Reason[];
}

export interface FilterExplanation {
  readonly name: string | null;
  readonly expression: string;
  readonly matches: boolean;
  readonly clauses: readonly Clause[];
}

/** Where a task is in its workflow. */
export interface PositionExplanation {
  /** The index of the filter, from 0; `'default'` for the default filter. */
  readonly filter: number | 'default';
  readonly target: number;
  readonly queue: string;
  readonly filters: readonly FilterExplanation[];
  /** Unix milliseconds. */
  readonly enteredAt: number;
  /** When the target times out, or else the task's time-to-live ends; Unix milliseconds. */
  readonly nextDeadline: number;
}

export interface TaskExplanation {
  readonly taskSid: string;
  readonly assignmentStatus: TaskStatus;
  /** One sentence, with names and what to do. */
  readonly summary: string;
  readonly reasons: readonly Reason[];
  /** Null if the task's RoutingTarget skips the workflow. */
  readonly workflow: PositionExplanation | null;
  /** The workers of the queue and the near misses, nearest first. */
  readonly workers: readonly WorkerReasons[];
  /** How many tasks are before this one in its queue, on its channel. */
  readonly ahead: number;
}

export interface WorkerExplanation {
  readonly workerSid: string;
  readonly workerName: string;
  readonly summary: string;
  /** What keeps the worker from every task. */
  readonly reasons: readonly Reason[];
  /** Waiting tasks, nearest first. */
  readonly tasks: readonly { readonly taskSid: string; readonly reasons: readonly Reason[] }[];
}

/** Why a task was offered to one worker and not to others, in the state in which it was. */
export interface ReservationExplanation {
  readonly reservationSid: string;
  readonly taskSid: string;
  readonly workerSid: string;
  readonly summary: string;
  /** Those who were offered the task, others who could be, in their order, and then as for a task that waits. */
  readonly workers: readonly WorkerReasons[];
}
