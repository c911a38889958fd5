import type { Task, WorkflowStep } from '../../model/entities';
import type { CommandContext } from '../command-context';
import type { ExpressionScopes } from './expression-scopes';
import { recordKnownWorkerAlert } from './known-worker-alert';
import { cancelTask } from './task-lifecycle';
import type { Filter, Target, WorkflowConfiguration } from './workflow-configuration';

/**
 * The route of a task through the filters and targets of its workflow.
 * Source: https://www.twilio.com/docs/taskrouter/workflow-configuration
 */
interface TargetPosition {
  readonly filter: number | 'default';
  readonly target: number;
}

type RoutedTask = Pick<Task, 'attributes'>;
type LeavingCause = 'timeout' | 'skip';

/** Our choices for events of tasks in the default filter, which has no name or expression of its own. */
const defaultFilterName = 'Default Filter';
const defaultFilterExpression = '["1==1"]';

const defaultPosition: TargetPosition = { filter: 'default', target: 0 };

/** The first filter whose expression is true, else the default filter, else null. */
export function firstPosition(
  configuration: WorkflowConfiguration,
  task: RoutedTask,
  scopes: ExpressionScopes,
): TargetPosition | null {
  const first = matchingFilter(configuration, task, scopes, 0);
  return first ?? (configuration.defaultFilter ? defaultPosition : null);
}

/**
 * The next position of a task that leaves its target: the next target of the filter, else the next matching filter
 * below. Only a skip can lead to the default filter, and never after a timeout.
 */
function nextPosition(
  { scopes, configurations }: Pick<CommandContext, 'scopes' | 'configurations'>,
  task: RoutedTask,
  step: WorkflowStep,
  cause: LeavingCause,
): TargetPosition | null {
  const configuration = configurations.of(step.versionSid);
  if (step.filter === 'default') return null;
  const targets = configuration.filters[step.filter]?.targets.length ?? 0;
  if (step.target + 1 < targets) return { filter: step.filter, target: step.target + 1 };
  const below = matchingFilter(configuration, task, scopes, step.filter + 1);
  if (below || cause === 'timeout' || step.timedOut) return below;
  return configuration.defaultFilter ? defaultPosition : null;
}

function matchingFilter(
  { filterIndex }: WorkflowConfiguration,
  task: RoutedTask,
  scopes: ExpressionScopes,
  from: number,
): TargetPosition | null {
  const filter = filterIndex.first(task.attributes.value, scopes.task(task), from);
  return filter === undefined ? null : { filter, target: 0 };
}

function targetAt(configuration: WorkflowConfiguration, position: TargetPosition): Target {
  const { filters, defaultFilter } = configuration;
  const target =
    position.filter === 'default' ? defaultFilter : filters[position.filter]?.targets[position.target];
  if (!target) throw new Error(`the workflow has no target ${position.filter}/${position.target}`);
  return target;
}

/** What a task carries along from the target that it leaves. */
interface Carried {
  /** Unix milliseconds; default: now. */
  readonly timeoutFrom?: number;
  readonly timedOut?: boolean;
}

/** The values that entering a target sets. */
export interface Placement extends Pick<Task, 'step' | 'taskQueueSid' | 'taskQueueEnteredDate'> {
  /** Null if the target has none: the task keeps its own. */
  readonly priority: number | null;
}

export function placement(
  configuration: WorkflowConfiguration,
  versionSid: string,
  { filter, target: index }: TargetPosition,
  now: number,
  { timeoutFrom = now, timedOut = false }: Carried = {},
): Placement {
  const { taskQueueSid, timeoutSeconds, priority } = targetAt(configuration, { filter, target: index });
  const expiresAt = timeoutSeconds === null ? null : timeoutFrom + timeoutSeconds * 1000;
  return {
    step: {
      kind: 'workflow',
      versionSid,
      filter,
      target: index,
      enteredAt: now,
      timeoutFrom,
      expiresAt,
      timedOut,
    },
    taskQueueSid,
    taskQueueEnteredDate: now,
    priority,
  };
}

