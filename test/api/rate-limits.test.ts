import { rateLimits } from '../../src/taskrouter/api/rate-limits';
import { ApiBench } from '../support/api-bench';
import { simpleWorkspace } from '../support/simple-workspace';

const limited = [
  ['/Tasks?EvaluateTaskAttributes=1%3D%3D1', 3],
  ['/Workers?TargetWorkersExpression=1%3D%3D1', 3],
  ['/TaskQueues?EvaluateWorkerAttributes=%7B%7D', 3],
] as const;

async function start(rateLimitsOn: boolean) {
  const bench = await ApiBench.start({ rateLimits: rateLimitsOn });
  const { path } = await simpleWorkspace(bench);
  return { bench, path };
}

it('covers exactly the operations documented as limited', () => {
  expect(Object.keys(rateLimits).sort()).toEqual([
    'CreateTaskQueueBulkRealTimeStatistics',
    'ListTask',
    'ListTaskQueue',
    'ListWorker',
  ]);
});

describe('the documented rate limits, when enabled', () => {
  it.each(limited)('allow GET %s %d times a second, then return 429 with 20429', async (query, perSecond) => {
    const { bench, path } = await start(true);
    for (let left = perSecond - 1; left >= 0; left -= 1) {
      const { status, headers } = await bench.get(path + query);
      expect([status, headers['x-rate-limit-limit'], headers['x-rate-limit-remaining']]).toEqual([
        200,
        String(perSecond),
        String(left),
      ]);
    }
    const refused = await bench.get(path + query);
    expect(refused.status).toBe(429);
    expect(refused.body).toEqual({
      code: 20429,
      message: 'Too Many Requests',
      more_info: 'https://www.twilio.com/docs/errors/20429',
      status: 429,
    });
    expect(refused.headers['retry-after']).toBe('1');
    expect(refused.headers['x-rate-limit-remaining']).toBe('0');
    await bench.clock.advance(1000);
    expect((await bench.get(path + query)).status).toBe(200);
    await bench.close();
  });

  it('allow bulk statistics of queues five times a second', async () => {
    const { bench, path } = await start(true);
    const { body } = await bench.get(`${path}/TaskQueues`);
    const sids = JSON.stringify({ QueueSids: [body.task_queues[0].sid] });
    const ask = () =>
      bench.send('POST', `${path}/TaskQueues/RealTimeStatistics`, sids, {
        'content-type': 'application/json',
      });
    const statuses: number[] = [];
    for (let count = 0; count < 6; count += 1) statuses.push((await ask()).status);
    await bench.close();
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
  });

  it('count each list separately, and ignore lists without an expression', async () => {
    const { bench, path } = await start(true);
    for (const [query] of limited) {
      for (let count = 0; count < 3; count += 1) expect((await bench.get(path + query)).status).toBe(200);
    }
    const plain = await bench.get(`${path}/Tasks`);
    expect(plain.status).toBe(200);
    expect(plain.headers).not.toHaveProperty('x-rate-limit-limit');
    await bench.close();
  });

  it('apply to a sliding second, not to the seconds of the clock', async () => {
    const { bench, path } = await start(true);
    const [query] = limited[0];
    await bench.get(path + query);
    await bench.clock.advance(900);
    await bench.get(path + query);
    await bench.get(path + query);
    await bench.clock.advance(100);
    expect((await bench.get(path + query)).status).toBe(200);
    expect((await bench.get(path + query)).status).toBe(429);
    await bench.close();
  });
});

it('does not enforce rate limits by default', async () => {
  const { bench, path } = await start(false);
  for (let count = 0; count < 10; count += 1) {
    const { status, headers } = await bench.get(path + limited[0][0]);
    expect(status).toBe(200);
    expect(headers).not.toHaveProperty('x-rate-limit-limit');
  }
  await bench.close();
});
