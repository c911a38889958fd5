import type { readLifecycle } from '../../src/steps/lifecycle';

/** A value as JSON carries it: dates as ISO 8601. */
type Json<T> = T extends Date ? string : T extends object ? { readonly [Key in keyof T]: Json<T[Key]> } : T;

type Resource<List extends keyof LifecycleResponse> = LifecycleResponse[List] extends readonly (infer Entry)[]
  ? Entry
  : never;

/** The response of the Function /lifecycle. Ages and timeouts are in seconds; tasks and events are newest first. */
export type LifecycleResponse = Json<Awaited<ReturnType<typeof readLifecycle>>>;

export type Task = Resource<'tasks'>;
/** https://www.twilio.com/docs/taskrouter/lifecycle-task-state */
export type TaskStatus = Task['assignment_status'];
/** Attributes as an object; null if TaskRouter has something else. */
export type Attributes = Task['attributes'];
export type Reservation = Resource<'reservations'>;
export type Worker = Resource<'workers'>;
export type Activity = Resource<'activities'>;
export type TaskQueue = Resource<'task_queues'>;
export type LifecycleEvent = Resource<'events'>;
/** An alert of the local TaskRouter; Twilio's has none. */
export type TaskAlert = Resource<'alerts'>;

/** Whether a body is that response: a proxy or another service may respond with status 200 as well. */
export function isLifecycleResponse(body: unknown): body is LifecycleResponse {
  const response = body as Partial<Record<keyof LifecycleResponse, unknown>> | null | undefined;
  const { tasks, reservations, workers, task_queues, activities, events, alerts } = response ?? {};
  const { configuration_errors, workspace_warnings } = response ?? {};
  const resources = [tasks, reservations, workers, task_queues, activities, events, alerts];
  const lists = [...resources, configuration_errors, workspace_warnings];
  return lists.every(Array.isArray) && typeof response?.poll_after_ms === 'number';
}
