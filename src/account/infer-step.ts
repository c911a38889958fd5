import type { Scope } from '../language/expression';
import type { Target, WorkflowConfiguration } from '../taskrouter/engine/rules/workflow-configuration';
import type { Task } from '../taskrouter/model/entities';

/** Where a task probably is. REST shows its queue, and since when it is there, but not the filter or the target. */
export interface InferredStep {
  readonly step: Task['step'];
  /** Whether the task surely follows the configuration of its workflow as it is now. */
  readonly isPresentVersion: boolean;
  /** Whether the task can be nowhere else. */
  readonly isCertain: boolean;
  /** Whether it makes no difference to the workers where it is: all possible targets have the same conditions. */
  readonly isSame: boolean;
}

/** What REST shows of a task that bears on its position. Dates in Unix milliseconds. */
export interface PlacedTask {
  readonly taskQueueSid: string;
  readonly priority: number;
  readonly dateCreated: number;
  readonly taskQueueEnteredDate: number;
}

/** What the events say in which the task matched a target. */
export interface MatchedFilter {
  /** The expression of the filter that it matched last. */
  readonly expression: string;
  /** When it matched; Unix milliseconds. */
  readonly date: number;
  /** How many targets of the filter it has matched in a row. */
  readonly targets: number;
}

interface Position {
  readonly filter: number | 'default';
  readonly expression: string;
  readonly index: number;
  readonly target: Target;
  /** Whether the task's attributes lead there. */
  readonly isOnRoute: boolean;
  /** How long after its creation the task can have entered the target, in milliseconds, if nothing held it up. */
  readonly earliest: number;
  readonly latest: number;
}

/** The step of a task that RoutingTarget sent straight to a worker or a queue, or whose workflow is not known, or that was transferred. */
export const directStep = (workerSid: string | null, isCertain: boolean): InferredStep => ({
  step: { kind: 'direct', workerSid },
  isPresentVersion: isCertain,
  isCertain,
  isSame: isCertain,
});

/**
 * The position in the task's queue that fits best (our choice): the attributes match the filter, the target sets the task's priority,
 * and the timeouts before it add up to the time at which the task entered the queue. Null if the workflow does not name
 * the queue, because it has changed.
 * @param isPresentVersion whether the task surely follows this configuration
 * @param matched if the events were read
 */
export function inferStep(
  configuration: WorkflowConfiguration,
  versionSid: string,
  task: PlacedTask,
  scope: Scope,
  isPresentVersion: boolean,
  matched?: MatchedFilter,
): InferredStep | null {
  const possible = positionsOf(configuration, scope).filter(
    ({ target, expression }) =>
      target.taskQueueSid === task.taskQueueSid && (!matched || matched.expression === expression),
  );
  const misfitOf = (position: Position) => misfit(position, task, matched);
  const [best] = possible.sort((left, right) => misfitOf(left) - misfitOf(right));
  if (!best) return null;
  return {
    step: stepAt(best, versionSid, matched?.date ?? task.taskQueueEnteredDate),
    isPresentVersion,
    isCertain: isPresentVersion && possible.length === 1,
    isSame: isPresentVersion && new Set(possible.map(({ target }) => conditionsOf(target))).size === 1,
  };
}

/** What events show for the default filter, which has no expression of its own. */
const defaultFilterExpression = '1==1';

/** All targets in the order in which a task passes through them. */
function positionsOf({ filters, defaultFilter }: WorkflowConfiguration, scope: Scope): Position[] {
  const positions: Position[] = [];
  let entry: Entry = { earliest: 0, latest: 0 };
  for (const [filter, { expression, targets }] of filters.entries()) {
    const isOnRoute = expression.evaluate(scope);
    let next = entry;
    for (const [index, target] of targets.entries()) {
      positions.push({ filter, expression: expression.source, index, target, isOnRoute, ...next });
      next = afterTarget(target, next);
    }
    if (isOnRoute) entry = next;
  }
  if (!defaultFilter) return positions;
  // Attributes always lead to the default filter, after all filters that match.
  const last = {
    filter: 'default',
    expression: defaultFilterExpression,
    index: 0,
    target: defaultFilter,
  } as const;
  return [...positions, { ...last, isOnRoute: true, ...entry }];
}

interface Entry {
  readonly earliest: number;
  readonly latest: number;
}

/** A task leaves a target at its timeout, or at once if skip_if is true. */
function afterTarget({ timeoutSeconds, skipIf }: Target, { earliest, latest }: Entry): Entry {
  const timeout = timeoutSeconds === null ? Number.POSITIVE_INFINITY : timeoutSeconds * 1000;
  return { earliest: skipIf ? earliest : earliest + timeout, latest: latest + timeout };
}

const dayMs = 86_400_000;

/** What speaks against a position: most of all the events, then the attributes, the priority, and the time. */
function misfit(
  { isOnRoute, index, target, earliest, latest }: Position,
  task: PlacedTask,
  matched: MatchedFilter | undefined,
): number {
  const isOther = matched !== undefined && matched.targets !== index + 1;
  const entered = task.taskQueueEnteredDate - task.dateCreated;
  const off = Math.max(0, earliest - entered, entered - latest);
  const hasOtherPriority = target.priority !== null && target.priority !== task.priority;
  return (isOther ? 8 : 0) + (isOnRoute ? 0 : 4) + (hasOtherPriority ? 2 : 0) + Math.min(off / dayMs, 1);
}

/** The timeout counts from the entry, except after a skip and for a task that was held up by offers. */
function stepAt({ filter, index, target }: Position, versionSid: string, entered: number): Task['step'] {
  const { timeoutSeconds } = target;
  return {
    kind: 'workflow',
    versionSid,
    filter,
    target: index,
    enteredAt: entered,
    timeoutFrom: entered,
    expiresAt: timeoutSeconds === null ? null : entered + timeoutSeconds * 1000,
    timedOut: false,
  };
}

/** What a target asks of workers. */
const conditionsOf = ({ expression, knownWorker }: Target): string =>
  JSON.stringify([expression?.source ?? null, knownWorker]);
