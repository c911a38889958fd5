import type { Comparison, Condition, Operand, Path } from './condition';
import { isScalar, operators, type Scalar } from './operators';

/** What must hold of one attribute: it equals the value, it is an array with the value, or it exists and is not null. */
export type Requirement =
  | { readonly kind: 'equals' | 'has'; readonly path: Path; readonly value: Scalar }
  | { readonly kind: 'present'; readonly path: Path };

/** At least one of these holds. Without any, the condition is never true. */
export type Alternatives = readonly Requirement[];

/**
 * What a reference stands for: a value that is known already, null for a missing one; an attribute of the document, at
 * one of these paths; or undefined, if nothing can be said.
 */
export type Resolution = { readonly value: unknown } | { readonly paths: readonly Path[] } | undefined;
export type Resolve = (path: Path) => Resolution;

/** Longer lists are not worth an index entry for each value. */
const maxAlternatives = 100;
/** How many are derived at most: enough to choose from. */
const maxRequirements = 8;

/**
 * What must hold of a document for the condition to be true: every item of the list. So an index can leave out
 * conditions without evaluating them, but whether one is true is decided by evaluation alone. An empty list says nothing.
 */
export function requirementsOf(condition: Condition, resolve: Resolve): readonly Alternatives[] {
  if (condition.kind === 'comparison') {
    const alternatives = ofComparison(condition, resolve);
    return alternatives && alternatives.length <= maxAlternatives ? [alternatives] : [];
  }
  const terms = condition.terms.map((term) => requirementsOf(term, resolve));
  return (condition.kind === 'and' ? terms.flat() : ofAny(terms)).slice(0, maxRequirements);
}

/** A true OR has one true term: what is required is something of each term. */
function ofAny(terms: readonly (readonly Alternatives[])[]): readonly Alternatives[] {
  if (terms.length > maxAlternatives) return [];
  let combined: readonly Alternatives[] = [[]];
  for (const term of terms) {
    const longer = combined.flatMap((one) => term.map((other) => [...one, ...other]));
    combined = longer.filter(({ length }) => length <= maxAlternatives).slice(0, maxRequirements);
  }
  return combined;
}

const never: Alternatives = [];

/** Undefined if nothing is required. */
function ofComparison({ operator, left, right }: Comparison, resolve: Resolve): Alternatives | undefined {
  const [one, other] = [sideOf(left, resolve), sideOf(right, resolve)];
  if (isKnown(one) && isKnown(other)) return operators[operator](one.value, other.value) ? undefined : never;
  switch (operator) {
    case '==':
      return equality(one, other) ?? equality(other, one);
    case '!=':
      // A missing attribute is NULL, which differs from every other value.
      return isNull(one) ? present(other) : isNull(other) ? present(one) : undefined;
    case 'HAS':
      return membership(one, other);
    case 'IN':
      return membership(other, one);
    case 'NOT IN':
      return present(other);
    default:
      return ordering(one, other);
  }
}

function sideOf(operand: Operand, resolve: Resolve): Resolution {
  if (operand.kind === 'constant') return operand;
  if (operand.kind === 'reference') return resolve(operand.path);
  const items = operand.items.map((item) => sideOf(item, resolve));
  return items.every(isKnown) ? { value: items.map(({ value }) => value) } : undefined;
}

/** A missing attribute equals NULL, so NULL requires nothing. */
function equality(attribute: Resolution, known: Resolution): Alternatives | undefined {
  if (!isKnown(known) || isNull(known)) return undefined;
  if (!isScalar(known.value)) return never;
  return isAttribute(attribute) ? each(attribute, 'equals', [known.value]) : undefined;
}

function membership(list: Resolution, element: Resolution): Alternatives | undefined {
  if (isKnown(list)) return elementOf(list.value, element);
  if (!isKnown(element)) return present(list);
  if (!isScalar(element.value)) return never;
  return isAttribute(list) ? each(list, 'has', [element.value]) : undefined;
}

/** A missing attribute is NULL, which can be an element. */
function elementOf(list: unknown, element: Resolution): Alternatives | undefined {
  if (!Array.isArray(list)) return never;
  const values = list.filter(isScalar);
  return isAttribute(element) && !values.includes(null) ? each(element, 'equals', values) : undefined;
}

/** NULL has no order and contains nothing. */
function ordering(one: Resolution, other: Resolution): Alternatives | undefined {
  if (isNull(one) || isNull(other)) return never;
  return present(one) ?? present(other);
}

function present(side: Resolution): Alternatives | undefined {
  return isAttribute(side) ? side.paths.map((path) => ({ kind: 'present', path })) : undefined;
}

function each(
  { paths }: { readonly paths: readonly Path[] },
  kind: 'equals' | 'has',
  values: readonly Scalar[],
): Alternatives {
  return paths.flatMap((path) => values.map((value) => ({ kind, path, value })));
}

const isKnown = (side: Resolution): side is { readonly value: unknown } =>
  side !== undefined && 'value' in side;
const isAttribute = (side: Resolution): side is { readonly paths: readonly Path[] } =>
  side !== undefined && 'paths' in side;
const isNull = (side: Resolution): boolean => isKnown(side) && side.value === null;
