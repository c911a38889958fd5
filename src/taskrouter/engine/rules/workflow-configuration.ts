import * as z from 'zod';
import { limits } from '../../../common/limits';
import { compileExpression, type Expression } from '../../../language/expression';
import { type OrderBy, parseOrderBy } from '../../../language/order-by';
import { InvalidParameter } from '../../model/errors';
import { checkComplexity, checkMaximum, readLanguage } from './expression-parameter';
import { FilterIndex } from './filter-index';

/**
 * The routing rules of a workflow, parsed and compiled.
 * Source: https://www.twilio.com/docs/taskrouter/workflow-configuration
 */
export interface WorkflowConfiguration {
  readonly filters: readonly Filter[];
  readonly filterIndex: FilterIndex;
  readonly defaultFilter: Target | null;
  /** Every queue in the rules, in order of appearance. */
  readonly taskQueueSids: readonly string[];
}

export interface Filter {
  readonly name: string | null;
  readonly expression: Expression;
  /** The expression as events show it: in a JSON list. */
  readonly shownExpression: string;
  readonly targets: readonly Target[];
}

export interface Target {
  /** A later target of a filter inherits the queue of the previous one. */
  readonly taskQueueSid: string;
  readonly priority: number | null;
  readonly timeoutSeconds: number | null;
  /** Over `task.` and `worker.`. */
  readonly expression: Expression | null;
  /** Over `workers.`. */
  readonly skipIf: Expression | null;
  readonly orderBy: OrderBy | null;
  readonly knownWorker: KnownWorker | null;
}

/** The task attribute (a path such as `agent.sid`) that names the worker, by sid or by friendly name. */
export interface KnownWorker {
  readonly by: 'sid' | 'friendlyName';
  readonly path: readonly string[];
}

/** Documented examples write numbers as strings, too. */
const wholeNumber = z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]).pipe(z.int().min(0));

const target = z.looseObject({
  queue: z.string().optional(),
  priority: wholeNumber.pipe(z.int().max(limits.priority.max)).nullish(),
  timeout: wholeNumber.pipe(z.int().min(1, 'must be a positive number of seconds')).nullish(),
  expression: z.string().nullish(),
  skip_if: z.string().nullish(),
  order_by: z.string().nullish(),
  known_worker_sid: z.string().nullish(),
  known_worker_friendly_name: z.string().nullish(),
});

const document = z.looseObject({
  task_routing: z.looseObject({
    filters: z
      .array(
        z.looseObject({
          filter_friendly_name: z.string().nullish(),
          expression: z.string(),
          targets: z.array(target).min(1),
        }),
      )
      .nullish(),
    default_filter: target.extend({ queue: z.string() }).nullish(),
  }),
});

type WrittenTarget = z.infer<typeof target>;
type WrittenRouting = z.infer<typeof document>['task_routing'];

/**
 * @param isStored Whether the configuration was accepted before: then its expressions can be of any size
 * @throws InvalidParameter with the path of the error in the document
 */
export function parseWorkflowConfiguration(text: string, isStored = false): WorkflowConfiguration {
  if (Buffer.byteLength(text) > limits.workflowConfigurationBytes) {
    throw InvalidParameter.outOfRange('Configuration', `${Buffer.byteLength(text)} bytes`);
  }
  const { task_routing: routing } = checkShape(parseJson(text));
  if (!isStored) checkExpressionSizes(routing);
  const filters = (routing.filters ?? []).map((filter, index) => {
    const at = `task_routing.filters[${index}]`;
    return {
      name: filter.filter_friendly_name ?? null,
      expression: compileAt(`${at}.expression`, filter.expression),
      shownExpression: JSON.stringify([filter.expression]),
      targets: compileTargets(at, filter.targets),
    };
  });
  const [defaultFilter = null] = routing.default_filter
    ? compileTargets('task_routing.default_filter', [{ ...routing.default_filter, timeout: null }])
    : [];
  const targets = [...filters.flatMap((filter) => filter.targets), ...(defaultFilter ? [defaultFilter] : [])];
  if (!isStored) checkTotalComplexity(filters, targets);
  const taskQueueSids = [...new Set(targets.map((each) => each.taskQueueSid))];
  return { filters, filterIndex: new FilterIndex(filters), defaultFilter, taskQueueSids };
}

