import fc from 'fast-check';
import { compileExpression, scopeOf } from '../../src/language/expression';
import { FilterIndex } from '../../src/taskrouter/engine/rules/filter-index';
import { chooser, printCondition, randomExpressions } from '../language/random-expressions';

const { condition, documents } = randomExpressions(['topic', 'tier', 'taskrouter', 'tags']);

const written = fc.oneof(
  fc.constantFrom(
    ...[
      'topic == "a"',
      'topic == "b" AND tier != 1',
      'tags HAS "a"',
      'topic IN ["a", "b"]',
      'tier > 1',
      '1==1',
    ],
    ...['topic == null', 'taskrouter.currentHour < 12', 'taskrouter == "a"', 'topic == "a" OR tags HAS "b"'],
  ),
  fc.tuple(condition, chooser).map(([each, choose]) => printCondition(each, choose)),
);
const tasks = fc.oneof(
  documents,
  fc.record(
    {
      topic: fc.constantFrom('a', 'b', null),
      tier: fc.nat(2),
      tags: fc.subarray(['a', 'b']),
      taskrouter: fc.constant('a'),
    },
    { requiredKeys: [] },
  ),
);
const taskrouter = { currentHour: 11 };

it('finds the first filter from any place on that is true for a task, as evaluating all does', () => {
  const filters = fc.array(
    written.map((source) => ({ expression: compileExpression(source) })),
    { maxLength: 16 },
  );
  fc.assert(
    fc.property(filters, tasks, fc.nat(16), (all, task, from) => {
      const scope = scopeOf({ taskrouter, ...task });
      const expected = all.findIndex(({ expression }, at) => at >= from && expression.evaluate(scope));
      expect(new FilterIndex(all).first(task, scope, from) ?? -1).toBe(expected);
    }),
    // The runs are the same every time. Change the seed for others.
    { numRuns: 300, seed: 20_261_128 },
  );
});
