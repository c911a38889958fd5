import type { Path } from '../language/condition';
import { pathText } from '../language/operand-text';

/** Where an expression is used: a `queue` sees one worker, a `filter` the task, a `target` both. */
export type ExpressionScope = 'queue' | 'filter' | 'target';

/** Whose attribute an operand reads, and its path there. */
export interface AttributeReference {
  readonly owner: 'worker' | 'task';
  readonly path: Path;
  /** As the expression spells it. */
  readonly text: string;
}

/** Undefined for what is no attribute, such as the time of day. */
export function attributeOf(path: Path, scope: ExpressionScope): AttributeReference | undefined {
  const text = pathText(path);
  const [first, ...rest] = path;
  const inner = isPath(rest) ? rest : undefined;
  if (scope === 'queue') return { owner: 'worker', path: first === 'worker' && inner ? inner : path, text };
  if (first === 'taskrouter') return undefined;
  if (scope === 'filter') return { owner: 'task', path, text };
  return (first === 'task' || first === 'worker') && inner ? { owner: first, path: inner, text } : undefined;
}

const isPath = (steps: readonly (string | number)[]): steps is Path => typeof steps[0] === 'string';
