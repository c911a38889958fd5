import { type Comparison, type ComparisonOperator, comparisonsOf, type Operand } from '../language/condition';
import type { Span } from '../language/span';
import type { ExpressionScope } from './attribute-references';
import { type Finding, finding } from './finding';
import { parsedExpression } from './parsed';

/** TaskRouter keeps whole texts; a message quotes no more than this many characters. */
const maxQuotedLength = 60;

/**
 * What TaskRouter accepts in an expression and reads otherwise than its author may mean.
 * @param scope what the expression is about: a `queue` sees one worker, a `filter` the task, a `target` both
 * @returns nothing for text that is not an expression: TaskRouter rejects it with an error of its own
 */
export function expressionFindings(source: string, scope: ExpressionScope): Finding[] {
  const parsed = parsedExpression(source);
  if (!parsed) return [];
  const comparisons = comparisonsOf(parsed.condition);
  return [
    ...parsed.ignored.map(ignoredText),
    ...comparisons.flatMap(unquotedText),
    ...(scope === 'queue' && comparisons.some(readsWorker) ? [workerPrefix] : []),
  ];
}

function ignoredText({ start, text }: Span): Finding {
  return finding(
    'ignored_text',
    `TaskRouter ignores ${quoted(text)} at column ${start + 1} of the expression`,
    'Remove it, or rewrite the expression so that every part counts.',
  );
}

/** IN wants a list on its right, so an attribute there is usual. */
const takesText: ReadonlySet<ComparisonOperator> = new Set(['==', '!=', 'HAS', 'CONTAINS']);

/** `languages HAS es` compares with the attribute `es`, which is missing nearly always. */
function unquotedText({ left, operator, right }: Comparison): Finding[] {
  if (left.kind !== 'reference' || right.kind !== 'reference' || !takesText.has(operator)) return [];
  const [name, ...steps] = right.path;
  if (steps.length > 0) return [];
  return [
    finding(
      'unquoted_text',
      `TaskRouter reads ${name} without quotes as the name of an attribute, not as text`,
      `Write "${name}" if you mean the text.`,
    ),
  ];
}

const readsWorker = ({ left, right }: Comparison): boolean => isOfWorker(left) || isOfWorker(right);

const isOfWorker = (operand: Operand): boolean =>
  operand.kind === 'list'
    ? operand.items.some(isOfWorker)
    : operand.kind === 'reference' && operand.path[0] === 'worker' && operand.path.length > 1;

const workerPrefix = finding(
  'worker_prefix',
  'The expression of a TaskQueue names attributes of the Worker without the prefix "worker."',
  'Remove the prefix: write languages HAS "es", not worker.languages HAS "es".',
);

function quoted(text: string): string {
  return `'${text.length > maxQuotedLength ? `${text.slice(0, maxQuotedLength - 1)}…` : text}'`;
}
