import { similarName } from '../common/similar-name';
import { type Condition, comparisonsOf, pathsOf } from '../language/condition';
import { isNeverTrue } from '../language/implies';
import { pathText } from '../language/operand-text';
import { attributeOf, type ExpressionScope } from './attribute-references';
import type { AttributeValues } from './attribute-values';
import { comparisonFindings, type Vocabulary } from './comparison-findings';
import { type Finding, finding, findingsAt, pointerTo } from './finding';
import { conditionOf, parsedOrderBy } from './parsed';
import type { LintedTarget, Routing } from './routing';
import { targetsOf } from './routing';

/** What attributes say about the expression of a queue. */
export function queueAttributeFindings(source: string, vocabulary: Vocabulary): Finding[] {
  return expressionFindingsOf(source, 'queue', vocabulary);
}

/** What attributes say about the expressions and orders of a workflow. Places are pointers into the configuration. */
export function routingAttributeFindings(routing: Routing, vocabulary: Vocabulary): Finding[] {
  const filters = routing.filters.flatMap(({ place, expression }) =>
    findingsAt(`${place}${pointerTo('expression')}`, expressionFindingsOf(expression, 'filter', vocabulary)),
  );
  const targets = targetsOf(routing).flatMap((target) =>
    findingsAt(target.place, targetAttributeFindings(target, vocabulary)),
  );
  return [...filters, ...targets];
}

function targetAttributeFindings(target: LintedTarget, vocabulary: Vocabulary): Finding[] {
  const { expression, skipIf, orderBy, knownWorker } = target;
  return [
    ...findingsAt(pointerTo('expression'), expressionFindingsOf(expression, 'target', vocabulary)),
    ...findingsAt(pointerTo('skip_if'), invalidExpression(skipIf)),
    ...findingsAt(pointerTo('order_by'), orderByFindings(orderBy, vocabulary.worker)),
    ...(knownWorker
      ? findingsAt(
          pointerTo(knownWorker.field),
          // It reads the task's attribute like an expression does.
          comparisonsIn(`${knownWorker.path} == ""`).flatMap((comparison) =>
            comparisonFindings(comparison, 'target', vocabulary).filter(
              ({ code }) => code === 'unknown_task_attribute',
            ),
          ),
        )
      : []),
  ];
}

function expressionFindingsOf(
  source: string | undefined,
  scope: ExpressionScope,
  vocabulary: Vocabulary,
): Finding[] {
  if (source === undefined) return [];
  const condition = conditionOf(source);
  if (!condition) return invalidExpression(source);
  return [
    ...(isNeverTrue(condition) ? [neverTrue] : []),
    ...(scope === 'target' ? missingPrefixes(condition) : []),
    ...comparisonsOf(condition).flatMap((comparison) => comparisonFindings(comparison, scope, vocabulary)),
  ];
}

const neverTrue = finding(
  'never_true',
  'The expression contradicts itself, so it never matches',
  'Join conditions that exclude each other with OR, or remove one of them.',
);

function invalidExpression(source: string | undefined): Finding[] {
  if (source === undefined || conditionOf(source)) return [];
  return [
    finding(
      'invalid_expression',
      'TaskRouter rejects this expression, because it cannot be read',
      'Write comparisons such as languages HAS "es", joined by AND or OR.',
    ),
  ];
}

const comparisonsIn = (source: string) => {
  const condition = conditionOf(source);
  return condition ? comparisonsOf(condition) : [];
};

/** `worker` and `task` alone are objects, and the time of day has a prefix of its own. */
function missingPrefixes(condition: Condition): Finding[] {
  const paths = comparisonsOf(condition).flatMap(({ left, right }) => [left, right].flatMap(pathsOf));
  return paths
    .filter((path) => !attributeOf(path, 'target') && !['taskrouter', 'task', 'worker'].includes(path[0]))
    .map((path) =>
      finding(
        'missing_prefix',
        `The expression of a target names ${pathText(path)} without a prefix, so TaskRouter reads nothing`,
        `Write worker.${pathText(path)} or task.${pathText(path)}.`,
      ),
    );
}

function orderByFindings(source: string | undefined, workers: AttributeValues): Finding[] {
  const orderBy = source === undefined ? [] : parsedOrderBy(source);
  if (!orderBy) {
    return [
      finding(
        'invalid_expression',
        'TaskRouter rejects this order, because it cannot be read',
        'Write attributes of the worker, such as worker.level DESC, worker.age ASC.',
      ),
    ];
  }
  if (!workers.areKnown) return [];
  return orderBy.flatMap(({ path: [first = '', ...rest] }) => {
    const path = [first, ...rest] as const;
    const name = pathText(path);
    const values = workers.at(path);
    if (values.length === 0) return [unknownOrder(name, workers)];
    return values.every(Number.isInteger) ? [] : [notInteger(name)];
  });
}

function unknownOrder(name: string, workers: AttributeValues): Finding {
  const similar = similarName(name, workers.allNames());
  return finding(
    'unknown_order_by_attribute',
    `No worker has the attribute ${name}, so order_by orders nothing`,
    similar ? `Write worker.${similar} if you mean that.` : 'Correct the name, or add it to the workers.',
  );
}

const notInteger = (name: string) =>
  finding(
    'order_by_not_integer',
    `A worker has a value of ${name} that is not an integer, so TaskRouter ignores the order`,
    'Use integers, or order by another attribute.',
  );
