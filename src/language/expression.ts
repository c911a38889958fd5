import type { ComparisonOperator, Condition, Operand, Path } from './condition';
import { parseExpression } from './expression-syntax';
import type { Span } from './span';

/** A compiled expression: a predicate over a document of attributes. */
export interface Expression {
  readonly source: string;
  /** The paths it reads, each once, in order of appearance, for example `worker.channel.voice.assigned_tasks`, `a.b[2].c`. */
  readonly references: readonly string[];
  /** Text that counts for nothing, because TaskRouter reads past it. */
  readonly ignored: readonly Span[];
  /** Never throws for JSON values. */
  evaluate(scope: Scope): boolean;
}

/**
 * Returns the value of the first name of a reference, for example `languages` or `task`; undefined if there is none.
 * The rest of the path is followed here, through own properties only. A function, so that a caller can combine fields,
 * attributes, and counts without copying them.
 */
export type Scope = (name: string) => unknown;

type Read = (scope: Scope) => unknown;
type Predicate = (scope: Scope) => boolean;

/**
 * Compiles an expression into closures, once for many documents. Unknown names are allowed: like the service, which
 * accepts `level HAS "support"` for a number (it never matches), this checks the syntax alone.
 * @throws ExpressionSyntaxError if `source` is not an expression
 */
export function compileExpression(source: string): Expression {
  const references = new Set<string>();
  const { condition, ignored } = parseExpression(source);
  const predicate = compileCondition(condition, references);
  const evaluate = references.size === 0 ? always(predicate(() => undefined)) : predicate;
  return { source, references: [...references], ignored, evaluate };
}

/** The scope of one JSON object whose attributes have no prefix, for example a task's in a filter. */
export function scopeOf(attributes: object): Scope {
  return (name) => member(attributes, name);
}

function compileCondition(condition: Condition, references: Set<string>): Predicate {
  if (condition.kind === 'comparison') {
    const operator = operators[condition.operator];
    const left = compileOperand(condition.left, references);
    const right = compileOperand(condition.right, references);
    return (scope) => operator(left(scope), right(scope));
  }
  const terms = condition.terms.map((term) => compileCondition(term, references));
  return untilOne(terms, condition.kind === 'or');
}

/** AND stops at the first false term, OR at the first true one. A loop, because a thousand terms must not fill the call stack. */
function untilOne(terms: readonly Predicate[], decisive: boolean): Predicate {
  return (scope) => {
    for (const term of terms) if (term(scope) === decisive) return decisive;
    return !decisive;
  };
}

function compileOperand(operand: Operand, references: Set<string>): Read {
  if (operand.kind === 'constant') return always(operand.value);
  if (operand.kind === 'reference') return compileReference(operand.path, references);
  const items = operand.items.map((item) => compileOperand(item, references));
  const list: Read = (scope) => items.map((item) => item(scope));
  return isConstant(operand) ? always(list(() => undefined)) : list;
}

function isConstant(operand: Operand): boolean {
  return operand.kind === 'list' ? operand.items.every(isConstant) : operand.kind === 'constant';
}

/** A missing key, an index out of range, and a path through a scalar are NULL. */
function compileReference(path: Path, references: Set<string>): Read {
  const [first, ...steps] = path;
  references.add(first + steps.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join(''));
  return (scope) => {
    let value = scope(first);
    for (const step of steps) value = member(value, step);
    return value ?? null;
  };
}

/** Names read objects and indexes read arrays: `length` of a list and `constructor` of anything are missing. */
function member(value: unknown, step: string | number): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value) !== (typeof step === 'number') || !Object.hasOwn(value, step)) return undefined;
  return (value as Record<string | number, unknown>)[step];
}

function always<T>(value: T): () => T {
  return () => value;
}

/**
 * Documented: a scalar operator with an array, and an array operator without one, are false, including `!=` and
 * NOT IN. CONTAINS is for strings, HAS and IN are for elements. Our choices: NULL equals only NULL. Values of different
 * types are unequal, have no order, and are never converted; booleans and NULL have no order either. An object, like an
 * array, makes a scalar operator false, and is never an element.
 */
const operators: Readonly<Record<ComparisonOperator, (left: unknown, right: unknown) => boolean>> = {
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
function isScalar(value: unknown): boolean {
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
  for (let at = 0; at < left.length && at < right.length; at += 1) {
    const difference = (left.codePointAt(at) ?? 0) - (right.codePointAt(at) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
