import type { TaskInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/task';
import { type Scope, scopeOf } from '../language/expression';
import { timeOfDay } from '../taskrouter/engine/rules/time-of-day';
import type { Attributes, Workflow } from '../taskrouter/model/entities';
import { isSid, sidPrefix } from '../taskrouter/model/sids';
import { directStep, type InferredStep, inferStep, type MatchedFilter } from './infer-step';
import { timeOf } from './lists';
import type { Settings } from './settings';
import type { RecentTransfers } from './transfers';

/** Infers where the tasks of a workspace are. */
export class TaskPlaces {
  private readonly workflows: ReadonlyMap<string, Workflow>;

  /** @param now Unix milliseconds, for filters that read the time of day */
  constructor(
    private readonly settings: Settings,
    private readonly transfers: RecentTransfers,
    private readonly now: number,
  ) {
    this.workflows = new Map(settings.rows.workflows.map((workflow) => [workflow.sid, workflow]));
  }

  /** @param matched if the events of the task were read */
  stepOf(task: TaskInstance, attributes: Attributes, matched?: MatchedFilter): InferredStep {
    const isTransferred = this.transfers.isTransferred(task.sid, timeOf(task.dateCreated));
    if (isTransferred) return this.transferStep(task);
    const step = this.ownStep(task, attributes, matched);
    return isTransferred === false ? step : { ...step, isCertain: false, isSame: false };
  }

  /** Where the task goes that was not transferred. */
  private ownStep(
    task: TaskInstance,
    attributes: Attributes,
    matched: MatchedFilter | undefined,
  ): InferredStep {
    const { routingTarget } = task;
    if (isSid(sidPrefix.worker, routingTarget)) return directStep(routingTarget, true);
    if (isSid(sidPrefix.taskQueue, routingTarget)) return directStep(null, true);
    return this.workflowStep(task, attributes, matched) ?? directStep(null, false);
  }

  /** Of a transferred task that waits or is offered, REST does not show whether the transfer goes on. */
  private transferStep({ sid, assignmentStatus }: TaskInstance): InferredStep {
    const isOnItsWay = assignmentStatus === 'pending' || assignmentStatus === 'reserved';
    return directStep(isOnItsWay ? this.transfers.workerOf(sid) : null, false);
  }

  private workflowStep(
    task: TaskInstance,
    { value }: Attributes,
    matched: MatchedFilter | undefined,
  ): InferredStep | null {
    const workflow = this.workflows.get(task.workflowSid);
    const configuration = this.settings.configurations.get(task.workflowSid);
    if (!workflow || !configuration) return null;
    const { taskQueueSid, priority } = task;
    const dateCreated = timeOf(task.dateCreated);
    const taskQueueEnteredDate = timeOf(task.taskQueueEnteredDate) || dateCreated;
    // A task follows the configuration that it entered with. Dates are in whole seconds.
    const isPresent = workflow.dateUpdated < taskQueueEnteredDate;
    const placed = { taskQueueSid, priority, dateCreated, taskQueueEnteredDate };
    const infer = (isSure: boolean, by?: MatchedFilter) =>
      inferStep(configuration, workflow.versionSid, placed, this.scope(value), isSure, by);
    // A filter that the configuration does not have is one of an earlier configuration.
    return matched ? (infer(isPresent, matched) ?? infer(false)) : infer(isPresent);
  }

  /** As filters see a task. */
  private scope(attributes: object): Scope {
    const read = scopeOf(attributes as Record<string, unknown>);
    return (name) => read(name) ?? (name === 'taskrouter' ? timeOfDay(this.now) : undefined);
  }
}
