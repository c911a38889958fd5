import type { Condition, Operand } from './condition';
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
 * The comparisons of an expression in order of appearance, all of them, also those that no longer decide.
 * @throws ExpressionSyntaxError if `source` is not an expression
 */
export function clausesOf(source: string, scope: Scope): Clause[] {
  return clausesIn(parseExpression(source).condition, scope);
}

function clausesIn(condition: Condition, scope: Scope): Clause[] {
  if (condition.kind !== 'comparison') return condition.terms.flatMap((term) => clausesIn(term, scope));
  const { left, operator, right } = condition;
  return [
    {
      text: `${operandText(left)} ${operator} ${operandText(right)}`,
      value: valuesOf([left, right], scope),
      matches: compileCondition(condition)(scope),
    },
  ];
}

function valuesOf(operands: readonly Operand[], scope: Scope): unknown {
  const references = operands.flatMap(referencesIn);
  const values = references.map((path) => [pathText(path), plain(valueAt(path, scope))] as const);
  const [first] = values;
  if (!first) return null;
  return values.length === 1 ? first[1] : Object.fromEntries(values);
}

function referencesIn(operand: Operand): Extract<Operand, { kind: 'reference' }>['path'][] {
  if (operand.kind === 'list') return operand.items.flatMap(referencesIn);
  return operand.kind === 'reference' ? [operand.path] : [];
}

/** A group of fields, such as `worker.channel`, has no value of its own. */
const plain = (value: unknown) => (typeof value === 'function' ? null : value);
