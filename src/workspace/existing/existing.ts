import type { WrittenConfiguration } from '../file/schema';

/** What is there, in the file's terms: names instead of sids, seconds, and null for a URL that is not set. */
export interface ExistingWorkspace extends WorkspaceFields {
  /** Null for one that is yet to be created. */
  readonly sid: string | null;
  readonly friendlyName: string;
  readonly taskChannels: readonly ExistingTaskChannel[];
  readonly activities: readonly Existing<ActivityFields>[];
  readonly taskQueues: readonly Existing<TaskQueueFields>[];
  readonly workflows: readonly Existing<WorkflowFields>[];
  readonly workers: readonly ExistingWorker[];
}

export type Existing<Fields> = Fields & { readonly sid: string | null; readonly friendlyName: string };

/** Known by its unique name; the friendly one is a field. */
export type ExistingTaskChannel = TaskChannelFields & {
  readonly sid: string | null;
  readonly uniqueName: string;
};

export interface ExistingWorker extends Existing<WorkerFields> {
  /** By the unique name of their task channel; absent when they were not asked for. */
  readonly channels?: Readonly<Record<string, WorkerChannelFields>>;
}

type Order = 'FIFO' | 'LIFO';

export interface WorkspaceFields {
  readonly multiTaskEnabled: boolean;
  readonly prioritizeQueueOrder: Order;
  readonly eventCallbackUrl: string | null;
  /** In alphabetical order; none: every event. */
  readonly eventsFilter: readonly string[];
  readonly defaultActivity: string | null;
  readonly timeoutActivity: string | null;
}

export interface TaskChannelFields {
  readonly friendlyName: string;
  readonly channelOptimizedRouting: boolean;
}

export interface ActivityFields {
  readonly available: boolean;
}

export interface TaskQueueFields {
  readonly targetWorkers: string | null;
  readonly maxReservedWorkers: number;
  readonly taskOrder: Order;
  readonly reservationActivity: string | null;
  readonly assignmentActivity: string | null;
}

export interface WorkflowFields {
  /** Text when it is not JSON (the YAML of old workspaces). */
  readonly configuration: WrittenConfiguration | string;
  /** In seconds. */
  readonly taskReservationTimeout: number;
  readonly assignmentCallbackUrl: string | null;
  readonly fallbackAssignmentCallbackUrl: string | null;
}

export interface WorkerFields {
  readonly activity: string | null;
  /** Text when it is not JSON. */
  readonly attributes: Readonly<Record<string, unknown>> | string;
}

export interface WorkerChannelFields {
  /** In tasks. */
  readonly capacity: number;
  readonly available: boolean;
}

/** What each kind of thing is made of. */
export interface FieldsOf {
  readonly workspace: WorkspaceFields;
  readonly taskChannel: TaskChannelFields;
  readonly activity: ActivityFields;
  readonly taskQueue: TaskQueueFields;
  readonly workflow: WorkflowFields;
  readonly worker: WorkerFields;
  readonly workerChannel: WorkerChannelFields;
}

export type Kind = keyof FieldsOf;

/** Kinds in people's words. */
export const nouns: Readonly<Record<Kind, string>> = {
  workspace: 'workspace',
  activity: 'activity',
  taskQueue: 'task queue',
  workflow: 'workflow',
  worker: 'worker',
  taskChannel: 'task channel',
  workerChannel: 'channel',
};
