import { handler as createTask } from '../../functions/create-task';
import { handler } from '../../functions/set-worker-activity';
import { exampleSid } from '../support/twilio-runtime';
import { Tutorial } from './tutorial';

let tutorial: Tutorial;
beforeEach(async () => {
  tutorial = await Tutorial.start();
});
afterEach(() => tutorial.close());

const setActivity = (parameters: Record<string, unknown>) => tutorial.run(handler, parameters);
const changes = () => tutorial.requests.filter((request) => request.startsWith('POST'));

it.each([
  ['names', () => ({ worker: 'Alice', activity: 'Idle' })],
  ['sids', ({ sids }: Tutorial) => ({ worker: sids.alice, activity: sids.activities.Idle })],
])('moves the worker, both given by %s', async (_, parameters) => {
  expect(await setActivity(parameters(tutorial))).toMatchObject({
    status: 200,
    body: {
      worker_sid: tutorial.sids.alice,
      worker_name: 'Alice',
      activity_sid: tutorial.sids.activities.Idle,
      activity_name: 'Idle',
      available: true,
    },
  });
  expect(changes()).toEqual([`POST /Workers/${tutorial.sids.alice}`]);
  expect(await tutorial.workspace.workers(tutorial.sids.alice).fetch()).toMatchObject({
    activityName: 'Idle',
  });
});

it('finds exactly the name given', async () => {
  const worker = 'Ann & Bob?';
  await tutorial.workspace.workers.create({ friendlyName: worker });
  expect((await setActivity({ worker, activity: 'Idle' })).body.worker_name).toBe(worker);
});

it('says already: true, and changes nothing, when the worker is there', async () => {
  const response = await setActivity({ worker: 'Alice', activity: 'Offline' });
  expect(response.body).toEqual({
    worker_sid: tutorial.sids.alice,
    worker_name: 'Alice',
    activity_sid: tutorial.sids.activities.Offline,
    activity_name: 'Offline',
    available: false,
    already: true,
  });
  expect(changes()).toEqual([]);
});

it.each([
  ['reject_pending_reservations', 'true'],
  ['rejectPendingReservations', '1'],
  ['reject_pending_reservations', true],
])('rejects pending reservations on request, even if the worker stays: %s=%s', async (name, value) => {
  await setActivity({ worker: 'Alice', activity: 'Idle' });
  const { task_sid } = (await tutorial.run(createTask)).body;
  // In the workspace of the tutorial, a reserved worker is in Reserved, which is unavailable.
  const response = await setActivity({ worker: 'Alice', activity: 'Reserved', [name]: value });
  expect(response).toMatchObject({ status: 200, body: { already: true, activity_name: 'Reserved' } });
  const reservations = await tutorial.workspace.tasks(task_sid).reservations.list();
  expect(reservations).toMatchObject([{ reservationStatus: 'rejected' }]);
});

it('reports that TaskRouter does not reject reservations for an available activity', async () => {
  expect(
    await setActivity({ worker: 'Alice', activity: 'Idle', reject_pending_reservations: 'true' }),
  ).toMatchObject({ status: 400, body: { code: 'taskrouter_refused' } });
});

it.each(['Nobody', exampleSid('WK', 9)])(
  'does not find the worker %s, and names the existing ones',
  async (worker) => {
    expect(await setActivity({ worker, activity: 'Idle' })).toMatchObject({
      status: 404,
      body: {
        code: 'worker_not_found',
        message: 'Worker not found. The workspace has: Alice, Bob. Pass the exact name or the sid.',
      },
    });
  },
);

it('names at most ten workers or activities, and says how many more there are', async () => {
  for (const number of Array.from({ length: 11 }, (_, index) => index + 1)) {
    await tutorial.workspace.workers.create({ friendlyName: `Worker ${number}` });
    await tutorial.workspace.activities.create({ friendlyName: `Activity ${number}` });
  }
  const worker = (await setActivity({ worker: 'Nobody', activity: 'Idle' })).body.message;
  expect(worker).toMatch(/^Worker not found\. The workspace has: ([^,]+, ){10}and 3 more\. /);
  const activity = (await setActivity({ worker: 'Alice', activity: 'Nothing' })).body.message;
  expect(activity).toMatch(/^Activity not found\. The workspace has: ([^,]+, ){10}and \d more\.$/);
});

it('says that the workspace has no workers', async () => {
  for (const { sid } of await tutorial.workspace.workers.list())
    await tutorial.workspace.workers(sid).remove();
  expect((await setActivity({ worker: 'Alice', activity: 'Idle' })).body).toEqual({
    code: 'worker_not_found',
    message: 'Worker not found. The workspace has no workers.',
  });
});

it('does not find the activity, and names the existing ones', async () => {
  const response = await setActivity({ worker: 'Alice', activity: exampleSid('WA', 9) });
  expect(response).toMatchObject({ status: 404, body: { code: 'activity_not_found' } });
  for (const name of ['Offline', 'Idle']) expect(response.body.message).toContain(name);
  expect(changes()).toEqual([]);
});

it('rejects invalid parameters, all at once', async () => {
  const response = await setActivity({ activity: ['Idle', 'Busy'], reject_pending_reservations: 'maybe' });
  expect(response).toMatchObject({ status: 400, body: { code: 'invalid_parameters' } });
  expect(Object.keys(response.body.errors)).toEqual(['worker', 'activity', 'reject_pending_reservations']);
});