/** Before anything is parsed. @throws InvalidParameter */
function checkExpressionSizes({ filters, default_filter }: WrittenRouting): void {
  const targets = (filters ?? []).flatMap((filter) => filter.targets);
  checkMaximum('Configuration', targets.length, limits.configurationTargets, 'targets');
  const all = [...targets, ...(default_filter ? [default_filter] : [])];
  const expressions = [
    ...(filters ?? []).map(({ expression }) => expression),
    ...all.flatMap(({ expression, skip_if, order_by }) => [expression ?? '', skip_if ?? '', order_by ?? '']),
  ];
  let total = 0;
  for (const { length } of expressions) {
    checkMaximum('an expression of Configuration', length, limits.expression.characters, 'characters');
    total += length;
  }
  const max = limits.configurationExpressionCharacters;
  checkMaximum('all expressions of Configuration', total, max, 'characters');
}

/** @throws InvalidParameter */
function checkTotalComplexity(filters: readonly Filter[], targets: readonly Target[]): void {
  for (const { expression } of filters) checkComplexity('an expression of Configuration', expression);
  for (const { expression, skipIf, orderBy } of targets) {
    if (expression) checkComplexity('an expression of Configuration', expression);
    if (skipIf) checkComplexity('skip_if of Configuration', skipIf);
    if (orderBy)
      checkMaximum('order_by of Configuration', orderBy.length, limits.orderByAttributes, 'attributes');
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw InvalidParameter.badJson('Configuration');
  }
}

function checkShape(value: unknown): z.infer<typeof document> {
  const checked = document.safeParse(value);
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  const path = (issue?.path ?? []).map((part) =>
    typeof part === 'number' ? `[${part}]` : `.${String(part)}`,
  );
  throw new InvalidParameter(
    `Invalid Configuration: ${path.join('').replace(/^\./, '') || 'the document'}: ${issue?.message}`,
  );
}

function compileTargets(at: string, written: readonly WrittenTarget[]): Target[] {
  let queue: string | undefined;
  return written.map((each, index) => {
    const here = written.length === 1 && !at.endsWith(']') ? at : `${at}.targets[${index}]`;
    queue = each.queue ?? queue;
    if (!queue)
      throw new InvalidParameter(`Invalid Configuration: ${here}.queue: the first target needs a queue`);
    return compileTarget(here, each, queue);
  });
}

function compileTarget(at: string, written: WrittenTarget, taskQueueSid: string): Target {
  return {
    taskQueueSid,
    priority: written.priority ?? null,
    timeoutSeconds: written.timeout ?? null,
    expression: written.expression ? compileAt(`${at}.expression`, written.expression) : null,
    skipIf: written.skip_if ? compileAt(`${at}.skip_if`, written.skip_if) : null,
    orderBy: readOrderBy(`Configuration: ${at}.order_by`, written.order_by),
    knownWorker: knownWorker(at, written),
  };
}

function knownWorker(at: string, written: WrittenTarget): KnownWorker | null {
  const { known_worker_sid: sid, known_worker_friendly_name: name } = written;
  if (sid && name) {
    throw new InvalidParameter(
      `Invalid Configuration: ${at}: only one of known_worker_sid and known_worker_friendly_name may be given`,
    );
  }
  const reference = sid ?? name;
  if (!reference) return null;
  const [root, ...path] = reference.split('.');
  if (root !== 'task' || path.length === 0) {
    throw new InvalidParameter(
      `Invalid Configuration: ${at}: the known worker must be given by a task attribute such as task.agent_sid`,
    );
  }
  return { by: sid ? 'sid' : 'friendlyName', path };
}

const compileAt = (at: string, source: string): Expression =>
  readLanguage(`Configuration: ${at}`, () => compileExpression(source));

const readOrderBy = (at: string, source: string | null | undefined) =>
  source ? readLanguage(at, () => parseOrderBy(source)) : null;
