import fastify from 'fastify';
import { Slices } from '../../src/common/slices';
import { jsonArray, sendList } from '../../src/taskrouter/http/json';
import { countTurns } from '../support/count-turns';

const items = (length: number) => Array.from({ length }, (_, index) => index);
const format = (item: number) => (item % 2 ? { item } : `{"item":${item}}`);
const plainly = (length: number) => JSON.stringify(items(length).map((item) => ({ item })));

it.each([0, 1, 100, 101, 1000])('writes a list of %j items as JSON.stringify does', async (length) => {
  expect(await jsonArray(items(length), format, new Slices())).toBe(plainly(length));
});

it('lets other requests through while it writes a long list', async () => {
  const turns = countTurns();
  await jsonArray(items(1000), format, new Slices(0));
  // After every item: one can take a millisecond.
  expect(turns.stop()).toBeGreaterThanOrEqual(900);
});

it.each([0, 1, 50, 51, 1000])('responds with a list of %j items in parts', async (length) => {
  const app = fastify();
  app.get('/', (_, reply) => sendList(reply, 'items', items(length), format, new Slices()));
  const { headers, payload } = await app.inject('/');
  expect(headers['content-type']).toBe('application/json; charset=utf-8');
  expect(payload).toBe(`{"items":${plainly(length)}}`);
  await app.close();
});

it('lets other requests through while it responds with a short list of large items', async () => {
  const app = fastify();
  const turns = countTurns();
  app.get('/', (_, reply) => sendList(reply, 'items', items(40), format, new Slices(0)));
  await app.inject('/');
  expect(turns.stop()).toBeGreaterThanOrEqual(40);
  await app.close();
});
