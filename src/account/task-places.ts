import type { TaskInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/task';
import { type Scope, scopeOf } from '../language/expression';
import { timeOfDay } from '../taskrouter/engine/rules/time-of-day';
import type { Attributes, Workflow } from '../taskrouter/model/entities';
import { isSid, sidPrefix } from '../taskrouter/model/sids';
import { directStep, type InferredStep, inferStep } from './infer-step';
import { timeOf } from './lists';
import type { Settings } from './settings';

/** Infers where the tasks of a workspace are. */
export class TaskPlaces {
  private readonly workflows: ReadonlyMap<string, Workflow>;

  /** @param now Unix milliseconds, for filters that read the time of day */
  constructor(
    private readonly settings: Settings,
    private readonly now: number,
  ) {
    this.workflows = new Map(settings.rows.workflows.map((workflow) => [workflow.sid, workflow]));
  }

  stepOf(task: TaskInstance, attributes: Attributes): InferredStep {
    const { routingTarget } = task;
    if (isSid(sidPrefix.worker, routingTarget)) return directStep(routingTarget, true);
    if (isSid(sidPrefix.taskQueue, routingTarget)) return directStep(null, true);
    return this.workflowStep(task, attributes) ?? directStep(null, false);
  }

  private workflowStep(task: TaskInstance, { value }: Attributes): InferredStep | null {
    const workflow = this.workflows.get(task.workflowSid);
    const configuration = this.settings.configurations.get(task.workflowSid);
    if (!workflow || !configuration) return null;
    const { taskQueueSid, priority } = task;
    const dateCreated = timeOf(task.dateCreated);
    const taskQueueEnteredDate = timeOf(task.taskQueueEnteredDate) || dateCreated;
    // A task follows the configuration that it entered with.
    const isPresent =
      workflow.dateUpdated === workflow.dateCreated || workflow.dateUpdated < taskQueueEnteredDate;
    const placed = { taskQueueSid, priority, dateCreated, taskQueueEnteredDate };
    return inferStep(configuration, workflow.versionSid, placed, this.scope(value), isPresent);
  }

  /** As filters see a task. */
  private scope(attributes: object): Scope {
    const read = scopeOf(attributes as Record<string, unknown>);
    return (name) => read(name) ?? (name === 'taskrouter' ? timeOfDay(this.now) : undefined);
  }
}
