import type { ComparisonOperator, Condition, Operand } from '../../src/language/condition';

type Document = Record<string, unknown>;

type Kind = 'null' | 'string' | 'number' | 'boolean' | 'array' | 'object';

function kindOf(value: unknown): Kind {
  if (value === undefined || value === null) return 'null';
  return Array.isArray(value) ? 'array' : (typeof value as Kind);
}

function naiveOperand(operand: Operand, document: Document): unknown {
  if (operand.kind === 'constant') return operand.value;
  if (operand.kind === 'list') return operand.items.map((item) => naiveOperand(item, document));
  let value: unknown = document;
  for (const step of operand.path) {
    const wanted = typeof step === 'number' ? 'array' : 'object';
    const entries = kindOf(value) === wanted ? Object.entries(value as object) : [];
    value = entries.find(([key]) => key === String(step))?.[1];
  }
  return value;
}

function sameScalar(left: unknown, right: unknown): boolean {
  if (kindOf(left) !== kindOf(right)) return false;
  return JSON.stringify([left ?? null]) === JSON.stringify([right ?? null]);
}

function naiveOrder(left: unknown, right: unknown): number | undefined {
  if (kindOf(left) !== kindOf(right)) return undefined;
  if (kindOf(left) === 'number') return Math.sign(Number(left) - Number(right));
  if (kindOf(left) !== 'string') return undefined;
  const [ofLeft, ofRight] = [left, right].map((text) =>
    Array.from(String(text), (character) => character.codePointAt(0) ?? 0),
  );
  for (const [at, code] of (ofLeft ?? []).entries()) {
    const other = ofRight?.[at];
    if (other === undefined || code > other) return 1;
    if (code < other) return -1;
  }
  return ofLeft?.length === ofRight?.length ? 0 : -1;
}

function naiveContains(left: unknown, right: unknown): boolean {
  if (typeof left !== 'string' || typeof right !== 'string') return false;
  return Array.from({ length: left.length + 1 }, (_, at) => left.slice(at, at + right.length)).includes(
    right,
  );
}

function naiveComparison(operator: ComparisonOperator, left: unknown, right: unknown): boolean {
  const structured = (value: unknown) => ['array', 'object'].includes(kindOf(value));
  const elementOf = (list: unknown, value: unknown) =>
    (list as unknown[]).some((element) => !structured(element) && sameScalar(element, value));
  if (operator === 'HAS') return kindOf(left) === 'array' && !structured(right) && elementOf(left, right);
  if (operator === 'IN') return kindOf(right) === 'array' && !structured(left) && elementOf(right, left);
  if (operator === 'NOT IN') return kindOf(right) === 'array' && !structured(left) && !elementOf(right, left);
  if (structured(left) || structured(right)) return false;
  if (operator === '==') return sameScalar(left, right);
  if (operator === '!=') return !sameScalar(left, right);
  if (operator === 'CONTAINS') return naiveContains(left, right);
  const order = naiveOrder(left, right);
  if (order === undefined) return false;
  return { '>': order === 1, '>=': order >= 0, '<': order === -1, '<=': order <= 0 }[operator];
}

/**
 * An independent evaluator: it reads the published table row by row, slowly, and shares no code with the
 * engine. It works on the tree that the expression was printed from, so it does not depend on the parser either.
 */
export function naive(condition: Condition, document: Document): boolean {
  if (condition.kind === 'comparison') {
    const { operator, left, right } = condition;
    return naiveComparison(operator, naiveOperand(left, document), naiveOperand(right, document));
  }
  const values = condition.terms.map((term) => naive(term, document));
  return condition.kind === 'and' ? !values.includes(false) : values.includes(true);
}
