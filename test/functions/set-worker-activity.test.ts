import { handler } from '../../functions/set-worker-activity';
import { listOf, refusal, TaskRouterDouble } from '../support/taskrouter-double';
import { idle, offline, workerJson } from '../support/taskrouter-entities';
import { exampleSid, functionContext, functionEvent, invoke } from '../support/twilio-runtime';

const taskRouter = new TaskRouterDouble();
beforeAll(() => taskRouter.start());
afterAll(() => taskRouter.stop());

const workerPath = `/Workers/${exampleSid('WK')}`;

beforeEach(() => {
  taskRouter
    .clear()
    .on('GET /Activities', listOf('activities', [offline, idle]))
    .on('GET /Workers', listOf('workers', [workerJson()]))
    .on(`GET ${workerPath}`, { body: workerJson() })
    .on(`POST ${workerPath}`, {
      body: workerJson({ activity_sid: idle.sid, activity_name: 'Idle', available: true }),
    });
});

function setActivity(parameters: Record<string, unknown>) {
  const context = functionContext({ TASKROUTER_BASE_URL: taskRouter.url });
  return invoke(handler, { context, event: functionEvent(parameters) });
}

it.each([
  ['names', { worker: 'Alice', activity: 'Idle' }],
  ['sids', { worker: exampleSid('WK'), activity: idle.sid }],
])('moves the worker, both given by %s', async (_, parameters) => {
  expect(await setActivity(parameters)).toMatchObject({
    status: 200,
    body: {
      worker_sid: exampleSid('WK'),
      worker_name: 'Alice',
      activity_sid: idle.sid,
      activity_name: 'Idle',
      available: true,
    },
  });
  const form = taskRouter.sent(`POST ${workerPath}`)[0]?.form;
  expect(Object.fromEntries(form ?? [])).toEqual({ ActivitySid: idle.sid });
});

it('asks TaskRouter for exactly the name given', async () => {
  await setActivity({ worker: 'Ann & Bob?', activity: 'Idle' });
  expect(taskRouter.sent('GET /Workers')[0]?.query.get('FriendlyName')).toBe('Ann & Bob?');
});

it('says already: true, and changes nothing, when the worker is there', async () => {
  const answer = await setActivity({ worker: 'Alice', activity: 'Offline' });
  expect(answer.body).toEqual({
    worker_sid: exampleSid('WK'),
    worker_name: 'Alice',
    activity_sid: offline.sid,
    activity_name: 'Offline',
    available: false,
    already: true,
  });
  expect(taskRouter.sent(`POST ${workerPath}`)).toEqual([]);
});

it.each([
  ['reject_pending_reservations', 'true'],
  ['rejectPendingReservations', '1'],
  ['reject_pending_reservations', true],
])('rejects what is pending when asked, even where the worker stays: %s=%s', async (name, value) => {
  await setActivity({ worker: 'Alice', activity: 'Offline', [name]: value });
  const form = taskRouter.sent(`POST ${workerPath}`)[0]?.form;
  expect(form?.get('RejectPendingReservations')).toBe('true');
});

it('passes on that TaskRouter refuses to reject for an available activity', async () => {
  taskRouter.on(`POST ${workerPath}`, refusal(400, 20001, 'RejectPendingReservations needs an unavailable'));
  expect(
    await setActivity({ worker: 'Alice', activity: 'Idle', reject_pending_reservations: 'true' }),
  ).toMatchObject({ status: 400, body: { code: 'taskrouter_refused' } });
});

it.each(['Nobody', exampleSid('WK', 9)])('does not know the worker %s', async (worker) => {
  taskRouter.on('GET /Workers', listOf('workers', [])).on('GET ', { body: { sid: exampleSid('WS') } });
  expect(await setActivity({ worker, activity: 'Idle' })).toMatchObject({
    status: 404,
    body: { code: 'worker_not_found' },
  });
});

it('does not know the activity, and names those there are', async () => {
  expect(await setActivity({ worker: 'Alice', activity: exampleSid('WA', 9) })).toMatchObject({
    status: 404,
    body: { code: 'activity_not_found', message: expect.stringContaining('Offline, Idle') },
  });
  expect(taskRouter.sent(`POST ${workerPath}`)).toEqual([]);
});

it('refuses wrong parameters, all at once', async () => {
  const answer = await setActivity({ activity: ['Idle', 'Busy'], reject_pending_reservations: 'maybe' });
  expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_parameters' } });
  expect(Object.keys(answer.body.errors)).toEqual(['worker', 'activity', 'reject_pending_reservations']);
});
