import fc from 'fast-check';
import type { ComparisonOperator, Condition, Operand, Path } from '../../src/language/condition';

type Document = Record<string, unknown>;

const operatorSpellings: Record<ComparisonOperator, readonly string[]> = {
  '==': ['==', '='],
  '!=': ['!='],
  '>': ['>'],
  '>=': ['>='],
  '<': ['<'],
  '<=': ['<='],
  CONTAINS: ['CONTAINS', 'contains'],
  HAS: ['HAS', 'Has', '>-'],
  IN: ['IN', 'in', '<-'],
  'NOT IN': ['NOT IN', 'not  In'],
};

// Few values, so that expressions often match documents.
const strings = fc.oneof(
  fc.constantFrom('a', 'b', 'ab'),
  fc.constantFrom('', 'a', 'ab', 'b', "'", '"', '\\', '\\"', "\\'", 'é', '\u{1F600}', '\uFB00', '\uD83D'),
  fc.string({ unit: 'binary', maxLength: 4 }),
);
const numbers = fc.oneof(
  fc.constantFrom(0, 1, -1),
  fc.integer({ min: -300, max: 300 }).map((hundredths) => hundredths / 100),
);
export const constants = fc.oneof(strings, numbers, fc.boolean(), fc.constant(null));

const constantOf = (value: string | number | boolean | null): Operand => ({ kind: 'constant', value });
const comparisonOf = (
  operator: fc.Arbitrary<ComparisonOperator>,
  left: fc.Arbitrary<Operand>,
  right: fc.Arbitrary<Operand>,
): fc.Arbitrary<Condition> => fc.record({ kind: fc.constant('comparison' as const), operator, left, right });

/** Conditions and documents with these names for attributes, and the same and these below a dot. */
export function randomExpressions(names: readonly string[], moreBelowDot: readonly string[] = []) {
  const belowDot = [...names, ...moreBelowDot];
  const paths: fc.Arbitrary<Path> = fc
    .tuple(
      fc.constantFrom(...names),
      fc.array(fc.oneof(fc.constantFrom(...belowDot), fc.nat(2)), { maxLength: 3 }),
    )
    .map(([first, steps]) => [first, ...steps]);

  const operands = fc.letrec<{ operand: Operand; list: Operand }>((tie) => ({
    operand: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      constants.map(constantOf),
      paths.map((path): Operand => ({ kind: 'reference', path })),
      tie('list'),
    ),
    list: fc.array(tie('operand'), { maxLength: 4 }).map((items): Operand => ({ kind: 'list', items })),
  }));

  const { operand, list } = operands;
  const text = strings.map(constantOf);
  const number = numbers.map(constantOf);
  const ofScalars = fc.constantFrom<ComparisonOperator>('==', '!=', '>', '>=', '<', '<=', 'CONTAINS');

  /** Operands of every type. Half of them suit the operator, because it is seldom true for the others. */
  const comparison = fc.oneof(
    {
      weight: 5,
      arbitrary: comparisonOf(
        fc.constantFrom(...(Object.keys(operatorSpellings) as ComparisonOperator[])),
        operand,
        operand,
      ),
    },
    comparisonOf(ofScalars, text, text),
    comparisonOf(ofScalars, number, number),
    comparisonOf(fc.constant('CONTAINS'), text, text),
    comparisonOf(fc.constant('HAS'), list, constants.map(constantOf)),
    comparisonOf(fc.constantFrom('IN', 'NOT IN'), constants.map(constantOf), list),
  );

  const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
    condition: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      comparison,
      fc.record({
        kind: fc.constantFrom('and' as const, 'or' as const),
        terms: fc.array(tie('condition'), { minLength: 2, maxLength: 4 }),
      }),
    ),
  }));

  const values = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      constants,
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom(...belowDot, '0', '1'), tie('value'), { maxKeys: 4 }),
    ),
  })).value;

  /** Objects as JSON.parse creates them, so that `__proto__` can be an own key. */
  const documents = fc
    .dictionary(fc.constantFrom(...names), values, { noNullPrototype: true })
    .map((document): Document => JSON.parse(JSON.stringify(document)));

  return { condition, values, documents };
}

/** Chooses among spellings, so that one condition is printed in several ways. */
export type Choose = (spellings: readonly string[]) => string;

export const chooser = fc.infiniteStream(fc.nat(11)).map(
  (stream): Choose =>
    (spellings) =>
      spellings[stream.next().value % spellings.length] ?? '',
);

export function printOperand(operand: Operand, choose: Choose): string {
  if (operand.kind === 'list') {
    return `[${operand.items.map((item) => printOperand(item, choose)).join(choose([',', ' , ']))}]`;
  }
  if (operand.kind === 'reference') {
    return operand.path.reduce<string>(
      (text, step, at) =>
        at === 0 ? `${step}` : typeof step === 'number' ? `${text}[${step}]` : `${text}.${step}`,
      '',
    );
  }
  const { value } = operand;
  if (typeof value !== 'string') return `${value}`;
  const escaped = value.replaceAll('\\', '\\\\');
  return choose([`"${escaped.replaceAll('"', '\\"')}"`, `'${escaped.replaceAll("'", "\\'")}'`]);
}

/** Adds parentheses only where OR is nested in AND, or an operator in itself, plus some redundant ones. */
export function printCondition(condition: Condition, choose: Choose): string {
  if (condition.kind === 'comparison') {
    const [left, right] = [printOperand(condition.left, choose), printOperand(condition.right, choose)];
    return `${left} ${choose(operatorSpellings[condition.operator])} ${right}`;
  }
  const terms = condition.terms.map((term) => {
    const printed = printCondition(term, choose);
    const bare = term.kind === 'comparison' || (term.kind === 'and' && condition.kind === 'or');
    return bare ? choose([printed, printed, `(${printed})`]) : `( ${printed} )`;
  });
  return terms.join(choose(condition.kind === 'and' ? [' AND ', ' and '] : [' OR ', '\nOr ']));
}
