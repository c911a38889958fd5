import type { Local } from '../src/local';
import { startTestLocal } from './support/start-test-local';

let local: Local | undefined;
afterEach(() => local?.close());

async function start(): Promise<Local> {
  local = await startTestLocal();
  return local;
}

it('runs overlapping resets one after another, and is ready afterwards', async () => {
  const { reset, service } = await start();
  const finished: number[] = [];
  await Promise.all([1, 2].map((number) => reset().then(() => finished.push(number))));
  expect(finished).toEqual([1, 2]);
  expect((await fetch(`${service.url}/readyz`)).status).toBe(200);
});
