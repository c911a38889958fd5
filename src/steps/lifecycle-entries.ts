import type { ActivityInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/activity';
import type { EventInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/event';
import type { TaskInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/task';
import type { TaskQueueInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/taskQueue';
import type { WorkerInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/worker';
import { parseAttributes } from './attributes';

/** How the response of /lifecycle represents each resource: with the field names of the other Functions and TaskRouter's own values. */

export function shownTask(task: TaskInstance) {
  return {
    task_sid: task.sid,
    assignment_status: task.assignmentStatus,
    attributes: parseAttributes(task.attributes),
    priority: task.priority,
    /** In seconds, as all ages and timeouts. */
    age: task.age,
    timeout: task.timeout,
    reason: orNull(task.reason),
    task_channel: task.taskChannelUniqueName,
    task_queue_sid: orNull(task.taskQueueSid),
    task_queue_name: orNull(task.taskQueueFriendlyName),
    workflow_sid: orNull(task.workflowSid),
    workflow_name: orNull(task.workflowFriendlyName),
    /** When it entered its current queue. */
    task_queue_entered_date: orNull(task.taskQueueEnteredDate),
    date_created: task.dateCreated,
    date_updated: task.dateUpdated,
  };
}

export function shownWorker(worker: WorkerInstance) {
  return {
    worker_sid: worker.sid,
    worker_name: worker.friendlyName,
    activity_sid: worker.activitySid,
    activity_name: worker.activityName,
    available: worker.available,
    attributes: parseAttributes(worker.attributes),
    date_status_changed: worker.dateStatusChanged,
  };
}

export function shownTaskQueue(taskQueue: TaskQueueInstance) {
  return {
    task_queue_sid: taskQueue.sid,
    task_queue_name: taskQueue.friendlyName,
    target_workers: taskQueue.targetWorkers,
  };
}

export function shownActivity(activity: ActivityInstance) {
  return {
    activity_sid: activity.sid,
    activity_name: activity.friendlyName,
    available: activity.available,
  };
}

export function shownEvent(event: EventInstance) {
  const data: Record<string, unknown> = event.eventData ?? {};
  return {
    event_sid: event.sid,
    event_type: event.eventType,
    description: event.description,
    event_date: event.eventDate,
    event_date_ms: event.eventDateMs,
    resource_sid: event.resourceSid,
    task_sid: textOf(data.task_sid),
    reservation_sid: textOf(data.reservation_sid),
    worker_sid: textOf(data.worker_sid),
    worker_name: textOf(data.worker_name),
    task_queue_name: textOf(data.task_queue_name),
    workflow_name: textOf(data.workflow_name),
    /** Why a task ended. TaskRouter has a field for each way. */
    reason: textOf(data.task_completed_reason ?? data.task_canceled_reason ?? data.reason),
  };
}

/** TaskRouter omits some fields that its client declares as always present. */
function orNull<T>(value: T | undefined): T | null {
  return value ?? null;
}

/** Event data has no published types. */
function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
