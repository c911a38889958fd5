import fc from 'fast-check';
import { DocumentIndex } from '../../src/language/document-index';
import { compileExpression, type Expression, scopeOf } from '../../src/language/expression';
import { RequirementIndex } from '../../src/language/requirement-index';
import type { Requirement, Resolve } from '../../src/language/requirements';
import { chooser, printCondition, randomExpressions } from './random-expressions';

// The runs are the same every time. Remove the seed to search further.
fc.configureGlobal({ seed: 20_261_128 });

const { condition, documents } = randomExpressions(['a', 'b', 'c', '__proto__', 'length']);
const expressions = fc
  .tuple(condition, chooser)
  .map(([written, choose]) => compileExpression(printCondition(written, choose)));

const inDocument: Resolve = (path) => ({ paths: [path] });
const isTrue = (expression: Expression, document: object) => expression.evaluate(scopeOf(document));

describe('the requirements of an expression', () => {
  const requirementsOf = (source: string) => compileExpression(source).requirements(inDocument);
  const equals = (name: string, value: string | number | boolean): Requirement => ({
    kind: 'equals',
    path: [name],
    value,
  });
  const has = (name: string, value: string | null): Requirement => ({ kind: 'has', path: [name], value });
  const present = (name: string): Requirement => ({ kind: 'present', path: [name] });

  it.each<[string, Requirement[][]]>([
    ['a == "x"', [[equals('a', 'x')]]],
    ['1 = a', [[equals('a', 1)]]],
    ['a HAS "x"', [[has('a', 'x')]]],
    ['"x" IN a', [[has('a', 'x')]]],
    ['null IN a', [[has('a', null)]]],
    ['a IN ["x", 1]', [[equals('a', 'x'), equals('a', 1)]]],
    ['["x", true] HAS a', [[equals('a', 'x'), equals('a', true)]]],
    ['a > 3', [[present('a')]]],
    ['"x" CONTAINS a', [[present('a')]]],
    ['a != null', [[present('a')]]],
    ['"x" NOT IN a', [[present('a')]]],
    ['b HAS a', [[present('b')]]],
    ['a == "x" AND b HAS "y"', [[equals('a', 'x')], [has('b', 'y')]]],
    ['a == "x" OR b HAS "y"', [[equals('a', 'x'), has('b', 'y')]]],
    [
      'a == "x" OR (b HAS "y" AND c > 1)',
      [
        [equals('a', 'x'), has('b', 'y')],
        [equals('a', 'x'), present('c')],
      ],
    ],
  ])('are known for %s', (source, expected) => {
    expect(requirementsOf(source)).toEqual(expected);
  });

  it.each([
    '1 == 1',
    'a == null',
    'a IN ["x", null]',
    'a != "x"',
    'a NOT IN ["x"]',
    'a == b',
    'a == "x" OR 1 == 1',
    'a IN [b]',
  ])('are none for %s, which a missing attribute can fulfill', (source) => {
    expect(requirementsOf(source)).toEqual([]);
  });

  it.each(['1 == 2', '"es" HAS a', 'a == [1]', 'a > null', 'a HAS [1]', 'a IN "es"', 'a IN []'])(
    'leave nothing for %s, which is never true',
    (source) => {
      expect(requirementsOf(source)).toEqual([[]]);
    },
  );

  it('are few, however many an expression could have', () => {
    const any = Array.from({ length: 90 }, (_, at) => `(a == ${at} AND b == ${at} AND c == ${at})`).join(
      ' OR ',
    );
    const requirements = requirementsOf(any);
    expect(requirements.length).toBeGreaterThan(0);
    expect(requirements.length).toBeLessThan(10);
    expect(requirementsOf(Array.from({ length: 101 }, (_, at) => `a == ${at}`).join(' OR '))).toEqual([]);
  });
});

describe('an index by requirement', () => {
  it('finds every expression that is true for a document, after any are added and deleted', () => {
    const many = fc.array(fc.tuple(expressions, fc.boolean()), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(many, fc.array(documents, { minLength: 1, maxLength: 4 }), (entries, all) => {
        const index = new RequirementIndex<Expression>();
        for (const [expression] of entries) index.add(expression, expression.requirements(inDocument));
        for (const [expression, stays] of entries) if (!stays) index.delete(expression);
        const kept = entries.flatMap(([expression, stays]) => (stays ? [expression] : []));
        for (const document of all) {
          const found = new Set([...index.filedFor(document), ...index.unfiled]);
          expect(kept.filter((each) => isTrue(each, document) && !found.has(each))).toEqual([]);
          expect([...found].filter((each) => !kept.includes(each))).toEqual([]);
        }
      }),
      { numRuns: 250 },
    );
  });

  it('leaves out what a document does not fulfill', () => {
    const index = new RequirementIndex<string>();
    for (const language of ['en', 'es', 'fr'])
      index.add(
        language,
        compileExpression(`languages HAS "${language}" AND level > 1`).requirements(inDocument),
      );
    expect([...index.filedFor({ languages: ['es', 'es', 'de'], level: 1 })]).toEqual(['es']);
    expect([...index.unfiled]).toEqual([]);
  });
});

describe('an index of documents', () => {
  it('finds every document for which an expression is true, after any are added and deleted', () => {
    const many = fc.array(fc.tuple(documents, fc.constantFrom('early', 'late', 'deleted')), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(many, fc.array(expressions, { minLength: 1, maxLength: 4 }), (entries, all) => {
        const index = new DocumentIndex<object, Set<object>>(() => new Set());
        const rows = entries.map(([document, when]) => ({ document, when }));
        const early = rows.filter(({ when }) => when !== 'late');
        const required = all.flatMap((expression) => expression.requirements(inDocument));
        for (const { path } of required.flat()) {
          if (!index.isTracked(path))
            index.track(
              path,
              early.map((row) => [row, row.document]),
            );
        }
        for (const row of rows) {
          if (row.when === 'late') index.add(row, row.document);
          if (row.when === 'deleted') index.delete(row, row.document);
        }
        for (const expression of all) {
          const wanted = rows.filter((row) => row.when !== 'deleted' && isTrue(expression, row.document));
          for (const alternatives of expression.requirements(inDocument)) {
            const found = new Set(alternatives.flatMap((each) => [...(index.get(each) ?? [])]));
            expect(wanted.filter((row) => !found.has(row))).toEqual([]);
            expect([...found].filter((row) => (row as { when: string }).when === 'deleted')).toEqual([]);
          }
        }
      }),
      { numRuns: 250 },
    );
  });
});
