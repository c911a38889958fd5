import { Latencies } from './latencies';
import type { Measure } from './measure';
import { Api } from './service/api';
import { largeData } from './service/large-data';
import { withService } from './service/service';

export const orderedList: Measure = {
  name: 'ordered-list',
  about: 'A list of 50 out of 50,000 tasks, ordered by priority, one request at a time',
  async run(options) {
    const large = await largeData(options);
    const requests = options.quick ? 30 : 200;
    options.progress(`${requests} requests`);
    const latencies = await withService(large, async (service) => {
      const api = new Api(service, 1);
      await measured(api, Math.ceil(requests / 4));
      const counted = await measured(api, requests);
      await api.close();
      return counted;
    });
    const percentiles = latencies.percentiles();
    return [
      {
        label: `List ordered by priority, 50 out of ${large.tasks.toLocaleString('en-US')} tasks`,
        unit: 'ms',
        value: percentiles.p50,
        percentiles,
        goals: [{ of: 'p50', atMost: 5 }],
      },
    ];
  },
};

async function measured(api: Api, requests: number): Promise<Latencies> {
  const latencies = new Latencies();
  for (let count = 0; count < requests; count += 1) {
    const started = performance.now();
    await api.expect(200, api.get('/Tasks?Ordering=Priority:desc&PageSize=50'));
    latencies.record(performance.now() - started);
  }
  return latencies;
}
