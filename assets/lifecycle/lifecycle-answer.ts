/** What the Function /lifecycle answers, as far as the page shows it. Names are the wire's; ages and timeouts are in s. */
export interface LifecycleAnswer {
  /** Names the sources that are deployed. */
  readonly build: string;
  /** The newest first. */
  readonly tasks: readonly Task[];
  readonly reservations: readonly Reservation[];
  readonly workers: readonly Worker[];
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
  /** Why the task ended, where somebody said so. */
  readonly reason: string | null;
  readonly task_queue_name: string | null;
  readonly date_created: string;
}

export interface Reservation {
  readonly reservation_sid: string;
  readonly reservation_status: string;
  readonly task_sid: string;
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

export interface LifecycleEvent {
  readonly event_sid: string;
  readonly event_type: string;
  readonly description: string;
  readonly event_date: string;
  readonly task_sid: string | null;
  readonly worker_name: string | null;
}

/** Whether a body is that answer: a proxy or another service in its place may answer 200 as well. */
export function isLifecycleAnswer(body: unknown): body is LifecycleAnswer {
  const answer = body as Partial<Record<keyof LifecycleAnswer, unknown>> | null | undefined;
  const lists = [answer?.tasks, answer?.reservations, answer?.workers, answer?.activities, answer?.events];
  return lists.every(Array.isArray) && typeof answer?.poll_after_ms === 'number';
}
