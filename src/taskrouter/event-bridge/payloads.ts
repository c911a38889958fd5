import { wholeSeconds } from '../engine/event-fields';
import type { View } from '../engine/state/view';
import type {
  Activity,
  Reservation,
  Task,
  TaskQueue,
  Transfer,
  Worker,
  WorkerChannel,
} from '../model/entities';

/** What payloads need besides the entity. */
export interface PayloadContext {
  readonly accountSid: string;
  readonly view: View;
  /** Unix milliseconds. */
  readonly now: number;
}

/**
 * The entities as the worker SDK reads them: it throws if one of these fields is missing. Dates are Unix seconds, but the
 * time of a channel's last reservation is in milliseconds; attributes are JSON texts.
 */
export type FormatPayload<Row> = (row: Row, context: PayloadContext) => object;

export const workerPayload: FormatPayload<Worker> = (worker, { accountSid, view }) => {
  const activity = view.find('activities', worker.activitySid);
  return {
    ...common(worker, accountSid),
    activity_name: activity?.friendlyName ?? null,
    activity_sid: worker.activitySid,
    attributes: worker.attributes.text,
    available: activity?.available ?? false,
    date_status_changed: seconds(worker.dateStatusChanged),
    friendly_name: worker.friendlyName,
    version: worker.version,
  };
};

export const activityPayload: FormatPayload<Activity> = (activity, { accountSid }) => ({
  ...common(activity, accountSid),
  available: activity.available,
  friendly_name: activity.friendlyName,
});

export const channelPayload: FormatPayload<WorkerChannel> = (channel, { accountSid, view }) => {
  const { assigned, availableCapacityPercentage } = view.useOfChannel(channel);
  return {
    ...common(channel, accountSid),
    assigned_tasks: assigned,
    available: channel.available,
    available_capacity_percentage: availableCapacityPercentage,
    configured_capacity: channel.configuredCapacity,
    last_reserved_time: channel.lastReservedTime,
    task_channel_sid: channel.taskChannelSid,
    task_channel_unique_name: view.find('taskChannels', channel.taskChannelSid)?.uniqueName ?? null,
    worker_sid: channel.workerSid,
  };
};

/** The response to an update, which has no task: the SDK waits for the message about it. */
export const reservationPayload: FormatPayload<Reservation> = (reservation, { accountSid }) => ({
  ...common(reservation, accountSid),
  reservation_status: reservation.status,
  task_sid: reservation.taskSid,
  task_channel_sid: reservation.taskChannelSid,
  worker_name: reservation.workerName,
  worker_previous_activity_sid: reservation.workerPreviousActivitySid,
  worker_sid: reservation.workerSid,
  version: reservation.version,
});

/** @param task the reservation's, as it is to be shown */
export function reservationWithTask(reservation: Reservation, task: Task, context: PayloadContext): object {
  const { canceledReasonCode } = reservation;
  return {
    ...reservationPayload(reservation, context),
    reservation_timeout: reservation.timeoutSeconds,
    // The SDK shows it whenever it is there.
    ...(canceledReasonCode !== null && { canceled_reason_code: canceledReasonCode }),
    ...transfersOf(reservation, task, context),
    task: taskPayload(task, context),
  };
}

/** The transfer that the offer came from, and the one that its worker has begun. */
function transfersOf(reservation: Reservation, task: Task, context: PayloadContext): object {
  const { view } = context;
  const incoming = reservation.transferSid && view.find('transfers', reservation.transferSid);
  const active = task.transferSid && view.find('transfers', task.transferSid);
  const isOutgoing = active && active.initiatingReservationSid === reservation.sid;
  return {
    ...(incoming && { task_transfer: transferPayload(incoming, context) }),
    ...(isOutgoing && { active_outgoing_task_transfer: transferPayload(active, context) }),
  };
}

export const transferPayload: FormatPayload<Transfer> = (transfer, { accountSid }) => ({
  ...common(transfer, accountSid),
  task_sid: transfer.taskSid,
  transfer_mode: transfer.mode,
  transfer_status: transfer.status,
  transfer_to: transfer.to,
  transfer_type: transfer.type,
  initiating_queue_sid: transfer.initiatingQueueSid,
  initiating_reservation_sid: transfer.initiatingReservationSid,
  initiating_worker_sid: transfer.initiatingWorkerSid,
  initiating_workflow_sid: transfer.initiatingWorkflowSid,
});

export const taskPayload: FormatPayload<Task> = (task, { accountSid, view, now }) => ({
  ...common(task, accountSid),
  // Add-ons are not supported.
  addons: '{}',
  age: wholeSeconds(task.dateCreated, now),
  assignment_status: task.status,
  attributes: task.attributes.text,
  ignore_capacity: task.ignoreCapacity,
  priority: task.priority,
  queue_name: view.find('taskQueues', task.taskQueueSid)?.friendlyName ?? null,
  queue_sid: task.taskQueueSid,
  reason: task.reason,
  routing_target: task.routingTarget,
  task_channel_sid: task.taskChannelSid,
  task_channel_unique_name: view.find('taskChannels', task.taskChannelSid)?.uniqueName ?? null,
  timeout: task.timeoutSeconds,
  virtual_start_time: seconds(task.virtualStartTime),
  workflow_name: view.find('workflows', task.workflowSid)?.friendlyName ?? null,
  workflow_sid: task.workflowSid,
  version: task.version,
});

export const taskQueuePayload: FormatPayload<TaskQueue> = (queue, { accountSid, view }) => {
  const nameOf = (sid: string | null) => (sid && view.find('activities', sid)?.friendlyName) ?? null;
  return {
    ...common(queue, accountSid),
    assignment_activity_name: nameOf(queue.assignmentActivitySid),
    assignment_activity_sid: queue.assignmentActivitySid,
    friendly_name: queue.friendlyName,
    lifo_queue: queue.taskOrder === 'LIFO',
    max_reserved_workers: queue.maxReservedWorkers,
    reservation_activity_name: nameOf(queue.reservationActivitySid),
    reservation_activity_sid: queue.reservationActivitySid,
    target_workers: queue.targetWorkers,
    task_order: queue.taskOrder,
  };
};

function common(
  row: Worker | Activity | WorkerChannel | Reservation | Task | TaskQueue | Transfer,
  accountSid: string,
): object {
  return {
    account_sid: accountSid,
    date_created: seconds(row.dateCreated),
    date_updated: seconds(row.dateUpdated),
    sid: row.sid,
    workspace_sid: row.workspaceSid,
  };
}

const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);
