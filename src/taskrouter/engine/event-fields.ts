import type {
  Activity,
  Attributes,
  Reservation,
  Task,
  TaskChannel,
  TaskQueue,
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

/** Texts by attributes, which are immutable: a task's are sent with each of its events. */
const texts = new WeakMap<Attributes, string>();

/** The attributes as compact JSON, with `/` as `\/`. */
export function attributesText(attributes: Attributes): string {
  let text = texts.get(attributes);
  if (text === undefined) {
    text = escapeSlashes(compactJson(attributes.text));
    texts.set(attributes, text);
  }
  return text;
}

/** Whole seconds between two times, each rounded down to the second first (seen: age 1 after 0.52 s). */
export const wholeSeconds = (from: number, to: number): number =>
  Math.floor(to / 1000) - Math.floor(from / 1000);

const unixSeconds = (milliseconds: number): string => String(Math.floor(milliseconds / 1000));

/** Writes the fields about a task. Field by field into one object, for speed: every change makes an event. */
export function writeTaskFields(fields: Fields, state: EntityState, task: Task, now: number): void {
  const channel = state.get('taskChannels', task.taskChannelSid);
  fields.TaskSid = task.sid;
  fields.TaskAttributes = attributesText(task.attributes);
  fields.TaskAge = String(wholeSeconds(task.dateCreated, now));
  fields.TaskPriority = String(task.priority);
  fields.TaskAssignmentStatus = task.status;
  fields.TaskAddons = '{}';
  fields.TaskChannelSid = channel.sid;
  fields.TaskChannelUniqueName = channel.uniqueName;
  fields.TaskVersion = String(task.version);
  fields.TaskDateCreated = unixSeconds(task.dateCreated);
  fields.TaskQueueEnteredDate = unixSeconds(task.taskQueueEnteredDate);
  // Our choice: written like the two dates above, which were recorded.
  fields.TaskVirtualStartTime = unixSeconds(task.virtualStartTime);
  fields.TaskIgnoreCapacity = String(task.ignoreCapacity);
  if (task.reEvaluatedReason) fields.TaskReEvaluatedReason = task.reEvaluatedReason;
  if (task.reason) writeReason(fields, task, task.reason);
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
