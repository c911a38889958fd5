import {
  type Comparison,
  type ComparisonOperator,
  type Condition,
  constantOf,
  isConstant,
  type Operand,
} from './condition';
import { pathText } from './operand-text';
import { operators } from './operators';

/** Our choice: pairs of conditions compared before the answer is "unknown". Enough for hundreds of terms. */
const maxSteps = 20_000;

/**
 * Whether every document that satisfies `left` also satisfies `right`, as far as their forms show it. False means
 * unknown: numbers, texts, and lists of constants are compared, and nothing else is calculated.
 */
export function implies(left: Condition, right: Condition): boolean {
  return new Implication().holds(left, right);
}

/** Whether no document satisfies the condition, as far as its form shows it. */
export function isNeverTrue(condition: Condition): boolean {
  if (condition.kind === 'or') return condition.terms.every(isNeverTrue);
  if (condition.kind === 'comparison') return constantResult(condition) === false;
  const comparisons = condition.terms.filter((term): term is Comparison => term.kind === 'comparison');
  return (
    condition.terms.some(isNeverTrue) ||
    comparisons.some((one) => comparisons.some((other) => excludeEachOther(one, other)))
  );
}

class Implication {
  private steps = 0;

  holds(left: Condition, right: Condition): boolean {
    this.steps += 1;
    if (this.steps > maxSteps) return false;
    if (right.kind === 'comparison' && constantResult(right) === true) return true;
    if (right.kind === 'and') return right.terms.every((term) => this.holds(left, term));
    if (left.kind === 'or') return left.terms.every((term) => this.holds(term, right));
    if (right.kind === 'or' && right.terms.some((term) => this.holds(left, term))) return true;
    if (left.kind === 'and') return left.terms.some((term) => this.holds(term, right));
    return left.kind === 'comparison' && right.kind === 'comparison' && comparisonImplies(left, right);
  }
}

function comparisonImplies(left: Comparison, right: Comparison): boolean {
  const one = statementOf(left);
  const other = statementOf(right);
  if (one.text === other.text) return true;
  if (one.reference === null || one.reference !== other.reference) return false;
  const values = onlyValues(one);
  if (values) return values.every((value) => operators[other.operator](value, other.constant));
  return isNarrower(one, other);
}

/** What a comparison says. */
interface Statement {
  /** Conditions come from one parser, so equal ones have the same text. */
  readonly text: string;
  /** The one attribute that is compared with a constant; null if two are compared, or none. */
  readonly reference: string | null;
  readonly operator: ComparisonOperator;
  readonly constant: unknown;
}

/** A filter is compared with hundreds of others. */
const statements = new WeakMap<Comparison, Statement>();

function statementOf(comparison: Comparison): Statement {
  let statement = statements.get(comparison);
  if (!statement) {
    statement = { text: JSON.stringify(comparison), ...aboutReference(comparison) };
    statements.set(comparison, statement);
  }
  return statement;
}

/** `"es" == language` says the same as `language == "es"`. */
function aboutReference({ left, operator, right }: Comparison): Omit<Statement, 'text'> {
  const constant = knownValue(right);
  if (left.kind === 'reference' && constant)
    return { reference: pathText(left.path), operator, constant: constant.value };
  const first = knownValue(left);
  if (right.kind !== 'reference' || !first || (operator !== '==' && operator !== '!='))
    return { reference: null, operator, constant: undefined };
  return { reference: pathText(right.path), operator, constant: first.value };
}

/** The values that the attribute can have; undefined if there is no end to them. */
function onlyValues({ operator, constant }: Statement): readonly unknown[] | undefined {
  if (operator === '==') return [constant];
  return operator === 'IN' && Array.isArray(constant) && constant.length > 0 ? constant : undefined;
}

/** `level > 5` is narrower than `level > 3`. */
function isNarrower(one: Statement, other: Statement): boolean {
  const { constant: a } = one;
  const { constant: b } = other;
  if (typeof a !== 'number' || typeof b !== 'number' || one.operator[0] !== other.operator[0]) return false;
  const excludesEqual = one.operator.length === 1 || other.operator.length === 2;
  if (one.operator[0] === '>') return a > b || (a === b && excludesEqual);
  return one.operator[0] === '<' && (a < b || (a === b && excludesEqual));
}

/** `language == "es" AND language == "en"`. */
function excludeEachOther(left: Comparison, right: Comparison): boolean {
  const one = statementOf(left);
  const other = statementOf(right);
  if (one.reference === null || one.reference !== other.reference) return false;
  return onlyValues(one)?.every((value) => !operators[other.operator](value, other.constant)) ?? false;
}

/** The result of a comparison without attributes, such as `1==1`; undefined for every other. */
function constantResult({ left, operator, right }: Comparison): boolean | undefined {
  const [one, other] = [knownValue(left), knownValue(right)];
  return one && other && operators[operator](one.value, other.value);
}

/** Undefined for an operand with an attribute. */
const knownValue = (operand: Operand): { readonly value: unknown } | undefined =>
  isConstant(operand) ? { value: constantOf(operand) } : undefined;
