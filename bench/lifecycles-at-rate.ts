import { Latencies } from './latencies';
import type { Figure, Measure, MeasureOptions } from './measure';
import { openLoop } from './open-loop';
import { type Lifecycles, withLifecycles } from './service/lifecycles';

const perSecond = 200;
/** More than there are lifecycles at a time, as long as the service keeps up. */
const workers = 200;
const patienceSeconds = 10;

export const lifecyclesAtRate: Measure = {
  name: 'lifecycles-at-rate',
  about:
    'Complete lifecycles at 200 tasks a second with every event called back, durable: how long they and the assignment callbacks take',
  run: (options) =>
    withLifecycles({ eventCallbacks: true, workers }, (lifecycles) => measure(options, lifecycles)),
};

async function measure({ quick, progress }: MeasureOptions, lifecycles: Lifecycles): Promise<Figure[]> {
  progress('warming up');
  await run(lifecycles, quick ? 2 : 5);
  progress(`${perSecond} tasks a second`);
  const { complete, announced, unfinished } = await run(lifecycles, quick ? 5 : 20);
  const note = unfinished > 0 ? `${unfinished} not complete after ${patienceSeconds} s more` : undefined;
  const at = `at ${perSecond} tasks/s, every event called back`;
  return [
    figure(`Complete lifecycle over HTTP, durable, ${at}`, complete, { p50: 15, p99: 60 }, note),
    figure(`POST /Tasks answered to assignment callback on the wire, ${at}`, announced, { p50: 2, p99: 15 }),
  ];
}

interface Times {
  /** From the moment when the lifecycle should have started. */
  readonly complete: Latencies;
  readonly announced: Latencies;
  readonly unfinished: number;
}

async function run(lifecycles: Lifecycles, seconds: number): Promise<Times> {
  const complete = new Latencies();
  const announced = new Latencies();
  const unfinished = await openLoop({ perSecond, seconds, patienceSeconds }, complete, () =>
    lifecycles.run((milliseconds) => announced.record(milliseconds)),
  );
  return { complete, announced, unfinished };
}

function figure(
  label: string,
  latencies: Latencies,
  goal: { readonly p50: number; readonly p99: number },
  note?: string,
): Figure {
  const goals = [
    { of: 'p50', atMost: goal.p50 },
    { of: 'p99', atMost: goal.p99 },
  ] as const;
  if (latencies.count === 0) return { label, unit: 'ms', value: null, goals, note: 'none arrived in time' };
  const percentiles = latencies.percentiles();
  return {
    label,
    unit: 'ms',
    value: percentiles.p50,
    percentiles,
    goals,
    ...(note !== undefined && { note }),
  };
}
