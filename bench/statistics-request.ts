import { setTimeout as wait } from 'node:timers/promises';
import { readStoredState } from '../test/support/stored-state';
import { Latencies } from './latencies';
import type { Figure, Measure } from './measure';
import { openLoop } from './open-loop';
import { interleaved, median } from './rounds';
import { Api } from './service/api';
import { largeData } from './service/large-data';
import { withService } from './service/service';

/** Of the whole window that a request may ask for by minutes, and of each kind that counts events. */
const requests = ['/Statistics', '/Workflows/{workflow}/Statistics', '/Workers/Statistics'].map(
  (path) => `${path}?Minutes=480&TaskChannel=default`,
);

export const statisticsRequest: Measure = {
  name: 'statistics-request',
  about: 'How long nothing else is answered while statistics of 150,000 events are requested',
  async run(options) {
    const large = await largeData(options);
    const events = readStoredState(large.data).events.length;
    const rounds = options.quick ? 3 : 7;
    options.progress(`${events.toLocaleString('en-US')} events`);
    return withService(large, async (service) => {
      const api = new Api(service, 4);
      const workflow = await workflowOf(api);
      const paths = requests.map((path) => path.replace('{workflow}', workflow));
      const durations: number[] = [];
      const statistics = () => inTurn(api, paths, durations);
      const { busy, idle } = await interleaved(rounds, {
        busy: () => longestPause(api, statistics),
        idle: () => longestPause(api, () => wait(200)),
      });
      await api.close();
      return figures(events, { busy, idle, durations });
    });
  },
};

interface Values {
  /** The longest pause of each round, with statistics and without. */
  readonly busy: readonly number[];
  readonly idle: readonly number[];
  /** Of every statistics request. */
  readonly durations: readonly number[];
}

function figures(events: number, { busy, idle, durations }: Values): Figure[] {
  const of = `${events.toLocaleString('en-US')} events in the window`;
  return [
    {
      label: `A statistics request, ${of}: longest time nothing else is answered`,
      unit: 'ms',
      value: median(busy),
      goals: [{ of: 'value', atMost: 15 }],
      note: `${median(idle).toFixed(1)} ms without one`,
    },
    { label: `A statistics request, ${of}`, unit: 'ms', value: median(durations), goals: [] },
  ];
}

async function workflowOf(api: Api): Promise<string> {
  const { workflows } = await api.expect<{ workflows: readonly { sid: string }[] }>(
    200,
    api.get('/Workflows'),
  );
  return workflows[0]?.sid ?? '';
}

async function inTurn(api: Api, paths: readonly string[], durations: number[]): Promise<void> {
  for (const path of paths) {
    const started = performance.now();
    await api.expect(200, api.get(path));
    durations.push(performance.now() - started);
  }
}

/** The longest time that a request for one worker took, of those that started every two milliseconds meanwhile. */
async function longestPause(api: Api, meanwhile: () => Promise<unknown>): Promise<number> {
  const latencies = new Latencies();
  const stop = new AbortController();
  const pings = openLoop(
    { perSecond: 500, seconds: 60, patienceSeconds: 10, signal: stop.signal },
    latencies,
    async () => void (await api.expect(200, api.get('/Activities?PageSize=1'))),
  );
  await wait(50);
  await meanwhile();
  stop.abort();
  await pings;
  return latencies.percentiles().max;
}
