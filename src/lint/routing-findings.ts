import { compileExpression, scopeOf } from '../language/expression';
import { implies } from '../language/implies';
import { EarlierFilters } from './earlier-filters';
import { type Finding, finding, pointerTo } from './finding';
import type { LintedQueue, LintedWorkflow } from './linted-workspace';
import type { LintedFilter, LintedTarget, Routing } from './routing';
import { targetsOf } from './routing';

/** What the order of a workflow's filters and targets means for tasks. Places are pointers into the configuration. */
export function routingFindings(
  { taskReservationTimeout = defaultReservationTimeout }: LintedWorkflow,
  routing: Routing,
  queues: readonly LintedQueue[],
): Finding[] {
  return [
    ...hiddenFilters(routing.filters),
    ...routing.filters.flatMap(({ targets }) => hiddenTargets(targets)),
    ...defaultFilterFindings(routing),
    ...targetsOf(routing).flatMap((target) => [
      ...ignoredPriority(target, queues),
      ...shortTarget(target, taskReservationTimeout),
    ]),
  ];
}

/** Seconds. Source: https://www.twilio.com/docs/taskrouter/api/workflow */
const defaultReservationTimeout = 120;

/**
 * A task follows the first filter that matches it, and the next one that does when it has left all targets:
 * https://www.twilio.com/docs/taskrouter/workflow-configuration
 */
function hiddenFilters(filters: readonly LintedFilter[]): Finding[] {
  const before = new EarlierFilters();
  return filters.flatMap((filter) => {
    const { condition, place, name } = filter;
    if (!condition) return [];
    const earlier = before.candidates(condition).find((each) => implies(condition, each.condition));
    if (keepsTasks(filter)) before.add({ name, condition });
    if (!earlier) return [];
    return [
      finding(
        'filter_never_reached',
        `Tasks never reach ${name}: each task that it matches is taken by ${earlier.name} before it`,
        `Move it before ${earlier.name}, or remove it.`,
        place,
      ),
    ];
  });
}

const isFinal = ({ timeout, skipIf }: LintedTarget) => timeout === undefined && skipIf === undefined;
const keepsTasks = ({ targets }: LintedFilter) => targets.some(isFinal);

function hiddenTargets(targets: readonly LintedTarget[]): Finding[] {
  const last = targets.findIndex(isFinal);
  return (last < 0 ? [] : targets.slice(last + 1)).map(({ place }) =>
    finding(
      'target_never_reached',
      `Tasks never reach this target: the ${ordinal(last)} target has neither a timeout nor a skip_if`,
      'Give that target a timeout or a skip_if, or remove this one.',
      place,
    ),
  );
}

const ordinal = (index: number) => ['first', 'second', 'third'][index] ?? `${index + 1}th`;

function defaultFilterFindings({ filters, defaultTarget }: Routing): Finding[] {
  const everything = filters.find((filter) => takesEverything(filter));
  if (!defaultTarget && !everything) {
    return [
      finding(
        'missing_default_filter',
        'A task that no filter matches is canceled as soon as it is created',
        'Add a default_filter if such tasks exist.',
        pointerTo('task_routing'),
      ),
    ];
  }
  if (!defaultTarget || !everything) return [];
  return [
    finding(
      'default_filter_never_reached',
      `Tasks never reach the default filter: ${everything.name} takes every task`,
      `Remove one of them, or give ${everything.name} another expression.`,
      defaultTarget.place,
    ),
  ];
}

const always = { kind: 'and', terms: [] } as const;

/** A timeout of the last target does not lead to the default filter, but its `skip_if` does. */
const takesEverything = ({ condition, targets }: LintedFilter) =>
  condition !== null && implies(always, condition) && targets.at(-1)?.skipIf === undefined;

/** LIFO ignores priorities: https://www.twilio.com/docs/taskrouter/queue-ordering-last-first-out-lifo */
function ignoredPriority(
  { hasPriority, queue, place }: LintedTarget,
  queues: readonly LintedQueue[],
): Finding[] {
  const isLifo = queues.some(({ friendlyName, taskOrder }) => friendlyName === queue && taskOrder === 'LIFO');
  if (!hasPriority || !isLifo) return [];
  return [
    finding(
      'priority_without_effect',
      `The priority has no effect, because the queue ${JSON.stringify(queue)} is LIFO`,
      'Remove the priority, or make the queue FIFO.',
      `${place}${pointerTo('priority')}`,
    ),
  ];
}

/** A pending reservation keeps the task in its target: https://www.twilio.com/docs/taskrouter/task-evaluation */
function shortTarget({ timeout, place }: LintedTarget, reservationTimeout: number): Finding[] {
  if (timeout === undefined || timeout >= reservationTimeout) return [];
  return [
    finding(
      'reservation_outlasts_target',
      `The target times out after ${timeout} s, but a worker can keep the task up to ${reservationTimeout} s with a reservation`,
      'Use a taskReservationTimeout that is not longer than the timeout of the target.',
      `${place}${pointerTo('timeout')}`,
    ),
  ];
}

/** Whether a filter of the workflow matches the attributes, or a default filter takes every task. */
export function takesTask({ filters, defaultTarget }: Routing, attributes: object): boolean {
  if (defaultTarget) return true;
  return filters.some(
    ({ expression, condition }) =>
      condition !== null && compileExpression(expression ?? '').evaluate(scopeOf(attributes)),
  );
}
