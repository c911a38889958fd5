import type { Figure, Measure, MeasureOptions } from './measure';
import { interleaved, median } from './rounds';
import { type Lifecycles, withLifecycles } from './service/lifecycles';

const atATime = 32;
const workers = 64;

export const lifecycles: Measure = {
  name: 'lifecycles',
  about:
    'Complete lifecycles over HTTP, durable, 32 at a time: without event callbacks, and with every event called back',
  run: (options) =>
    withLifecycles({ eventCallbacks: false, workers }, (without) =>
      withLifecycles({ eventCallbacks: true, workers }, (every) => compare(options, without, every)),
    ),
};

async function compare(
  { quick, progress }: MeasureOptions,
  without: Lifecycles,
  every: Lifecycles,
): Promise<Figure[]> {
  const seconds = quick ? 1 : 3;
  progress(`${atATime} at a time`);
  const values = await interleaved(
    quick ? 2 : 5,
    {
      without: () => perSecond(without, seconds),
      every: () => perSecond(every, seconds),
    },
    2,
  );
  const label = `Complete lifecycles over HTTP, durable, ${atATime} at a time`;
  const figure = (name: string, rates: readonly number[], atLeast: number): Figure => ({
    label: `${label}, ${name}`,
    unit: '/s',
    value: median(rates),
    goals: [{ of: 'value', atLeast }],
  });
  return [
    figure('no event callbacks', values.without, 1200),
    figure('every event called back', values.every, 500),
  ];
}

async function perSecond(lifecycles: Lifecycles, seconds: number): Promise<number> {
  const started = performance.now();
  const end = started + seconds * 1000;
  let count = 0;
  const repeat = async () => {
    for (; performance.now() < end; count += 1) await lifecycles.run();
  };
  await Promise.all(Array.from({ length: atATime }, repeat));
  return count / ((performance.now() - started) / 1000);
}
