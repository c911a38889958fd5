import type {
  ReservationExplanationJson,
  TaskExplanationJson,
  WorkerExplanationJson,
} from '../../src/taskrouter/explain/explanation-json';

export type TaskExplanation = TaskExplanationJson;
export type WorkerExplanation = WorkerExplanationJson;
export type ReservationExplanation = ReservationExplanationJson;
export type Explanation = TaskExplanation | WorkerExplanation | ReservationExplanation;
/** Of something that can still change. */
export type PresentExplanation = TaskExplanation | WorkerExplanation;

export type WorkflowPosition = NonNullable<TaskExplanation['workflow']>;
export type ExplainedFilter = WorkflowPosition['filters'][number];
export type Clause = ExplainedFilter['clauses'][number];
export type Reason = PresentExplanation['reasons'][number];

/** What a page knows of an explanation; undefined while it is loading. */
export type ExplanationState =
  | { readonly explanation: Explanation; readonly error?: undefined }
  | { readonly explanation?: undefined; readonly error: string }
  | undefined;
