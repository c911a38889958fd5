import { wholeSeconds } from '../engine/event-fields';
import type { EventType } from '../model/event-types';
import type { TaskRouterEvent } from '../model/events';

export const reservationTypes = [
  'reservation.created',
  'reservation.accepted',
  'reservation.rejected',
  'reservation.timeout',
  'reservation.canceled',
  'reservation.rescinded',
] as const satisfies readonly EventType[];

/** The types of the events that statistics count. */
export const factTypes = [
  'task.created',
  'task.canceled',
  'task.completed',
  'task.deleted',
  'task.system-deleted',
  'task-queue.entered',
  'task-queue.moved',
  'workflow.entered',
  'workflow.timeout',
  ...reservationTypes,
  'worker.created',
  'worker.activity.update',
  'worker.deleted',
] as const satisfies readonly EventType[];
export type FactType = (typeof factTypes)[number];

/** What statistics read of an event. */
export interface Fact {
  readonly type: FactType;
  /** Unix milliseconds. */
  readonly date: number;
  readonly taskChannelSid: string | undefined;
  readonly taskChannelUniqueName: string | undefined;
  readonly workflowSid: string | undefined;
  readonly taskQueueSid: string | undefined;
  readonly workerSid: string | undefined;
  /** The queue that the task left, or the activity that the worker left. */
  readonly leftSid: string | undefined;
  /** Of the task, in whole seconds: since its creation, and since it entered its queue. */
  readonly age: number;
  readonly ageInQueue: number;
  /** How long the worker was in the activity that it left, in milliseconds. */
  readonly stayMs: number;
}

/** Null for an event that statistics do not count. */
export function factOf({ type, date, fields, previousTaskQueueSid }: TaskRouterEvent): Fact | null {
  if (!isFactType(type)) return null;
  return {
    type,
    date,
    taskChannelSid: fields.TaskChannelSid,
    taskChannelUniqueName: fields.TaskChannelUniqueName,
    workflowSid: fields.WorkflowSid,
    taskQueueSid: fields.TaskQueueSid,
    workerSid: fields.WorkerSid,
    leftSid:
      type === 'worker.deleted'
        ? fields.WorkerActivitySid
        : (previousTaskQueueSid ?? fields.WorkerPreviousActivitySid),
    age: Number(fields.TaskAge),
    ageInQueue: wholeSeconds(Number(fields.TaskQueueEnteredDate) * 1000, date),
    stayMs: Number(fields.WorkerTimeInPreviousActivityMs),
  };
}

const known: ReadonlySet<string> = new Set(factTypes);
const isFactType = (type: EventType): type is FactType => known.has(type);
