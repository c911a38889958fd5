import { compileExpression } from '../../src/language/expression';
import { NESTING_LIMIT } from '../../src/language/grammar';
import { ExpressionSyntaxError } from '../../src/language/syntax-error';

const constantly = (source: string) => compileExpression(source).evaluate(() => undefined);

function syntaxErrorOf(source: string): ExpressionSyntaxError {
  try {
    compileExpression(source);
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return error;
    throw error;
  }
  throw new Error(`accepted: ${source}`);
}

describe('a syntax error', () => {
  const operand = "'[', CONSTANT, NUMBER, REFERENCE, STRING";

  it.each([
    ['a hyphen before a digit', 'skill-2 > 3', "extraneous input '-2' expecting OPERATOR", 5],
    ['an empty source', '', `mismatched input '<EOF>' expecting {'(', ${operand}}`, 0],
    ['a blank source', ' \t\n', `mismatched input '<EOF>' expecting {'(', ${operand}}`, 3],
    ['a bare reference', 'vip', "mismatched input '<EOF>' expecting OPERATOR", 3],
    ['a bare constant', 'true', "mismatched input '<EOF>' expecting OPERATOR", 4],
    ['a missing right side', 'a ==', `mismatched input '<EOF>' expecting {${operand}}`, 4],
    ['a missing left side', '== 1', `extraneous input '==' expecting {'(', ${operand}}`, 0],
    ['NOT as a prefix', 'NOT a == 1', `extraneous input 'NOT' expecting {'(', ${operand}}`, 0],
    ['NOT without IN', 'a NOT HAS 1', "extraneous input 'NOT' expecting OPERATOR", 2],
    ['a function', 'size(a) == 2', "mismatched input '(' expecting OPERATOR", 4],
    ['a regular expression', 'a MATCHES "b"', "mismatched input 'MATCHES' expecting OPERATOR", 2],
    ['an operator twice', 'a == == 1', `extraneous input '==' expecting {${operand}}`, 5],
    ['=== twice over', 'a === 1', `extraneous input '=' expecting {${operand}}`, 4],
    ['a comparison of comparisons', 'a == 1 == 1', "mismatched input '==' expecting {<EOF>, AND, OR}", 7],
    ['an open parenthesis', '(a == 1', "mismatched input '<EOF>' expecting {')', AND, OR}", 7],
    ['an operand in parentheses', '(a) == 1', "extraneous input ')' expecting OPERATOR", 2],
    ['an open list', 'a IN [1', "mismatched input '<EOF>' expecting {',', ']'}", 7],
    ['a comma too many', 'a IN [1,]', `mismatched input ']' expecting {${operand}}`, 8],
    ['a list without commas', 'a IN [1 2]', "extraneous input '2' expecting {',', ']'}", 8],
    ['an open string', 'a == "b c', `mismatched input '"b c' expecting {${operand}}`, 5],
    [
      'a string closed by an escaped quote',
      "a == 'b\\'",
      `mismatched input ''b\\'' expecting {${operand}}`,
      5,
    ],
    ['a keyword as a name', 'in == 1', `mismatched input 'in' expecting {'(', ${operand}}`, 0],
    ['a keyword as a name, in any case', 'a IN Or', `mismatched input 'Or' expecting {${operand}}`, 5],
    ['a keyword run into a name', 'a HASb', "mismatched input 'HASb' expecting OPERATOR", 2],
    ['NOT run into IN', 'a NOTIN b', "mismatched input 'NOTIN' expecting OPERATOR", 2],
    ['a negative index', 'a[-1] == 1', "mismatched input '[' expecting OPERATOR", 1],
    ['a dot without a name', 'a. == 1', "extraneous input '.' expecting OPERATOR", 1],
    ['a number without an integer part', 'a == .5', `extraneous input '.' expecting {${operand}}`, 5],
    ['an exponent', 'a == 1e5', "extraneous input 'e5' expecting {<EOF>, AND, OR}", 6],
  ])('is %s', (_what, source, message, offset) => {
    const error = syntaxErrorOf(source);
    expect(error.message).toBe(`${message} (column ${error.offset + 1})`);
    expect(error).toMatchObject({ name: 'ExpressionSyntaxError', source, offset });
  });

  it.each([
    ['a hyphen in a name', 'skill-level > 3', '-l', "extraneous input 'evel' expecting OPERATOR", 7],
    ['arithmetic', 'a + 1 == 2', '+', "extraneous input '1' expecting OPERATOR", 4],
    ['subtraction', 'a - 1 == 2', '-', "extraneous input '1' expecting OPERATOR", 4],
    ['a lone exclamation mark', '!a == 1', '!a', `extraneous input '==' expecting {'(', ${operand}}`, 3],
    ['&& for AND', 'a == 1 && b == 1', '&&', "mismatched input 'b' expecting {<EOF>, AND, OR}", 10],
    ['a letter outside ASCII', 'größe == 1', 'öß', "extraneous input 'e' expecting OPERATOR", 4],
    ['a character of two units', 'a 😀b == 1', '😀', "extraneous input 'b' expecting OPERATOR", 4],
  ])('is %s, located after the text that the tokenizer drops', (_what, source, dropped, message, offset) => {
    const error = syntaxErrorOf(source);
    expect(error.message).toBe(`${message} (column ${offset + 1}, behind unreadable '${dropped}')`);
    expect(error).toMatchObject({ source, offset });
  });

  it('quotes no more than sixty characters', () => {
    expect(syntaxErrorOf(`a == "${'b'.repeat(1000)}`).message).toContain(
      `input '"${'b'.repeat(58)}…' expecting`,
    );
  });

  it('is nesting beyond the limit, with parentheses and lists counted together', () => {
    const nest = (parentheses: number, lists: number) =>
      `${'('.repeat(parentheses)}1 IN ${'['.repeat(lists)}1${']'.repeat(lists)}${')'.repeat(parentheses)}`;
    expect(constantly(nest(NESTING_LIMIT - 1, 1))).toBe(true);
    expect(constantly(nest(1, NESTING_LIMIT - 1))).toBe(false);
    expect(syntaxErrorOf(nest(NESTING_LIMIT, 1)).message).toMatch(
      /^nested more than 200 levels deep \(column /,
    );
    expect(syntaxErrorOf(nest(1, NESTING_LIMIT)).message).toMatch(
      /^nested more than 200 levels deep \(column /,
    );
  });

  it('does not depend on the number of brackets that close before others open', () => {
    expect(constantly(Array(1000).fill('(1 IN [1])').join(' AND '))).toBe(true);
  });

  it.each(['(', '[', '1 IN [', 'a == 1 AND ('])('is %s repeated ten thousand times', (opening) => {
    expect(syntaxErrorOf(opening.repeat(10_000)).source).toHaveLength(10_000 * opening.length);
  });

  it('is an unclosed string of a thousand backslashes, at once', () => {
    for (const quote of ['"', "'"]) expect(syntaxErrorOf(quote + '\\'.repeat(1000)).offset).toBe(0);
  });

  it('is ten thousand parentheses around a true expression', () => {
    const error = syntaxErrorOf(`${'('.repeat(10_000)}1 == 1${')'.repeat(10_000)}`);
    expect(error).toMatchObject({ message: 'nested more than 200 levels deep (column 201)', offset: 200 });
  });
});
