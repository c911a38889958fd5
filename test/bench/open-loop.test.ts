import { Latencies } from '../../bench/latencies';
import { openLoop, type Timer } from '../../bench/open-loop';

/** Time that passes only while somebody waits or works. */
function fakeTimer() {
  let now = 0;
  const pass = (milliseconds: number) => {
    now += milliseconds;
  };
  // Work that can finish does so before anybody loses patience.
  const wait = async (milliseconds: number, signal?: AbortSignal) => {
    if (signal) await new Promise(setImmediate);
    if (!signal?.aborted) pass(milliseconds);
  };
  const timer: Timer = { now: () => now, wait };
  return { timer, pass };
}

const hundredPerSecond = { perSecond: 100, seconds: 1, patienceSeconds: 5 };

test('starts work at a constant rate', async () => {
  const { timer } = fakeTimer();
  const starts: number[] = [];
  const work = async () => void starts.push(timer.now());
  await openLoop(hundredPerSecond, new Latencies(), work, timer);
  expect(starts).toHaveLength(100);
  expect(starts.slice(0, 4)).toEqual([0, 10, 20, 30]);
});

test('a pause counts for everything that it held up, not only for what was running', async () => {
  const { timer, pass } = fakeTimer();
  const latencies = new Latencies();
  let count = 0;
  const work = async () => {
    count += 1;
    if (count === 1) pass(500);
  };
  await openLoop(hundredPerSecond, latencies, work, timer);
  expect(latencies.count).toBe(100);
  const { p50, p99, max } = latencies.percentiles();
  expect(max).toBeGreaterThanOrEqual(500);
  expect(max).toBeLessThan(502);
  // Fifty should have started meanwhile.
  expect(p50).toBeLessThan(11);
  expect(p99).toBeGreaterThan(480);
});

test('counts what is never finished, with the time that it had', async () => {
  const { timer } = fakeTimer();
  const latencies = new Latencies();
  const never = () => new Promise<void>(() => undefined);
  const unfinished = await openLoop({ ...hundredPerSecond, perSecond: 2 }, latencies, never, timer);
  expect(unfinished).toBe(2);
  expect(latencies.count).toBe(2);
  expect(latencies.percentiles().max).toBeGreaterThan(5000);
});

test('throws the first error of the work', async () => {
  const { timer } = fakeTimer();
  const work = () => Promise.reject(new Error('refused'));
  await expect(openLoop(hundredPerSecond, new Latencies(), work, timer)).rejects.toThrow('refused');
});
