import type {
  ActivityFields,
  Existing,
  ExistingTaskChannel,
  ExistingWorker,
  ExistingWorkspace,
  TaskQueueFields,
  WorkflowFields,
} from '../existing/existing';
import { referencesOf } from '../file/configuration-names';
import { findNamed } from '../file/names';
import type { DesiredTaskQueue, DesiredWorkspace } from '../file/schema';
import { type ReferenceKind, referencesIn, type TextReference } from '../file/text-references';
import { extrasOf } from './extras';

/** Uses that the workspace's own configuration does not show; read before anything is deleted. */
export interface Usage {
  /** Every unfinished task. */
  readonly tasks: readonly UnfinishedTask[];
  /** Sids of the workers with a pending, accepted or wrapping reservation. */
  readonly workersWithReservations: ReadonlySet<string>;
}

export interface UnfinishedTask {
  readonly workflowSid: string;
  readonly taskQueueSid: string | null;
  readonly taskChannel: string;
}

export const noUsage: Usage = { tasks: [], workersWithReservations: new Set() };

type Workflow = Existing<WorkflowFields>;
type TaskQueue = Existing<TaskQueueFields>;

/**
 * Why something that the file does not name is not deleted: a reason and its remedy, or null. Twilio does not document
 * what happens to the users of a deleted resource, so nothing in use is deleted (our choice).
 */
export class InUse {
  constructor(
    private readonly desired: DesiredWorkspace,
    private readonly present: ExistingWorkspace,
    private readonly usage: Usage,
  ) {}

  workflow({ sid }: Workflow): string | null {
    return unfinished(this.tasksWhere((task) => task.workflowSid === sid));
  }

  taskQueue({ sid, friendlyName }: TaskQueue, workflows: readonly Workflow[]): string | null {
    const inUse = workflowThatNames(this.workflowsInUse(), 'taskQueue', friendlyName);
    return (
      unfinished(this.tasksWhere((task) => task.taskQueueSid === sid)) ??
      namedByKept('taskQueue', friendlyName, { workflows, taskQueues: [] }) ??
      (inUse &&
        `tasks of the workflow "${inUse.friendlyName}" may still enter it. Plan again when they are finished.`)
    );
  }

  worker({ sid, friendlyName, activity }: ExistingWorker, kept: Kept): string | null {
    if (findNamed(this.present.activities, activity ?? '')?.available) {
      return `it is ${activity}. Move it to an activity that is not available, then plan again.`;
    }
    if (sid !== null && this.usage.workersWithReservations.has(sid)) {
      return 'it has an active reservation. Plan again when the reservation is over.';
    }
    return namedByKept('worker', friendlyName, kept);
  }

  activity(
    { friendlyName }: Existing<ActivityFields>,
    kept: Kept & { readonly workers: readonly ExistingWorker[] },
  ): string | null {
    for (const role of ['defaultActivity', 'timeoutActivity'] as const) {
      if ((this.desired[role] ?? this.present[role]) === friendlyName) {
        return `it is the workspace's ${role}. Choose another activity in the file.`;
      }
    }
    return (
      this.activityOfWorker(friendlyName, kept.workers) ??
      this.activityOfQueue(friendlyName, kept.taskQueues) ??
      namedByKept('activity', friendlyName, kept)
    );
  }

  /** TaskRouter deletes the workers' channels with the task channel. */
  taskChannel({ uniqueName }: ExistingTaskChannel): string | null {
    return unfinished(this.tasksWhere((task) => task.taskChannel === uniqueName));
  }

  private activityOfWorker(name: string, kept: readonly ExistingWorker[]): string | null {
    const named = this.present.workers.filter(({ friendlyName }) =>
      findNamed(this.desired.workers, friendlyName),
    );
    const worker = [...named, ...kept].find(({ activity }) => activity === name);
    return worker
      ? `the worker "${worker.friendlyName}" is in it. Move the worker to another activity, then plan again.`
      : null;
  }

  /** A queue keeps an activity that the file does not set. */
  private activityOfQueue(name: string, kept: readonly TaskQueue[]): string | null {
    const named = this.present.taskQueues.flatMap((queue) => {
      const wanted = findNamed(this.desired.taskQueues, queue.friendlyName);
      return wanted ? [withActivities(queue, wanted)] : [];
    });
    const queue = [...named, ...kept].find(
      ({ reservationActivity, assignmentActivity }) =>
        reservationActivity === name || assignmentActivity === name,
    );
    return queue
      ? `the task queue "${queue.friendlyName}" moves workers to it. Choose another activity for the queue in the file.`
      : null;
  }

  /** As they are now: unfinished tasks follow the present configuration, whatever the file says. */
  private workflowsInUse(): Workflow[] {
    const extra = extrasOf('workflow', this.desired, this.present);
    return this.present.workflows.filter(
      (workflow) =>
        !extra.includes(workflow) && this.tasksWhere(({ workflowSid }) => workflowSid === workflow.sid) > 0,
    );
  }

  private tasksWhere(test: (task: UnfinishedTask) => boolean): number {
    return this.usage.tasks.filter(test).length;
  }
}

const withActivities = (queue: TaskQueue, wanted: DesiredTaskQueue) => ({
  friendlyName: queue.friendlyName,
  reservationActivity: wanted.reservationActivity ?? queue.reservationActivity,
  assignmentActivity: wanted.assignmentActivity ?? queue.assignmentActivity,
});

function unfinished(count: number): string | null {
  if (count === 0) return null;
  return count === 1
    ? 'it has 1 unfinished task. Plan again when the task is finished.'
    : `it has ${count} unfinished tasks. Plan again when they are finished.`;
}

/** What the file does not name, but is kept because it is in use. */
interface Kept {
  readonly workflows: readonly Existing<WorkflowFields>[];
  readonly taskQueues: readonly Existing<TaskQueueFields>[];
}

/** An expression holds sids, which would outlive what they refer to. */
function namedByKept(kind: ReferenceKind, name: string, { workflows, taskQueues }: Kept): string | null {
  const queue = taskQueues.find(({ targetWorkers }) =>
    isAmong(referencesIn(targetWorkers ?? ''), kind, name),
  );
  if (queue) return `the task queue "${queue.friendlyName}" refers to it, and is kept too.`;
  const workflow = workflowThatNames(workflows, kind, name);
  return workflow ? `the workflow "${workflow.friendlyName}" refers to it, and is kept too.` : null;
}

function workflowThatNames(
  workflows: readonly Existing<WorkflowFields>[],
  kind: ReferenceKind,
  name: string,
): Existing<WorkflowFields> | null {
  const found = workflows.find(
    ({ configuration }) =>
      typeof configuration === 'object' && isAmong(referencesOf(configuration), kind, name),
  );
  return found ?? null;
}

const isAmong = (references: readonly TextReference[], kind: ReferenceKind, name: string) =>
  references.some((reference) => reference.kind === kind && reference.name === name);
