import { limits } from '../../src/common/limits';
import { SplitByWaitTime } from '../../src/taskrouter/statistics/split-by-wait-time';

it('uses at most the given number of each kind', () => {
  const split = new SplitByWaitTime([5], 2);
  for (const wait of [1, 9, 9]) split.add('accepted', wait);
  for (const wait of [7, 6, 1]) split.add('canceled', wait);
  expect(split.figures().get(5)).toEqual({
    above: { accepted: 1, canceled: 2 },
    below: { accepted: 1, canceled: 0 },
  });
});

it('uses the documented 10,000 by default', () => {
  const split = new SplitByWaitTime([5]);
  for (let n = 0; n < 10_001; n += 1) split.add('accepted', 0);
  expect(split.figures().get(5)?.below.accepted).toBe(10_000);
  expect(limits.splitByWaitTimeTasks).toBe(10_000);
});

it('is empty without a threshold', () => {
  const split = new SplitByWaitTime([]);
  split.add('accepted', 1);
  expect(split.figures().size).toBe(0);
});
