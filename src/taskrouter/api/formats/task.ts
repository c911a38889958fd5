import { formatDate } from '../../http/dates';
import type { Task } from '../../model/entities';
import { type FormatContext, nameOf, sidOf, workspaceUrl } from './context';

export function formatTask(task: Task, context: FormatContext): object {
  return format(task, context, task.taskQueueEnteredDate);
}

/** The response to a create omits the date (seen in Twilio's OpenAPI example). */
export function formatCreatedTask(task: Task, context: FormatContext): object {
  return format(task, context, null);
}

function format(task: Task, context: FormatContext, taskQueueEnteredDate: number | null): object {
  const workspace = workspaceUrl(context, task.workspaceSid);
  const url = `${workspace}/Tasks/${task.sid}`;
  const taskQueueSid = sidOf(context, 'taskQueues', task.taskQueueSid);
  const workflowSid = sidOf(context, 'workflows', task.workflowSid);
  return {
    account_sid: context.accountSid,
    age: context.ageOf(task.dateCreated),
    assignment_status: task.status,
    attributes: task.attributes.text,
    // Add-ons are not supported.
    addons: '{}',
    date_created: formatDate(task.dateCreated),
    date_updated: formatDate(task.dateUpdated),
    task_queue_entered_date: formatDate(taskQueueEnteredDate),
    virtual_start_time: formatDate(task.virtualStartTime),
    priority: task.priority,
    reason: task.reason,
    sid: task.sid,
    task_queue_sid: taskQueueSid,
    task_queue_friendly_name: nameOf(context, 'taskQueues', task.taskQueueSid),
    task_channel_sid: task.taskChannelSid,
    task_channel_unique_name: context.find('taskChannels', task.taskChannelSid)?.uniqueName ?? null,
    timeout: task.timeoutSeconds,
    workflow_sid: workflowSid,
    workflow_friendly_name: nameOf(context, 'workflows', task.workflowSid),
    workspace_sid: task.workspaceSid,
    ignore_capacity: task.ignoreCapacity,
    routing_target: routingTarget(task, context),
    url,
    links: {
      task_queue: taskQueueSid && `${workspace}/TaskQueues/${taskQueueSid}`,
      workflow: workflowSid && `${workspace}/Workflows/${workflowSid}`,
      workspace,
      reservations: `${url}/Reservations`,
    },
  };
}

/** A worker, task queue, or workflow. */
function routingTarget({ routingTarget: sid }: Task, context: FormatContext): string | null {
  const tables = ['workers', 'taskQueues', 'workflows'] as const;
  return sid && (tables.map((table) => sidOf(context, table, sid)).find((found) => found !== null) ?? null);
}
