import { SystemClock } from '../../src/system/system-clock';
import { createApp } from '../../src/taskrouter/app';
import { Engine } from '../../src/taskrouter/engine/engine';
import { Journal } from '../../src/taskrouter/inspector/journal';
import { MemoryStore } from '../../src/taskrouter/store/memory';
import { TaskRouter } from '../../src/taskrouter/taskrouter';
import { twimlEvaluation } from '../../src/taskrouter/voice/twiml/read-twiml';
import { chooseTransport } from '../../src/taskrouter/webhooks/choose-transport';
import { Replays } from '../../src/taskrouter/webhooks/replays';
import { ApiBench, goodCredentials } from '../support/api-bench';
import { countingSids } from '../support/counting-sids';
import { simpleWorkspace } from '../support/simple-workspace';
import { testAccount, testStart } from '../support/start-test-taskrouter';

let bench: ApiBench;
beforeEach(async () => {
  bench = await ApiBench.start();
});
afterEach(() => bench.close());

const path = '/_taskrouter/clock';
const move = (form: Record<string, string>) => bench.post(path, form);

/** A task that an available worker is reserved for; the reservation is to time out after 20 minutes. */
async function reservedTask() {
  const { path: workspace, activities, workflowSid } = await simpleWorkspace(bench);
  await bench.post(`${workspace}/Workflows/${workflowSid}`, { TaskReservationTimeout: 1200 });
  await bench.create(`${workspace}/Workers`, {
    FriendlyName: 'Alice',
    ActivitySid: activities.Available as string,
  });
  const task = `${workspace}/Tasks/${await bench.create(`${workspace}/Tasks`, { Attributes: '{}' })}`;
  return async () => (await bench.get(task)).body.assignment_status;
}

it('shows the time, that the clock is stopped, and the next event', async () => {
  const { status, body } = await bench.get(path);
  expect([status, body]).toEqual([
    200,
    {
      mode: 'virtual',
      running: false,
      now: '2026-01-31T12:00:00.000Z',
      now_ms: testStart,
      next_deadline: null,
      next_deadline_ms: null,
    },
  ]);
});

it('advances by seconds and runs what falls due', async () => {
  const status = await reservedTask();
  expect(await status()).toBe('reserved');
  expect((await bench.get(path)).body.next_deadline).toBe('2026-01-31T12:20:00.000Z');
  await move({ action: 'advance', seconds: '1199.999' });
  expect(await status()).toBe('reserved');
  const { body } = await move({ action: 'advance', seconds: '0.001' });
  expect(body).toMatchObject({ moved: true, now: '2026-01-31T12:20:00.000Z' });
  expect(await status()).toBe('pending');
});

it('advances to the next event', async () => {
  const status = await reservedTask();
  const { body } = await move({ action: 'next' });
  expect(body).toMatchObject({ moved: true, now: '2026-01-31T12:20:00.000Z' });
  expect(await status()).toBe('pending');
});

it('reports when there is no next event, and does not move', async () => {
  const { status, body } = await move({ action: 'next' });
  expect([status, body]).toMatchObject([200, { moved: false, now_ms: testStart }]);
});

it('runs with the wall clock, and stops again', async () => {
  expect((await move({ action: 'run' })).body).toMatchObject({ mode: 'virtual', running: true });
  expect((await move({ action: 'stop' })).body).toMatchObject({ mode: 'virtual', running: false });
});

it.each([
  [{}, 'action field is required'],
  [{ action: 'rewind' }, 'one of advance, next, run, stop'],
  [{ action: 'advance' }, 'seconds field is required'],
  [{ action: 'advance', seconds: '-1' }, 'not a number, such as 1200'],
  [{ action: 'advance', seconds: '20m' }, 'not a number, such as 1200'],
  [{ action: 'advance', seconds: '1e99' }, 'not a number, such as 1200'],
  [{ action: 'advance', seconds: '315360001' }, 'out of range: at most 315360000'],
])('refuses %j and does not move', async (form, message) => {
  const { status, body } = await move(form as Record<string, string>);
  expect([status, body]).toMatchObject([400, { code: 20001, message: expect.stringContaining(message) }]);
  expect(bench.clock.now()).toBe(testStart);
});

it('requires credentials', async () => {
  expect((await bench.get(path, { authorization: '' })).status).toBe(401);
  expect((await bench.post(path, { action: 'next' }, { authorization: '' })).status).toBe(401);
});

it("shows this computer's time, which cannot be moved", async () => {
  const engine = new Engine({ accountSid: testAccount.sid, newSid: countingSids() });
  const taskRouter = new TaskRouter(engine, new MemoryStore(), new SystemClock());
  await taskRouter.start();
  const log = { warn: () => undefined, error: () => undefined };
  const replays = new Replays({
    authToken: testAccount.authToken,
    clock: taskRouter.clock,
    transport: chooseTransport({}),
    twiml: twimlEvaluation,
  });
  const api = createApp({ taskRouter, account: testAccount, log, journal: new Journal([]), replays });
  const headers = { authorization: goodCredentials, 'content-type': 'application/x-www-form-urlencoded' };
  const response = await api.inject({ url: path, headers });
  expect(response.json()).toMatchObject({ mode: 'system', running: true, next_deadline: null });
  const refused = await api.inject({ method: 'POST', url: path, headers, payload: 'action=next' });
  expect([refused.statusCode, refused.json().message]).toEqual([
    400,
    expect.stringContaining('--clock virtual'),
  ]);
  await api.close();
  await taskRouter.stop();
});
