import { goodCredentials } from '../support/api-bench';
import { startTestTaskRouter } from '../support/start-test-taskrouter';

it('finishes requests in flight before it closes, and accepts no new ones', async () => {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let arrive = () => {};
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const onReset = () => {
    arrive();
    return released;
  };
  const taskrouter = await startTestTaskRouter({ onReset });
  const headers = { authorization: goodCredentials };
  const inFlight = fetch(`${taskrouter.url}/_taskrouter/reset`, { method: 'POST', headers });
  await arrived;

  const closed = taskrouter.close();
  release();
  expect((await inFlight).status).toBe(200);
  await closed;
  await expect(fetch(taskrouter.url)).rejects.toThrow();
});
