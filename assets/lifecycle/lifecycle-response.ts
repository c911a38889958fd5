/** What the Function /lifecycle answers, as far as the page shows it. Names are the wire's; ages and timeouts are in s. */
export interface LifecycleResponse {
  /** Names the sources that are deployed. */
  readonly build: string;
  /** The page of the local TaskRouter; null where Twilio's own is asked. */
  readonly inspector_url: string | null;
  /** The newest first. */
  readonly tasks: readonly Task[];
  readonly reservations: readonly Reservation[];
  readonly workers: readonly Worker[];
  readonly task_queues: readonly TaskQueue[];
  readonly activities: readonly Activity[];
  /** The newest first. */
  readonly events: readonly LifecycleEvent[];
  /** In ms. */
  readonly poll_after_ms: number;
}

/** https://www.twilio.com/docs/taskrouter/lifecycle-task-state */
export type TaskStatus = 'pending' | 'reserved' | 'assigned' | 'wrapping' | 'completed' | 'canceled';

/** Attributes as an object; null when they are not one. */
export type Attributes = Readonly<Record<string, unknown>> | null;

export interface Task {
  readonly task_sid: string;
  readonly assignment_status: TaskStatus;
  readonly attributes: Attributes;
  readonly priority: number;
  /** In s, since it was created. */
  readonly age: number;
  /** Why the task ended, where somebody said so. */
  readonly reason: string | null;
  readonly task_channel: string;
  readonly task_queue_sid: string | null;
  readonly task_queue_name: string | null;
  readonly task_queue_entered_date: string | null;
  readonly date_created: string;
  readonly date_updated: string;
}

export interface Reservation {
  readonly reservation_sid: string;
  readonly reservation_status: string;
  readonly task_sid: string;
  readonly worker_sid: string | null;
  readonly worker_name: string | null;
  readonly date_updated: string;
}

export interface Worker {
  readonly worker_sid: string;
  readonly worker_name: string;
  readonly activity_sid: string;
  readonly activity_name: string;
  readonly available: boolean;
  readonly attributes: Attributes;
}

export interface Activity {
  readonly activity_sid: string;
  readonly activity_name: string;
  readonly available: boolean;
}

export interface TaskQueue {
  readonly task_queue_sid: string;
  readonly task_queue_name: string;
  /** The expression that says which workers are eligible. */
  readonly target_workers: string | null;
}

export interface LifecycleEvent {
  readonly event_sid: string;
  readonly event_type: string;
  readonly description: string;
  readonly event_date: string;
  /** In ms since 1970. */
  readonly event_date_ms: number;
  readonly task_sid: string | null;
  readonly reservation_sid: string | null;
  readonly worker_name: string | null;
  readonly task_queue_name: string | null;
  readonly workflow_name: string | null;
  readonly reason: string | null;
}

/** Whether a body is that answer: a proxy or another service in its place may answer 200 as well. */
export function isLifecycleResponse(body: unknown): body is LifecycleResponse {
  const answer = body as Partial<Record<keyof LifecycleResponse, unknown>> | null | undefined;
  const { tasks, reservations, workers, task_queues, activities, events } = answer ?? {};
  const lists = [tasks, reservations, workers, task_queues, activities, events];
  return lists.every(Array.isArray) && typeof answer?.poll_after_ms === 'number';
}
