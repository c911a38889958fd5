import type { ActivityInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/activity';
import type { EventInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/event';
import type { TaskInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/task';
import type { TaskQueueInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/taskQueue';
import type { WorkerInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/worker';
import { parseAttributes } from './attributes';

/** The entries in the response of /lifecycle. They use the field names of the other responses. */

export function shownTask(task: TaskInstance) {
  return {
    task_sid: task.sid,
    assignment_status: task.assignmentStatus,
    attributes: parseAttributes(task.attributes),
    priority: task.priority,
    /** In s, like the timeout. */
    age: task.age,
    timeout: task.timeout,
    reason: task.reason ?? null,
    task_channel: task.taskChannelUniqueName,
    task_queue_sid: task.taskQueueSid ?? null,
    task_queue_name: task.taskQueueFriendlyName ?? null,
    workflow_sid: task.workflowSid ?? null,
    workflow_name: task.workflowFriendlyName ?? null,
    /** When it entered its current queue. */
    task_queue_entered_date: task.taskQueueEnteredDate ?? null,
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
    task_sid: data.task_sid ?? null,
    reservation_sid: data.reservation_sid ?? null,
    worker_sid: data.worker_sid ?? null,
    worker_name: data.worker_name ?? null,
    task_queue_name: data.task_queue_name ?? null,
    workflow_name: data.workflow_name ?? null,
    /** Why the task ended; TaskRouter has one field for each way. */
    reason: data.task_completed_reason ?? data.task_canceled_reason ?? data.reason ?? null,
  };
}
