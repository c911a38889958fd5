import { type ListedKind, listNames, type Named, nameOf } from '../file/names';
import type { WrittenConfiguration } from '../file/schema';

/** A workspace in the file's terms: names instead of sids, seconds, and null for a URL that is not set. */
export interface ExistingWorkspace extends WorkspaceFields {
  /** Null when the workspace does not exist yet. */
  readonly sid: string | null;
  readonly friendlyName: string;
  readonly taskChannels: readonly ExistingTaskChannel[];
  readonly activities: readonly Existing<ActivityFields>[];
  readonly taskQueues: readonly Existing<TaskQueueFields>[];
  readonly workflows: readonly Existing<WorkflowFields>[];
  readonly workers: readonly ExistingWorker[];
}

export type Existing<Fields> = Fields & { readonly sid: string | null; readonly friendlyName: string };

/** Known by its unique name; the friendly name is a field. */
export type ExistingTaskChannel = TaskChannelFields & {
  readonly sid: string | null;
  readonly uniqueName: string;
};

export interface ExistingWorker extends Existing<WorkerFields> {
  /** By the unique name of the task channel; absent when channels were not read. */
  readonly channels?: Readonly<Record<string, WorkerChannelFields>>;
}

type Order = 'FIFO' | 'LIFO';

interface WorkspaceFields {
  readonly multiTaskEnabled: boolean;
  readonly prioritizeQueueOrder: Order;
  readonly eventCallbackUrl: string | null;
  /** In alphabetical order; empty for every event. */
  readonly eventsFilter: readonly string[];
  readonly defaultActivity: string | null;
  readonly timeoutActivity: string | null;
}

interface TaskChannelFields {
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

interface WorkerFields {
  readonly activity: string | null;
  /** Text when it is not JSON. */
  readonly attributes: Readonly<Record<string, unknown>> | string;
}

export interface WorkerChannelFields {
  /** In tasks. */
  readonly capacity: number;
  readonly available: boolean;
}

/** The fields of each kind of resource. */
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

/** What people call each kind. */
export const nouns: Readonly<Record<Kind, string>> = {
  workspace: 'workspace',
  activity: 'activity',
  taskQueue: 'task queue',
  workflow: 'workflow',
  worker: 'worker',
  taskChannel: 'task channel',
  workerChannel: 'channel',
};

/** The sids and names of what a workspace has, including what has been created since it was read. */
export class Directory {
  private readonly sids = new Map<string, string>();
  private readonly names = new Map<string, string>();

  add(kind: ListedKind, name: string, sid: string): void {
    this.sids.set(`${kind} ${name}`, sid);
    this.names.set(`${kind} ${sid}`, name);
  }

  /** @throws Error when nothing has that name. A plan creates what its later changes refer to. */
  sidOf(kind: ListedKind, name: string): string {
    const sid = this.sids.get(`${kind} ${name}`);
    if (sid === undefined) throw new Error(`No ${kind} is named "${name}".`);
    return sid;
  }

  nameOf(kind: ListedKind, sid: string): string | undefined {
    return this.names.get(`${kind} ${sid}`);
  }
}

type List = (typeof listNames)[ListedKind];
type Lists = Readonly<Record<List, readonly (Named & { readonly sid: string | null })[]>>;

export function directoryOf(lists: Lists): Directory {
  const directory = new Directory();
  for (const [kind, list] of Object.entries(listNames) as [ListedKind, List][]) {
    for (const item of lists[list]) {
      if (item.sid !== null) directory.add(kind, nameOf(item), item.sid);
    }
  }
  return directory;
}
