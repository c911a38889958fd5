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
import type { State } from './state';
import type { WorkerLoad } from './worker-load';

/**
 * The groups of fields that events and callbacks are made of: PascalCase names, string values, and no field without a
 * value. Source: https://www.twilio.com/docs/taskrouter/api/event/reference and recorded callbacks.
 */
export type Fields = Record<string, string>;

/** Attribute texts are sent re-serialised: no white space, `/` written `\/` (seen in recorded callbacks). */
export function attributesText(attributes: Attributes): string {
  return JSON.stringify(attributes.value).replaceAll('/', '\\/');
}

/** Whole seconds between two moments, counted on whole-second timestamps (seen: age 1 after 0.52 s). */
export const wholeSeconds = (from: number, to: number): number =>
  Math.floor(to / 1000) - Math.floor(from / 1000);

const unixSeconds = (milliseconds: number): string => String(Math.floor(milliseconds / 1000));

export function taskFields(state: State, task: Task, now: number): Fields {
  const channel = state.get('taskChannels', task.taskChannelSid);
  return {
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
    ...(task.reEvaluatedReason && { TaskReEvaluatedReason: task.reEvaluatedReason }),
    ...(task.reason && reasonFields(task, task.reason)),
  };
}

/** The reference names one field for each end; receivers are known to read `Reason` as well. Our choice: both. */
function reasonFields(task: Task, reason: string): Fields {
  if (task.status === 'canceled') return { Reason: reason, TaskCanceledReason: reason };
  if (task.status === 'completed') return { Reason: reason, TaskCompletedReason: reason };
  return { Reason: reason };
}

export function taskQueueFields(queue: TaskQueue): Fields {
  return {
    TaskQueueSid: queue.sid,
    TaskQueueName: queue.friendlyName,
    ...(queue.targetWorkers && { TaskQueueTargetExpression: queue.targetWorkers }),
  };
}

export function workflowFields(workflow: Workflow): Fields {
  return { WorkflowSid: workflow.sid, WorkflowName: workflow.friendlyName };
}

export function workerFields(state: State, worker: Worker): Fields {
  return {
    WorkerSid: worker.sid,
    WorkerName: worker.friendlyName,
    WorkerAttributes: attributesText(worker.attributes),
    WorkerActivitySid: worker.activitySid,
    WorkerActivityName: state.get('activities', worker.activitySid).friendlyName,
    WorkerVersion: String(worker.version),
  };
}

/** Callbacks name it and say no more: its status is in their type. Only a failed conference says why. */
export function reservationFields(reservation: Reservation): Fields {
  const { sid, canceledReasonCode } = reservation;
  return {
    ReservationSid: sid,
    // Our choice of name: the twin in Twilio's event streams is reservation_reason_code.
    ...(canceledReasonCode !== null && { ReservationReasonCode: String(canceledReasonCode) }),
  };
}

export function activityFields(activity: Activity): Fields {
  return {
    ActivitySid: activity.sid,
    ActivityName: activity.friendlyName,
    ActivityAvailable: String(activity.available),
  };
}

/** The activity a worker left: which, and how long it had been there. */
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
  state: State,
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
