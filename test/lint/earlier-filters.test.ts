import fc from 'fast-check';
import type { Condition, Operand } from '../../src/language/condition';
import { implies } from '../../src/language/implies';
import { EarlierFilters } from '../../src/lint/earlier-filters';

// Few names and values, so that conditions often imply each other.
const reference = fc
  .constantFrom('topic', 'level')
  .map((name): Operand => ({ kind: 'reference', path: [name] }));
const constant = fc.constantFrom('a', 'b', 1, null).map((value): Operand => ({ kind: 'constant', value }));
const list = fc
  .array(constant, { minLength: 1, maxLength: 2 })
  .map((items): Operand => ({ kind: 'list', items }));
const operand = fc.oneof(reference, reference, constant, list);
const operator = fc.constantFrom('==', '==', '!=', '>', 'IN', 'HAS' as const);
const comparison = fc.record({
  kind: fc.constant('comparison' as const),
  operator,
  left: operand,
  right: operand,
});

const { condition } = fc.letrec<{ condition: Condition; joined: Condition }>((tie) => ({
  condition: fc.oneof({ maxDepth: 2 }, comparison as fc.Arbitrary<Condition>, tie('joined')),
  joined: fc.record({
    kind: fc.constantFrom('and' as const, 'or' as const),
    terms: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }),
  }),
}));

it('leaves out only filters that the condition does not imply', () => {
  let implied = 0;
  fc.assert(
    fc.property(fc.array(condition, { minLength: 1, maxLength: 12 }), condition, (earlier, last) => {
      const filters = new EarlierFilters();
      const all = earlier.map((each, index) => ({ name: `filter ${index}`, condition: each }));
      for (const filter of all) filters.add(filter);
      const hiding = (list: readonly { name: string; condition: Condition }[]) =>
        list.filter((each) => implies(last, each.condition)).map(({ name }) => name);
      implied += hiding(all).length;
      expect(hiding(filters.candidates(last))).toEqual(hiding(all));
    }),
    { numRuns: 2000, seed: 20_261_128 },
  );
  expect(implied).toBeGreaterThan(300);
});

it('compares a filter with none of a thousand that require another value of the same attribute', () => {
  const filters = new EarlierFilters();
  const topic = (value: string): Condition => ({
    kind: 'comparison',
    operator: '==',
    left: { kind: 'reference', path: ['topic'] },
    right: { kind: 'constant', value },
  });
  for (let number = 0; number < 1000; number += 1)
    filters.add({ name: `${number}`, condition: topic(`${number}`) });
  expect(filters.candidates(topic('1000'))).toEqual([]);
  expect(filters.candidates(topic('7')).map(({ name }) => name)).toEqual(['7']);
});