/** Moves an existing task into a target and records the events. */
function enterTarget(
  context: CommandContext,
  task: Task,
  versionSid: string,
  position: TargetPosition,
  carried?: Carried,
): Task {
  const configuration = context.configurations.of(versionSid);
  const placed = placement(configuration, versionSid, position, context.now, carried);
  const moved = context.changeTask({ ...task, ...placed, priority: placed.priority ?? task.priority });
  if (moved.taskQueueSid !== task.taskQueueSid) context.recordTaskMoved(moved, task.taskQueueSid);
  recordTargetMatched(context, configuration, moved);
  context.recordQueueEntered(moved);
  return moved;
}

/**
 * Leaves the present target; a task with nowhere left to go is canceled. Timeouts add up, measured by the task's age: a
 * task that was reserved for long passes at once through the targets whose time is over.
 * Source: https://www.twilio.com/docs/taskrouter/task-evaluation
 */
export function leaveTarget(context: CommandContext, task: Task, cause: LeavingCause): void {
  const { step } = task;
  if (step.kind !== 'workflow') return;
  const position = nextPosition(context, task, step, cause);
  if (cause === 'timeout') context.recordTaskEvent('task-queue.timeout', task);
  const timedOut = step.timedOut || (cause === 'timeout' && position?.filter !== step.filter);
  if (!position) {
    fallOut(context, task, cause);
    return;
  }
  const timeoutFrom = position.filter === step.filter ? timeoutOfNext(step, cause) : context.now;
  const moved = enterTarget(context, task, step.versionSid, position, { timeoutFrom, timedOut });
  if (isPastTarget(moved, context.now)) leaveTarget(context, moved, 'timeout');
}

/** Where the timeout of the filter's next target starts to count. A skipped target adds nothing (our choice). */
function timeoutOfNext({ timeoutFrom, expiresAt }: WorkflowStep, cause: LeavingCause): number {
  return cause === 'timeout' && expiresAt !== null ? expiresAt : timeoutFrom;
}

/** A timeout that passes while the task is reserved acts when the reservation ends (our choice). */
export function isPastTarget({ step }: Task, now: number): boolean {
  return step.kind === 'workflow' && step.expiresAt !== null && step.expiresAt <= now;
}

function fallOut(context: CommandContext, task: Task, cause: LeavingCause): void {
  const reason = `Task canceled on Workflow ${cause === 'timeout' ? 'timeout' : 'skip'}`;
  context.recordTaskEvent(cause === 'timeout' ? 'workflow.timeout' : 'workflow.skipped', task);
  cancelTask(context, task, reason);
}

/**
 * Matches the filters of a pending task again from the top. After a change of attributes, a task that stays in its
 * target keeps its timeout. After a change of the workflow, it follows the new version, with a new timeout. A task that
 * no longer matches any filter stays where it is (our choice).
 */
export function routeAgain(context: CommandContext, task: Task, changed: 'attributes' | 'workflow'): void {
  if (task.step.kind !== 'workflow') return;
  const { step } = task;
  const versionSid =
    changed === 'workflow' ? context.state.get('workflows', task.workflowSid).versionSid : step.versionSid;
  const position = firstPosition(context.configurations.of(versionSid), task, context.scopes);
  if (!position) return;
  const same = position.filter === step.filter && position.target === step.target;
  if (same && changed === 'attributes') return;
  enterTarget(context, task, versionSid, position);
}

export function recordTargetMatched(
  context: CommandContext,
  configuration: WorkflowConfiguration,
  task: Task,
): void {
  if (task.step.kind !== 'workflow') return;
  const filter: Filter | undefined =
    task.step.filter === 'default' ? undefined : configuration.filters[task.step.filter];
  const name = filter ? filter.name : defaultFilterName;
  context.recordTaskEvent(
    'workflow.target-matched',
    task,
    `Task ${task.sid} matched a workflow target`,
    (fields) => {
      if (name) fields.WorkflowFilterName = name;
      fields.WorkflowFilterExpression = filter?.shownExpression ?? defaultFilterExpression;
    },
  );
  recordKnownWorkerAlert(context, task, targetAt(configuration, task.step));
}
