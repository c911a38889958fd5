import type { Condition } from '../language/condition';
import { pointerTo } from './finding';
import { type Json, listOf, objectOf, partOf, textOf } from './json';
import { conditionOf } from './parsed';

/** A target of a configuration; what is missing or of another type than documented is undefined. */
export interface LintedTarget {
  /** A JSON pointer into the configuration. */
  readonly place: string;
  readonly queue: string | undefined;
  readonly expression: string | undefined;
  readonly skipIf: string | undefined;
  readonly orderBy: string | undefined;
  readonly knownWorker: { readonly field: string; readonly path: string } | undefined;
  readonly hasPriority: boolean;
  /** Seconds. */
  readonly timeout: number | undefined;
}

export interface LintedFilter {
  readonly place: string;
  readonly name: string;
  readonly expression: string | undefined;
  /** Null if the expression is missing or cannot be read. */
  readonly condition: Condition | null;
  readonly targets: readonly LintedTarget[];
}

/** The routing of a workflow, as far as rules read it. */
export interface Routing {
  readonly filters: readonly LintedFilter[];
  readonly defaultTarget: LintedTarget | undefined;
}

export function routingOf(configuration: unknown): Routing {
  const routing = partOf(configuration, 'task_routing');
  return {
    filters: listOf(routing.filters).map(filterOf),
    defaultTarget: routing.default_filter
      ? targetOf(objectOf(routing.default_filter), pointerTo('task_routing', 'default_filter'))
      : undefined,
  };
}

/** All targets, in the order of the document. */
export function targetsOf({ filters, defaultTarget }: Routing): LintedTarget[] {
  return [...filters.flatMap(({ targets }) => targets), ...(defaultTarget ? [defaultTarget] : [])];
}

function filterOf(filter: Json, index: number): LintedFilter {
  const place = pointerTo('task_routing', 'filters', index);
  const expression = textOf(filter.expression);
  const name = textOf(filter.filter_friendly_name) ?? textOf(filter.friendly_name);
  return {
    place,
    name: name ? `the filter "${name}"` : `filter ${index + 1}`,
    expression,
    condition: expression === undefined ? null : conditionOf(expression),
    targets: targetsIn(listOf(filter.targets), place),
  };
}

/** A target without a queue uses the one before it: https://www.twilio.com/docs/taskrouter/workflow-configuration */
function targetsIn(targets: readonly Json[], place: string): LintedTarget[] {
  let queue: string | undefined;
  return targets.map((target, index) => {
    queue = textOf(target.queue) ?? queue;
    return targetOf({ ...target, queue }, `${place}${pointerTo('targets', index)}`);
  });
}

function targetOf(target: Json, place: string): LintedTarget {
  const field = ['known_worker_sid', 'known_worker_friendly_name'].find((each) => textOf(target[each]));
  return {
    place,
    queue: textOf(target.queue),
    expression: textOf(target.expression),
    skipIf: textOf(target.skip_if),
    orderBy: textOf(target.order_by),
    knownWorker: field === undefined ? undefined : { field, path: String(target[field]) },
    hasPriority: target.priority !== undefined && target.priority !== null,
    timeout: secondsOf(target.timeout),
  };
}

/** Programs write numbers as texts, too. */
function secondsOf(value: unknown): number | undefined {
  const seconds = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof seconds === 'number' && Number.isFinite(seconds) ? seconds : undefined;
}
