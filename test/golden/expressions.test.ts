import { compileExpression, scopeOf } from '../../src/language/expression';
import { ExpressionSyntaxError } from '../../src/language/syntax-error';

const evaluate = (source: string, attributes: object) =>
  compileExpression(source).evaluate(scopeOf(attributes));

describe('https://www.twilio.com/docs/taskrouter/expression-syntax', () => {
  it.each<[string, object, boolean]>([
    [
      "(skills HAS 'support') AND (languages HAS 'english')",
      { skills: ['support'], languages: ['english'] },
      true,
    ],
    [
      "(skills HAS 'support') AND (languages HAS 'english')",
      { skills: ['support'], languages: ['french'] },
      false,
    ],
    ["customer_value == 'Gold' AND type == 'ticket'", { customer_value: 'Gold', type: 'ticket' }, true],
    ["customer_value == 'Gold' AND type == 'ticket'", { customer_value: 'Silver', type: 'ticket' }, false],
    ['1 == 1', {}, true],
    ['0 != 1', {}, true],
    ['"apple" != "orange"', {}, true],
    ['key > 1', { key: 2 }, true],
    ['key > 1', { key: 1 }, false],
    ['object.param != "apple"', { object: { param: 'orange' } }, true],
    ['object.param != "apple"', { object: { param: 'apple' } }, false],
    ['language IN ["en", "es"]', { language: 'es' }, true],
    ['language IN ["en", "es"]', { language: 'fr' }, false],
    ['(condition_a == true) OR (condition_b == true)', { condition_a: false, condition_b: true }, true],
    ['(condition_a == true) OR (condition_b == true)', { condition_a: false, condition_b: false }, false],
    [
      '(language == "en" OR language == "fr") AND skill_rating >= 5.1',
      { language: 'fr', skill_rating: 5.1 },
      true,
    ],
    [
      '(language == "en" OR language == "fr") AND skill_rating >= 5.1',
      { language: 'fr', skill_rating: 5 },
      false,
    ],
    [
      '(language == "en" OR language == "fr") AND skill_rating >= 5.1',
      { language: 'de', skill_rating: 9 },
      false,
    ],
  ])('%s of %j is %s', (source, attributes, expected) => {
    expect(evaluate(source, attributes)).toBe(expected);
  });

  it('resolves keys in the document of the page', () => {
    const attributes = { string_const: 'foo', object: { array: ['a', 'b', 'c'], attr: 'bar' } };
    expect(evaluate('string_const == "foo"', attributes)).toBe(true);
    expect(evaluate('object.array HAS "b"', attributes)).toBe(true);
    expect(evaluate('object.array[2] == "c"', attributes)).toBe(true);
    expect(evaluate("object.attr == 'bar'", attributes)).toBe(true);
    expect(evaluate('object.nothing == null', attributes)).toBe(true);
  });

  it('has strings in either quotes, whole numbers, fractions, true, and false', () => {
    expect(evaluate('\'string\' == "string"', {})).toBe(true);
    expect(evaluate('1 == 1.0 AND 1.0 == 1.00 AND 3.141529 > 3', {})).toBe(true);
    expect(evaluate('flag == true AND other == false', { flag: true, other: false })).toBe(true);
  });

  it('does not support hyphens', () => {
    expect(() => compileExpression('skill-level > 3')).toThrow(ExpressionSyntaxError);
  });

  it('compares scalars with scalar operators only, and requires an array for the others', () => {
    const attributes = { languages: ['en'], language: 'en' };
    for (const source of [
      'languages == "en"',
      'languages != "en"',
      'language HAS "en"',
      'language IN language',
    ]) {
      expect([source, evaluate(source, attributes)]).toEqual([source, false]);
    }
  });
});

describe('https://www.twilio.com/docs/api/taskrouter/changelog', () => {
  it('finds an element of a nested array by its index', () => {
    expect(evaluate('object.array[0] == "a"', { object: { array: ['a', 'b', 'c'], attr: 'bar' } })).toBe(
      true,
    );
  });
});

describe('https://www.twilio.com/docs/taskrouter/time-of-day-routing', () => {
  it('reads leading zeros as decimal numbers', () => {
    expect(evaluate('taskrouter.currentTime > 0800', { taskrouter: { currentTime: 801 } })).toBe(true);
    expect(evaluate('taskrouter.currentTime > 0800', { taskrouter: { currentTime: 800 } })).toBe(false);
  });
});
