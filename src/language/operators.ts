import type { ComparisonOperator } from './condition';

export type Scalar = string | number | boolean | null;

/**
 * Documented: a scalar operator with an array, and an array operator without one, are false, including `!=` and
 * NOT IN. CONTAINS is for strings, HAS and IN are for elements. Our choices: NULL equals only NULL. Values of different
 * types are unequal, have no order, and are never converted; booleans and NULL have no order either. An object, like an
 * array, makes a scalar operator false, and is never an element.
 */
export const operators: Readonly<Record<ComparisonOperator, (left: unknown, right: unknown) => boolean>> = {
  '==': (left, right) => left === right && isScalar(left),
  '!=': (left, right) => left !== right && isScalar(left) && isScalar(right),
  '>': (left, right) => order(left, right) > 0,
  '>=': (left, right) => order(left, right) >= 0,
  '<': (left, right) => order(left, right) < 0,
  '<=': (left, right) => order(left, right) <= 0,
  CONTAINS: (left, right) => typeof left === 'string' && typeof right === 'string' && left.includes(right),
  HAS: (left, right) => Array.isArray(left) && isScalar(right) && left.includes(right),
  IN: (left, right) => Array.isArray(right) && isScalar(left) && right.includes(left),
  'NOT IN': (left, right) => Array.isArray(right) && isScalar(left) && !right.includes(left),
};

/** NULL is a scalar. */
export function isScalar(value: unknown): value is Scalar {
  return value === null || (typeof value !== 'object' && typeof value !== 'function');
}

/** Negative, zero, or positive; NaN, for which every ordering operator is false, if the two have no order. */
function order(left: unknown, right: unknown): number {
  if (typeof left === 'number' && typeof right === 'number') return left === right ? 0 : left - right;
  if (typeof left === 'string' && typeof right === 'string') return orderOfStrings(left, right);
  return Number.NaN;
}

/** By code point; JavaScript's own `<` compares UTF-16 units, which puts 😀 before ﬀ. */
function orderOfStrings(left: string, right: string): number {
  if (left === right) return 0;
  if (!surrogate.test(left) && !surrogate.test(right)) return left < right ? -1 : 1;
  for (let at = 0; at < left.length && at < right.length; at += 1) {
    const difference = (left.codePointAt(at) ?? 0) - (right.codePointAt(at) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** Half of a character outside the Basic Multilingual Plane. */
const surrogate = /[\ud800-\udfff]/;
