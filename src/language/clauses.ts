import { type Comparison, comparisonsOf, type Operand, pathsOf } from './condition';
import { compileCondition, type Scope, valueAt } from './expression';
import { parseExpression } from './expression-syntax';
import { operandText, pathText } from './operand-text';

/** One comparison of an expression, and how it came out for one document. */
export interface Clause {
  /** As an expression spells it, for example `languages HAS "es"`. */
  readonly text: string;
  /** What the attribute held; null if it is missing. With two attributes, both values by their names. */
  readonly value: unknown;
  readonly matches: boolean;
}

/**
 * Reads an expression once, for many documents. The comparisons are in order of appearance, all of them, also those that
 * no longer decide.
 * @throws ExpressionSyntaxError if `source` is not an expression
 */
export function compileClauses(source: string): (scope: Scope) => Clause[] {
  const clauses = comparisonsOf(parseExpression(source).condition).map(compileClause);
  return (scope) => clauses.map((clause) => clause(scope));
}

function compileClause(comparison: Comparison): (scope: Scope) => Clause {
  const { left, operator, right } = comparison;
  const matches = compileCondition(comparison);
  const text = `${operandText(left)} ${operator} ${operandText(right)}`;
  return (scope) => ({ text, value: valuesOf([left, right], scope), matches: matches(scope) });
}

function valuesOf(operands: readonly Operand[], scope: Scope): unknown {
  const references = operands.flatMap(pathsOf);
  const values = references.map((path) => [pathText(path), plain(valueAt(path, scope))] as const);
  const [first] = values;
  if (!first) return null;
  return values.length === 1 ? first[1] : Object.fromEntries(values);
}

/** A group of fields, such as `worker.channel`, has no value of its own. */
const plain = (value: unknown) => (typeof value === 'function' ? null : value);
