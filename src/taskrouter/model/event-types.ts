/**
 * Every event type the local TaskRouter can emit, as published.
 * Source: https://www.twilio.com/docs/taskrouter/api/event/reference
 */
const eventTypes = [
  'activity.created',
  'activity.updated',
  'activity.deleted',
  'task.created',
  'task.updated',
  'task.canceled',
  'task.wrapup',
  'task.completed',
  'task.deleted',
  'task.system-deleted',
  'task.transfer-initiated',
  'task.transfer-attempt-failed',
  'task.transfer-failed',
  'task.transfer-canceled',
  'task.transfer-completed',
  'reservation.created',
  'reservation.accepted',
  'reservation.rejected',
  'reservation.timeout',
  'reservation.canceled',
  'reservation.rescinded',
  'reservation.wrapup',
  'reservation.completed',
  'reservation.failed',
  'task-channel.created',
  'task-channel.updated',
  'task-channel.deleted',
  'task-queue.created',
  'task-queue.deleted',
  'task-queue.expression.updated',
  'task-queue.entered',
  'task-queue.timeout',
  'task-queue.moved',
  'worker.created',
  'worker.deleted',
  'worker.activity.update',
  'worker.attributes.update',
  'worker.capacity.update',
  'worker.channel.availability.update',
  'workflow.created',
  'workflow.updated',
  'workflow.deleted',
  'workflow.entered',
  'workflow.target-matched',
  'workflow.timeout',
  'workflow.skipped',
  'workspace.created',
  'workspace.updated',
  'workspace.deleted',
] as const;
export type EventType = (typeof eventTypes)[number];

/** Lower case and without hyphens on the wire: seen for task, reservation, worker, taskqueue, and transfer; our choice for the others. */
export type ResourceType =
  | 'workspace'
  | 'activity'
  | 'taskchannel'
  | 'taskqueue'
  | 'workflow'
  | 'worker'
  | 'task'
  | 'reservation'
  | 'transfer';
