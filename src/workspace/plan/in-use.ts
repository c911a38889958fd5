import type {
  ActivityFields,
  Existing,
  ExistingTaskChannel,
  ExistingWorker,
  ExistingWorkspace,
  TaskQueueFields,
  WorkflowFields,
} from '../existing/existing';
import { findNamed } from '../file/names';
import type { DesiredTaskQueue, DesiredWorkspace } from '../file/schema';
import { extrasOf } from './extras';
import { namedByStaying, type Staying, workflowThatNames } from './named-by';
import type { TaskInHand, Usage } from './usage';

type Workflow = Existing<WorkflowFields>;
type TaskQueue = Existing<TaskQueueFields>;

/**
 * Why something is not deleted, once everything else is as the file says: a reason with its remedy, or null. Twilio says
 * of none of it what deleting it would do to its users, so that nothing in use is deleted (our choice).
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
    const underWay = workflowThatNames(this.workflowsUnderWay(), 'taskQueue', friendlyName);
    return (
      unfinished(this.tasksWhere((task) => task.taskQueueSid === sid)) ??
      namedByStaying('taskQueue', friendlyName, { workflows, taskQueues: [] }) ??
      (underWay &&
        `tasks of the workflow "${underWay.friendlyName}" may still go there. Plan again when they are finished.`)
    );
  }

  worker({ sid, friendlyName, activity }: ExistingWorker, staying: Staying): string | null {
    if (findNamed(this.present.activities, activity ?? '')?.available) {
      return `it is ${activity}. Give it an activity that is not available, and plan again.`;
    }
    if (sid !== null && this.usage.workersWithReservations.has(sid)) {
      return 'it has a reservation that is not over. Plan again when it is.';
    }
    return namedByStaying('worker', friendlyName, staying);
  }

  activity(
    { friendlyName }: Existing<ActivityFields>,
    staying: Staying & { readonly workers: readonly ExistingWorker[] },
  ): string | null {
    for (const role of ['defaultActivity', 'timeoutActivity'] as const) {
      if ((this.desired[role] ?? this.present[role]) === friendlyName) {
        return `it is the workspace's ${role}. Name another there, in the file.`;
      }
    }
    return (
      this.activityOfWorker(friendlyName, staying.workers) ??
      this.activityOfQueue(friendlyName, staying.taskQueues) ??
      namedByStaying('activity', friendlyName, staying)
    );
  }

  /** The channels of its workers go with it. */
  taskChannel({ uniqueName }: ExistingTaskChannel): string | null {
    return unfinished(this.tasksWhere((task) => task.taskChannel === uniqueName));
  }

  private activityOfWorker(name: string, staying: readonly ExistingWorker[]): string | null {
    const kept = this.present.workers.filter(({ friendlyName }) =>
      findNamed(this.desired.workers, friendlyName),
    );
    const worker = [...kept, ...staying].find(({ activity }) => activity === name);
    return worker ? `the worker "${worker.friendlyName}" is in it. Give that another, and plan again.` : null;
  }

  /** A queue of the file that does not say which activity keeps the one it has. */
  private activityOfQueue(name: string, staying: readonly TaskQueue[]): string | null {
    const kept = this.present.taskQueues.flatMap((queue) => {
      const wanted = findNamed(this.desired.taskQueues, queue.friendlyName);
      return wanted ? [withActivities(queue, wanted)] : [];
    });
    const queue = [...kept, ...staying].find(
      ({ reservationActivity, assignmentActivity }) =>
        reservationActivity === name || assignmentActivity === name,
    );
    return queue
      ? `the task queue "${queue.friendlyName}" moves workers to it. Name another for that, in the file.`
      : null;
  }

  /** As they are now: their tasks go by that until they are finished, whatever the file says. */
  private workflowsUnderWay(): Workflow[] {
    const extra = extrasOf('workflow', this.desired, this.present);
    return this.present.workflows.filter(
      (workflow) =>
        !extra.includes(workflow) && this.tasksWhere(({ workflowSid }) => workflowSid === workflow.sid) > 0,
    );
  }

  private tasksWhere(test: (task: TaskInHand) => boolean): number {
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
    ? 'it has a task that is not finished. Plan again when it is.'
    : `it has ${count} tasks that are not finished. Plan again when they are.`;
}
