import fc from 'fast-check';
import type { Condition, Operand } from '../../src/language/condition';
import { compileExpression, scopeOf } from '../../src/language/expression';
import { ExpressionSyntaxError } from '../../src/language/syntax-error';
import { naive } from './naive-expression';
import {
  type Choose,
  chooser,
  constants,
  printCondition,
  printOperand,
  randomExpressions,
} from './random-expressions';

// The runs are the same every time. Remove the seed to search further.
fc.configureGlobal({ seed: 20_260_731 });

type Document = Record<string, unknown>;

const { condition, values, documents } = randomExpressions(
  ['a', 'b', 'c', 'inside', '$_1', '__proto__', 'constructor', 'length'],
  ['in', 'NOT', 'null'],
);

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
