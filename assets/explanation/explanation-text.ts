import { valueText } from '../../src/common/value-text';
import type {
  Clause,
  ExplainedFilter,
  PresentExplanation,
  Reason,
  WorkerExplanation,
  WorkflowPosition,
} from './explanation';

/** The reasons that the summary does not contain word for word. */
export function furtherReasons({ summary, reasons }: PresentExplanation): readonly Reason[] {
  return reasons.filter(({ message }) => !summary.includes(message));
}

/** The codes of the reasons, each once. */
export function reasonCodes({ reasons }: PresentExplanation): readonly string[] {
  return [...new Set(reasons.map(({ code }) => code))];
}

/** Reasons below the name of their worker: without the name that most of them begin with. */
export function reasonTexts(name: string, reasons: readonly Reason[]): readonly string[] {
  return reasons.map(({ message }) =>
    message.startsWith(`${name} `) ? message.slice(name.length + 1) : message,
  );
}

/** What keeps a task from a worker, besides what keeps all of them. */
export function ownReasons(
  explanation: WorkerExplanation,
  { reasons }: WorkerExplanation['tasks'][number],
): readonly string[] {
  const general = new Set(explanation.reasons.map(({ message }) => message));
  const own = reasons.filter(({ message }) => !general.has(message));
  return reasonTexts(explanation.worker_name, own);
}

/** Where the task is, such as `Filter 2, target 1`. The API counts from 0. */
export function positionText({ filter, target }: WorkflowPosition): string {
  const first = filter === 'default' ? 'Default filter' : `Filter ${filter + 1}`;
  return `${first}, target ${target + 1}`;
}

/** How many tasks come first. */
export function aheadText(ahead: number): string {
  if (ahead === 0) return 'first in the queue';
  return `${ahead} ${ahead === 1 ? 'task' : 'tasks'} ahead`;
}

/** What decided a comparison: `has "es"`. */
export function clauseValueText({ value }: Pick<Clause, 'value'>): string {
  const text = valueText(value);
  return text === undefined ? 'is missing' : `has ${text}`;
}

/** The comparisons to list below a filter: none if its expression is one comparison, whose value follows it directly. */
export function listedClauses({ clauses }: ExplainedFilter): readonly Clause[] {
  return clauses.length > 1 ? clauses : [];
}
