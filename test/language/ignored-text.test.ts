import { compileExpression, scopeOf } from '../../src/language/expression';
import { ExpressionSyntaxError } from '../../src/language/syntax-error';

// TaskRouter's parser ignores some text that it does not understand (seen in workflows in production).

const attributes = { flag: true, line: '1', a: 'x', b: 'z' };
const evaluate = (source: string) => compileExpression(source).evaluate(scopeOf(attributes));

describe('text that TaskRouter ignores', () => {
  it.each([
    ['a rest after a complete expression', "a=='y' OR b=='z', '2'", [[16, ", '2'"]], true],
    ['a stray character before an operator', 'flag! = true', [[4, '!']], true],
    ['a stray character before a parenthesis', "*(line IN ['1'])", [[0, '*']], true],
    ['a stray character at the end', "a == 'x' #", [[9, '#']], true],
    ['a parenthesis too many', "(a == 'x'))", [[10, ')']], true],
    ['a second expression without AND or OR', "a == 'y' a == 'x'", [[9, "a == 'x'"]], false],
    ['a semicolon after it', "a == 'x';", [[8, ';']], true],
    [
      'several at once',
      "*(a! == 'x') )",
      [
        [0, '*'],
        [3, '!'],
        [13, ')'],
      ],
      true,
    ],
    ['a string in the rest that is not closed', "a == 'x' \"y", [[9, '"y']], true],
  ])('is %s', (_what, source, ignored, result) => {
    const expression = compileExpression(source);
    expect(expression.ignored.map(({ start, text }) => [start, text])).toEqual(ignored);
    expect(expression.source).toBe(source);
    expect(evaluate(source)).toBe(result);
  });

  it('is nothing inside a string', () => {
    const { ignored, evaluate: matches } = compileExpression('a == \'* ! # )\' OR b == "; z"');
    expect(ignored).toEqual([]);
    expect(matches(scopeOf({ a: '* ! # )' }))).toBe(true);
  });

  it('does not include part of a minus sign, or of HAS written as an arrow', () => {
    expect(compileExpression('n > -1 AND list >- 1').ignored).toEqual([]);
  });
});

describe('an expression whose remaining text would have another meaning', () => {
  it.each([
    ["a == 'x' AND"],
    ["a == 'x' OR ,"],
    ["a == 'x' && b == 'y'"],
    ["a == 'x' || b == 'y'"],
    ['a == 1 + 1'],
    ['a == 1 - 1'],
    ['a == 1 == 1'],
    ['a == b.c > 2'],
    ['a == 1e5'],
    ["!(a == 'x')"],
    ["!a == 'x'"],
    ["skill-level > 'x'"],
    ["größe == 'x'"],
    ['# # #'],
    ["a ## == 'x'"],
    ['*'],
  ])('is refused: %s', (source) => {
    expect(() => compileExpression(source)).toThrow(ExpressionSyntaxError);
  });
});
