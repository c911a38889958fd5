import { operations } from '../../src/taskrouter/api/operations';
import { ApiBench } from '../support/api-bench';
import { simpleWorkspace } from '../support/simple-workspace';

/** A path that ends in a slash names the same resource (F13). */
let bench: ApiBench;
let simple: Awaited<ReturnType<typeof simpleWorkspace>>;

beforeAll(async () => {
  bench = await ApiBench.start();
  simple = await simpleWorkspace(bench);
});
afterAll(() => bench.close());

it.each(operations)('routes $method $path with a slash', async ({ method, path }) => {
  const url = path.replaceAll(/:\w+/g, 'WS1');
  const plain = await bench.send(method, url, '{}', { 'content-type': 'application/json' });
  const slashed = await bench.send(method, `${url}/`, '{}', { 'content-type': 'application/json' });
  expect([slashed.status, slashed.body?.code]).toEqual([plain.status, plain.body?.code]);
  expect(bench.api.findRoute({ method, url: path })).not.toBeNull();
});

it.each(['', '/Workers', '/Tasks', '/Workflows', '/Statistics', '/Workers/Statistics', '/Events'])(
  'fetches Workspaces/WS…%s/ like the path without the slash',
  async (path) => {
    const plain = await bench.get(`${simple.path}${path}`);
    const slashed = await bench.get(`${simple.path}${path}/`);
    expect([slashed.status, slashed.body]).toEqual([200, plain.body]);
  },
);

it('keeps the query after the slash, and writes URLs without it', async () => {
  const { status, body } = await bench.get(`${simple.path}/Activities/?PageSize=1`);
  expect([status, body.activities.length]).toEqual([200, 1]);
  expect(body.meta.url).toMatch(/\/Activities\?PageSize=1&Page=0$/);
});

it('creates, updates, and deletes', async () => {
  const created = await bench.post(`${simple.path}/Workers/`, { FriendlyName: 'Alice' });
  expect(created.status).toBe(201);
  const path = `${simple.path}/Workers/${created.body.sid}/`;
  expect((await bench.post(path, { FriendlyName: 'Bob' })).body.friendly_name).toBe('Bob');
  expect((await bench.remove(path)).status).toBe(204);
});

it('does not name a resource that does not exist, nor another method', async () => {
  expect((await bench.get(`${simple.path}/Nothing/`)).status).toBe(404);
  expect((await bench.send('PUT', `${simple.path}/`)).status).toBe(405);
});
