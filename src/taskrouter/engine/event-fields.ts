import type {
  Activity,
  Attributes,
  Reservation,
  Task,
  TaskChannel,
  TaskQueue,
  Transfer,
  Worker,
  WorkerChannel,
  Workflow,
} from '../model/entities';
import { compactJson, escapeSlashes } from '../model/json-text';
import type { WorkerLoad } from './indexes/worker-load';
import type { EntityState } from './state/entity-state';

/**
 * The groups of fields in events and callbacks: PascalCase names, string values, and no field without a value. Source: https://www.twilio.com/docs/taskrouter/api/event/reference and recorded callbacks.
 */
export type Fields = Record<string, string>;

/** The texts that differ from the attributes' own. By attributes, which are immutable: a task's are in each of its events. */
const texts = new WeakMap<Attributes, string>();

/** The attributes as compact JSON, with `/` as `\/`. */
export function attributesText(attributes: Attributes): string {
  const known = texts.get(attributes);
  if (known !== undefined) return known;
  const text = escapeSlashes(compactJson(attributes.text));
  if (text !== attributes.text) texts.set(attributes, text);
  return text;
}

/** Whole seconds between two times, each rounded down to the second first (seen: age 1 after 0.52 s). */
export const wholeSeconds = (from: number, to: number): number =>
  Math.floor(to / 1000) - Math.floor(from / 1000);

const unixSeconds = (milliseconds: number): string => String(Math.floor(milliseconds / 1000));

/** The fields about a task. As one literal, to which the others are added: field by field it takes twice as long. */
export function taskFields(channel: TaskChannel, task: Task, now: number): Fields {
  const fields: Fields = {
    TaskSid: task.sid,
    TaskAttributes: attributesText(task.attributes),
    TaskAge: String(wholeSeconds(task.dateCreated, now)),
    TaskPriority: String(task.priority),
    TaskAssignmentStatus: task.status,
    TaskAddons: '{}',
    TaskChannelSid: channel.sid,
    TaskChannelUniqueName: channel.uniqueName,
    TaskVersion: String(task.version),
    TaskDateCreated: unixSeconds(task.dateCreated),
    TaskQueueEnteredDate: unixSeconds(task.taskQueueEnteredDate),
    // Our choice: written like the two dates above, which were recorded.
    TaskVirtualStartTime: unixSeconds(task.virtualStartTime),
    TaskIgnoreCapacity: String(task.ignoreCapacity),
  };
  if (task.reEvaluatedReason) fields.TaskReEvaluatedReason = task.reEvaluatedReason;
  if (task.reason) writeReason(fields, task, task.reason);
  return fields;
}

/** The reference names one field for each way to finish; receivers also read `Reason`. Our choice: send both. */
function writeReason(fields: Fields, task: Task, reason: string): void {
  fields.Reason = reason;
  if (task.status === 'canceled') fields.TaskCanceledReason = reason;
  if (task.status === 'completed') fields.TaskCompletedReason = reason;
}

export function writeTaskQueueFields(fields: Fields, queue: TaskQueue): void {
  fields.TaskQueueSid = queue.sid;
  fields.TaskQueueName = queue.friendlyName;
  if (queue.targetWorkers) fields.TaskQueueTargetExpression = queue.targetWorkers;
}

export function taskQueueFields(queue: TaskQueue): Fields {
  const fields: Fields = {};
  writeTaskQueueFields(fields, queue);
  return fields;
}

export function writeWorkflowFields(fields: Fields, workflow: Workflow): void {
  fields.WorkflowSid = workflow.sid;
  fields.WorkflowName = workflow.friendlyName;
}

export function workflowFields(workflow: Workflow): Fields {
  const fields: Fields = {};
  writeWorkflowFields(fields, workflow);
  return fields;
}

export function writeWorkerFields(fields: Fields, state: EntityState, worker: Worker): void {
  fields.WorkerSid = worker.sid;
  fields.WorkerName = worker.friendlyName;
  fields.WorkerAttributes = attributesText(worker.attributes);
  fields.WorkerActivitySid = worker.activitySid;
  fields.WorkerActivityName = state.get('activities', worker.activitySid).friendlyName;
  fields.WorkerVersion = String(worker.version);
}

/** The status is in the type of the event. Only a failed conference gives a reason. */
export function writeReservationFields(
  fields: Fields,
  { sid, version, canceledReasonCode }: Reservation,
): void {
  fields.ReservationSid = sid;
  fields.ReservationVersion = String(version);
  // Our choice of name: the twin in Twilio's event streams is reservation_reason_code.
  if (canceledReasonCode !== null) fields.ReservationReasonCode = String(canceledReasonCode);
}

/** Seen in receivers: TransferMode and TransferInitiatingReservationSid. The other names are our choice, after the SDK's. */
export function writeTransferFields(fields: Fields, transfer: Transfer): void {
  fields.TransferSid = transfer.sid;
  fields.TransferStatus = transfer.status;
  fields.TransferMode = transfer.mode;
  fields.TransferType = transfer.type;
  fields.TransferTo = transfer.to;
  fields.TransferInitiatingReservationSid = transfer.initiatingReservationSid;
  fields.TransferInitiatingWorkerSid = transfer.initiatingWorkerSid;
}

export function activityFields(activity: Activity): Fields {
  return {
    ActivitySid: activity.sid,
    ActivityName: activity.friendlyName,
    ActivityAvailable: String(activity.available),
  };
}

/** The activity that a worker left, and how long the worker was in it. */
export function previousActivityFields(activity: Activity, since: number, now: number): Fields {
  return {
    WorkerPreviousActivitySid: activity.sid,
    WorkerPreviousActivityName: activity.friendlyName,
    WorkerTimeInPreviousActivity: String(Math.floor((now - since) / 1000)),
    WorkerTimeInPreviousActivityMs: String(now - since),
  };
}

export function taskChannelFields(channel: TaskChannel): Fields {
  return {
    TaskChannelSid: channel.sid,
    TaskChannelName: channel.friendlyName,
    TaskChannelUniqueName: channel.uniqueName,
    TaskChannelOptimizedRouting: String(channel.channelOptimizedRouting),
  };
}

export function workerChannelFields(
  state: EntityState,
  load: WorkerLoad,
  channel: WorkerChannel,
  previousCapacity: number,
): Fields {
  const taskChannel = state.get('taskChannels', channel.taskChannelSid);
  return {
    WorkerChannelAvailable: String(channel.available),
    WorkerChannelAvailableCapacity: String(load.availableCapacityPercentage(channel)),
    WorkerChannelPreviousCapacity: String(previousCapacity),
    WorkerChannelTaskCount: String(load.use(channel).assigned),
    TaskChannelSid: taskChannel.sid,
    TaskChannelUniqueName: taskChannel.uniqueName,
  };
}
