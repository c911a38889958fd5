import { Latencies } from '../../bench/latencies';
import { interleaved, median, pairedRatio } from '../../bench/rounds';

test('measures in turn and leaves out the first round', async () => {
  const order: string[] = [];
  const side = (name: string) => () => order.push(name);
  const values = await interleaved(2, { ours: side('ours'), floor: side('floor') });
  expect(order).toEqual(['ours', 'floor', 'ours', 'floor', 'ours', 'floor']);
  expect(values).toEqual({ ours: [3, 5], floor: [4, 6] });
});

test('a ratio is the median of the ratios of the rounds, so that a slow round does not count', () => {
  expect(pairedRatio([100, 10, 120], [200, 20, 200])).toBe(0.5);
  expect(median([9, 1, 5])).toBe(5);
});

test('percentiles are of every duration, to three significant digits', () => {
  const latencies = new Latencies();
  for (let milliseconds = 1; milliseconds <= 1000; milliseconds += 1) latencies.record(milliseconds);
  const { p50, p99, max } = latencies.percentiles();
  expect(Math.abs(p50 - 500)).toBeLessThan(1);
  expect(Math.abs(p99 - 990)).toBeLessThan(1);
  expect(Math.abs(max - 1000)).toBeLessThan(1);
});

test('a duration of less than a microsecond counts as one', () => {
  const latencies = new Latencies();
  latencies.record(0);
  expect(latencies.percentiles()).toEqual({ p50: 0.001, p99: 0.001, max: 0.001 });
});

test('refuses percentiles of nothing', () => {
  expect(() => new Latencies().percentiles()).toThrow('No duration was recorded');
});
