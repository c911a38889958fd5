import fc from 'fast-check';
import type { ComparisonOperator, Condition, Operand, Path } from '../../src/language/condition';
import { compileExpression, scopeOf } from '../../src/language/expression';
import { ExpressionSyntaxError } from '../../src/language/syntax-error';
import { naive } from './naive-expression';

// The runs are the same every time. Remove the seed to search further.
fc.configureGlobal({ seed: 20_260_731 });

type Document = Record<string, unknown>;

const names = ['a', 'b', 'c', 'inside', '$_1', '__proto__', 'constructor', 'length'];
const belowDot = [...names, 'in', 'NOT', 'null'];
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
const constants = fc.oneof(strings, numbers, fc.boolean(), fc.constant(null));

const paths: fc.Arbitrary<Path> = fc
  .tuple(
    fc.constantFrom(...names),
    fc.array(fc.oneof(fc.constantFrom(...belowDot), fc.nat(2)), { maxLength: 3 }),
  )
  .map(([first, steps]) => [first, ...steps]);

const constantOf = (value: string | number | boolean | null): Operand => ({ kind: 'constant', value });
const operands = fc.letrec<{ operand: Operand; list: Operand }>((tie) => ({
  operand: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    constants.map(constantOf),
    paths.map((path): Operand => ({ kind: 'reference', path })),
    tie('list'),
  ),
  list: fc.array(tie('operand'), { maxLength: 4 }).map((items): Operand => ({ kind: 'list', items })),
}));

const comparisonOf = (
  operator: fc.Arbitrary<ComparisonOperator>,
  left: fc.Arbitrary<Operand>,
  right: fc.Arbitrary<Operand>,
): fc.Arbitrary<Condition> => fc.record({ kind: fc.constant('comparison' as const), operator, left, right });

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

/** Chooses among spellings, so that one condition is printed in several ways. */
type Choose = (spellings: readonly string[]) => string;

const chooser = fc.infiniteStream(fc.nat(11)).map(
  (stream): Choose =>
    (spellings) =>
      spellings[stream.next().value % spellings.length] ?? '',
);

function printOperand(operand: Operand, choose: Choose): string {
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
function printCondition(condition: Condition, choose: Choose): string {
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

const compile = (condition: Condition, choose: Choose) =>
  compileExpression(printCondition(condition, choose));

describe('any expression', () => {
  it('has the meaning in the table of meanings, however it is spelled', () => {
    fc.assert(
      fc.property(condition, chooser, documents, (condition, choose, document) => {
        expect(compile(condition, choose).evaluate(scopeOf(document))).toBe(naive(condition, document));
      }),
      { numRuns: 2000 },
    );
  });

  it('lists exactly the references it contains', () => {
    const pathsOf = (part: Condition | Operand): string[] => {
      if (part.kind === 'reference') return [printOperand(part, () => '')];
      if (part.kind === 'comparison') return [part.left, part.right].flatMap(pathsOf);
      if (part.kind === 'constant') return [];
      return (part.kind === 'list' ? part.items : part.terms).flatMap(pathsOf);
    };
    fc.assert(
      fc.property(condition, chooser, (condition, choose) => {
        expect(compile(condition, choose).references).toEqual([...new Set(pathsOf(condition))]);
      }),
    );
  });

  it('evaluates without throwing on any JSON document', () => {
    const anyDocument = fc.jsonValue().filter((value) => typeof value === 'object' && value !== null);
    fc.assert(
      fc.property(condition, chooser, anyDocument, (condition, choose, document) => {
        expect(typeof compile(condition, choose).evaluate(scopeOf(document as Document))).toBe('boolean');
      }),
    );
  });
});

describe('NOT IN', () => {
  it('is the negation of IN between a scalar and an array', () => {
    const list = fc.array(values, { maxLength: 5 });
    const [isIn, isNotIn] = [compileExpression('x IN list'), compileExpression('x NOT IN list')];
    fc.assert(
      fc.property(constants, list, (x, list) => {
        const scope = scopeOf({ x, list });
        expect(isNotIn.evaluate(scope)).toBe(!isIn.evaluate(scope));
      }),
    );
  });

  it('is false whenever IN is false for other operands', () => {
    const array = fc.array(values, { maxLength: 3 });
    const notScalarInArray = fc.oneof(fc.tuple(values, constants), fc.tuple(array, values));
    const [isIn, isNotIn] = [compileExpression('x IN list'), compileExpression('x NOT IN list')];
    fc.assert(
      fc.property(notScalarInArray, ([x, list]) => {
        const scope = scopeOf({ x, list });
        expect([isIn.evaluate(scope), isNotIn.evaluate(scope)]).toEqual([false, false]);
      }),
    );
  });
});

describe('any text', () => {
  const pieces = fc.constantFrom(
    ...[
      '(',
      ')',
      '[',
      ']',
      ',',
      '.',
      '==',
      '=',
      '!=',
      '!',
      '>',
      '-',
      '>-',
      '<-',
      'AND',
      'or',
      'NOT',
      'IN',
      'HAS',
      '😀',
    ],
    ...[
      'a',
      'task',
      'true',
      'null',
      '1',
      '-2.5',
      '"x"',
      "'",
      '"',
      '\\',
      ' ',
      '\n',
      '\u00a0',
      '#',
      'é',
      '+',
      '1 == 1',
    ],
  );
  const texts = fc.oneof(
    fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join('')),
    fc.string({ unit: 'binary' }),
  );

  it('is either an expression or a syntax error that names a place in the text', () => {
    fc.assert(
      fc.property(texts, (source) => {
        try {
          expect(typeof compileExpression(source).evaluate(() => undefined)).toBe('boolean');
        } catch (error) {
          if (!(error instanceof ExpressionSyntaxError)) throw error;
          const { message, offset } = error;
          expect(message).toMatch(
            /^(extraneous|mismatched) input '.+' expecting |^token recognition error at '.+'/s,
          );
          expect(message).toContain(`(column ${offset + 1}`);
          expect(offset).toBeLessThanOrEqual(source.length);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('is parsed or refused at any nesting depth', () => {
    const shells = fc.constantFrom(
      ['(', ')'],
      ['1 IN [', ']'],
      ['1 IN [[', ']]'],
      ['a == 1 AND (', ')'],
      ['(', ''],
    );
    fc.assert(
      fc.property(shells, fc.nat(10_000), ([open = '', close = ''], depth) => {
        const source = `${open.repeat(depth)}1 == 1${close.repeat(depth)}`;
        try {
          compileExpression(source).evaluate(() => 1);
        } catch (error) {
          expect(error).toBeInstanceOf(ExpressionSyntaxError);
        }
      }),
      { numRuns: 50 },
    );
  });
});
