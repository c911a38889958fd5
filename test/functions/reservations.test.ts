import { handler as acceptReservation } from '../../functions/accept-reservation';
import { handler as rejectReservation } from '../../functions/reject-reservation';
import type { FunctionHandler } from '../../src/adapter/runtime';
import { errorResponse, listOf, type ScriptedResponse, TaskRouterDouble } from '../support/taskrouter-double';
import { idle, offline, reservationJson, taskJson, workerJson } from '../support/taskrouter-entities';
import { exampleSid, functionContext, functionEvent, invoke } from '../support/twilio-runtime';
import { Tutorial } from './tutorial';

const taskRouter = new TaskRouterDouble();
beforeAll(() => taskRouter.start());
afterAll(() => taskRouter.stop());
beforeEach(() => void taskRouter.clear());

const task_sid = exampleSid('WT');
const reservation_sid = exampleSid('WR');
const taskPath = `/Tasks/${task_sid}`;
const reservationPath = `${taskPath}/Reservations/${reservation_sid}`;
const accepted = reservationJson({ reservation_status: 'accepted' });
const rejected = reservationJson({ reservation_status: 'rejected' });

function run(handler: FunctionHandler, parameters: Record<string, unknown>) {
  const context = functionContext({ TASKROUTER_BASE_URL: taskRouter.url });
  return invoke(handler, { context, event: functionEvent(parameters) });
}

/** The lists in the order they are asked for: the pending reservations, then, if there are none, all of them. */
function withReservations(...lists: object[][]) {
  return taskRouter.on(`GET ${taskPath}/Reservations`, ...lists.map((list) => listOf('reservations', list)));
}

function withTask(assignment_status: string, ...then: ScriptedResponse[]) {
  return taskRouter.on(`GET ${taskPath}`, { body: taskJson({ assignment_status }) }, ...then);
}

describe('accept-reservation', () => {
  const accept = (parameters: object = {}) => run(acceptReservation, { task_sid, ...parameters });

  describe('with a working TaskRouter', () => {
    let tutorial: Tutorial;
    beforeEach(async () => {
      tutorial = await Tutorial.start();
    });
    afterEach(() => tutorial.close());
    const changes = () => tutorial.requests.filter((request) => request.startsWith('POST'));
    const reservationOf = async (task_sid: string) => {
      const [reservation] = await tutorial.workspace.tasks(task_sid).reservations.list();
      tutorial.requests.length = 0;
      return reservation?.sid as string;
    };

    it.each([
      ['the pending reservation when none is given', (task_sid: string) => ({ task_sid })],
      [
        'the given reservation',
        (task_sid: string, reservation_sid: string) => ({ task_sid, reservation_sid }),
      ],
      [
        'the given reservation in camelCase',
        (taskSid: string, reservationSid: string) => ({ taskSid, reservationSid }),
      ],
    ])('accepts %s, through the reservation and not the task', async (_, parameters) => {
      const task_sid = await tutorial.taskThatIs('reserved');
      const reservation_sid = await reservationOf(task_sid);
      const response = await tutorial.run(acceptReservation, parameters(task_sid, reservation_sid));
      expect(response.status).toBe(200);
      expect(response.body).toEqual({
        task_sid,
        assignment_status: 'assigned',
        attributes: { selected_language: 'es' },
        reservation_sid,
        reservation_status: 'accepted',
        worker_sid: tutorial.sids.alice,
        worker_name: 'Alice',
      });
      expect(changes()).toEqual([`POST /Tasks/${task_sid}/Reservations/${reservation_sid}`]);
    });

    it.each(['given', 'not given'])(
      'says already: true, and changes nothing, the second time: reservation %s',
      async (how) => {
        const task_sid = await tutorial.taskThatIs('assigned');
        const reservation_sid = how === 'given' ? await reservationOf(task_sid) : undefined;
        expect(await tutorial.run(acceptReservation, { task_sid, reservation_sid })).toMatchObject({
          status: 200,
          body: { already: true, reservation_status: 'accepted', worker_name: 'Alice' },
        });
        expect(changes()).toEqual([]);
      },
    );
  });

  it('says already: true when another request accepted it between read and update', async () => {
    withTask('assigned')
      .on(`GET ${reservationPath}`, { body: reservationJson() }, { body: accepted })
      .on(`POST ${reservationPath}`, errorResponse(400, 20001, 'is already in state [accepted]'));
    expect(await accept({ reservation_sid })).toMatchObject({ status: 200, body: { already: true } });
  });

  it.each([
    ['rescinded', 410],
    ['timeout', 400],
  ])('names the state when the reservation became %s between read and update', async (status, http) => {
    taskRouter
      .on(
        `GET ${reservationPath}`,
        { body: reservationJson() },
        { body: reservationJson({ reservation_status: status }) },
      )
      .on(`POST ${reservationPath}`, errorResponse(http, 20001, 'cannot be updated'));
    expect(await accept({ reservation_sid })).toMatchObject({
      status: 409,
      body: { code: 'reservation_not_pending', message: expect.stringContaining(status) },
    });
  });

  it('reports an error that is not about the state', async () => {
    taskRouter
      .on(`GET ${reservationPath}`, { body: reservationJson() })
      .on(`POST ${reservationPath}`, errorResponse(400, 20001, 'not in expected state [pending]'));
    expect(await accept({ reservation_sid })).toMatchObject({
      status: 400,
      body: { code: 'taskrouter_refused', message: expect.stringContaining('not in expected state') },
    });
  });

  it.each(['rejected', 'timeout', 'canceled', 'rescinded', 'wrapping', 'completed'])(
    'rejects a given reservation that is %s',
    async (status) => {
      taskRouter.on(`GET ${reservationPath}`, { body: reservationJson({ reservation_status: status }) });
      expect(await accept({ reservation_sid })).toMatchObject({
        status: 409,
        body: { code: 'reservation_not_pending', message: expect.stringContaining(`is ${status}`) },
      });
    },
  );

  it('lists the reservations when several are pending', async () => {
    const other = { sid: exampleSid('WR', 2), worker_sid: exampleSid('WK', 2), worker_name: 'Bob' };
    withReservations([reservationJson(), reservationJson(other)]);
    const response = await accept();
    expect(response).toMatchObject({ status: 409, body: { code: 'reservation_ambiguous' } });
    expect(response.body.message).toContain(`${reservation_sid} (Alice), ${other.sid} (Bob)`);
    expect(response.body.reservations).toEqual([
      { reservation_sid, worker_sid: exampleSid('WK'), worker_name: 'Alice' },
      { reservation_sid: other.sid, worker_sid: other.worker_sid, worker_name: 'Bob' },
    ]);
  });

  it('does not find an unknown task', async () => {
    taskRouter.on('GET ', { body: { sid: exampleSid('WS') } });
    for (const parameters of [{}, { reservation_sid }]) {
      expect(await accept(parameters)).toMatchObject({
        status: 404,
        body: { code: 'task_not_found', message: expect.stringContaining(task_sid) },
      });
    }
  });

  it('does not find an unknown reservation of a task', async () => {
    withTask('pending');
    const older = reservationJson({ sid: exampleSid('WR', 2), reservation_status: 'rejected' });
    const newer = reservationJson({ sid: exampleSid('WR', 3), reservation_status: 'timeout' });
    withReservations([older, newer], []);
    const unknown = `Task ${task_sid} has no reservation ${reservation_sid}.`;
    const existing = `${exampleSid('WR', 3)} (Alice, timeout), ${exampleSid('WR', 2)} (Alice, rejected)`;
    for (const message of [
      `${unknown} It has: ${existing}. Omit reservation_sid to use the pending one, if there is one.`,
      `${unknown} It has no reservations.`,
    ]) {
      expect(await accept({ reservation_sid })).toMatchObject({
        status: 404,
        body: { code: 'reservation_not_found', message },
      });
    }
  });

  it('names WORKSPACE_SID when the workspace does not exist', async () => {
    expect(await accept()).toMatchObject({
      status: 500,
      body: { code: 'configuration', errors: { WORKSPACE_SID: expect.any(String) } },
    });
  });

  it.each([
    ['no task_sid', { task_sid: undefined }, ['task_sid']],
    ['an empty task_sid', { task_sid: '' }, ['task_sid']],
    ['another kind of sid', { task_sid: reservation_sid }, ['task_sid']],
    ['a sid too short', { task_sid: 'WT123' }, ['task_sid']],
    ['a sid given twice', { task_sid: [task_sid, task_sid] }, ['task_sid']],
    ['both wrong', { task_sid: '../Workers', reservation_sid: 'WR1' }, ['task_sid', 'reservation_sid']],
  ])('refuses wrong parameters, all at once: %s', async (_, parameters, wrong) => {
    const response = await accept(parameters);
    expect(response).toMatchObject({ status: 400, body: { code: 'invalid_parameters' } });
    expect(Object.keys(response.body.errors)).toEqual(wrong);
    expect(taskRouter.requests).toEqual([]);
  });

  describe('with nothing pending, says why', () => {
    const why = async () => {
      const response = await accept();
      expect(response).toMatchObject({ status: 409, body: { code: 'no_pending_reservation' } });
      return response.body.message;
    };
    const eligible = (available: object[], all: object[]) =>
      taskRouter.on('GET /Workers', listOf('workers', available), listOf('workers', all));

    it('no available worker is eligible', async () => {
      withReservations([], []);
      withTask('pending');
      eligible([], [workerJson()]).on('GET /Activities', listOf('activities', [idle]));
      expect(await why()).toMatch(/no available worker is eligible; set one Idle: Alice \(Offline\)/);
      const [first, second] = taskRouter.sent('GET /Workers').map(({ query }) => query);
      expect(first?.get('TaskQueueSid')).toBe(exampleSid('WQ'));
      expect(first?.get('Available')).toBe('true');
      expect(second?.get('Available')).toBeNull();
    });

    it('no worker at all matches the queue', async () => {
      withReservations([], []);
      withTask('pending');
      eligible([], []);
      expect(await why()).toMatch(/no worker matches the task queue "Spanish"/);
    });

    const available = workerJson({ activity_name: 'Idle', available: true });

    it.each([
      ['', [available], []],
      [', since the first request', [], [available]],
    ])(
      'a worker of the queue is available%s, and REST does not show what keeps them away',
      async (...[, first, second]) => {
        withReservations([], []);
        withTask('pending');
        eligible(first, second);
        const message = await why();
        expect(message).toMatch(
          /Available in the task queue "Spanish": Alice \(Idle\)\. TaskRouter does not say why/,
        );
        expect(message).not.toMatch(/no available worker|no capacity/);
      },
    );

    it('the task was offered again in the meantime', async () => {
      withReservations([], [reservationJson({ reservation_status: 'pending' })]);
      withTask('pending');
      expect(await why()).toBe('The task is being offered right now. Try again.');
    });

    it('the task is in no queue', async () => {
      withReservations([], []);
      taskRouter.on(`GET ${taskPath}`, {
        body: taskJson({ task_queue_sid: null, assignment_status: 'pending' }),
      });
      expect(await why()).toBe('The task is waiting: it is not in a task queue.');
      expect(taskRouter.sent('GET /Workers')).toEqual([]);
    });

    it('the last offer timed out', async () => {
      withReservations([], [reservationJson({ reservation_status: 'timeout' })]);
      withTask('pending');
      eligible([], [workerJson()]).on('GET /Activities', listOf('activities', [idle]));
      expect(await why()).toContain(`${reservation_sid} for Alice, ended as timeout`);
    });

    it.each(['wrapping', 'completed', 'canceled'])('the task is %s', async (status) => {
      withReservations([], []);
      withTask(status);
      expect(await why()).toContain(`The task is ${status}`);
    });

    it('the task is being offered at this moment', async () => {
      withReservations([], []);
      withTask('reserved');
      expect(await why()).toContain('Try again');
    });
  });
});

describe('reject-reservation', () => {
  const reject = (parameters: object = {}) => run(rejectReservation, { task_sid, ...parameters });

  it.each([
    ['a name', () => 'Offline'],
    ['a name in other letter case', () => 'offline'],
    ['a sid', ({ sids }: Tutorial) => sids.activities.Offline],
  ])('rejects, and moves the worker to the activity given by %s', async (_, activity) => {
    const tutorial = await Tutorial.start();
    try {
      const task_sid = await tutorial.taskThatIs('reserved');
      const parameters = { task_sid, activity: activity(tutorial) };
      expect(await tutorial.run(rejectReservation, parameters)).toMatchObject({
        status: 200,
        body: { assignment_status: 'pending', reservation_status: 'rejected', worker_name: 'Alice' },
      });
      const alice = await tutorial.workspace.workers(tutorial.sids.alice).fetch();
      expect(alice.activityName).toBe('Offline');
    } finally {
      await tutorial.close();
    }
  });

  it('leaves the activity to TaskRouter when none is given', async () => {
    withReservations([reservationJson()]);
    withTask('pending').on(`POST ${reservationPath}`, { body: rejected });
    await reject();
    expect(taskRouter.sent(`POST ${reservationPath}`)[0]?.form.has('WorkerActivitySid')).toBe(false);
  });

  it('does not find the activity, names the existing ones, and rejects nothing', async () => {
    taskRouter.on('GET /Activities', listOf('activities', [idle, offline]));
    expect(await reject({ activity: 'Lunch' })).toMatchObject({
      status: 404,
      body: { code: 'activity_not_found', message: expect.stringContaining('Idle, Offline') },
    });
    expect(taskRouter.requests).toHaveLength(1);
  });

  it.each([
    ['named', { reservation_sid }],
    ['not named', {}],
  ])('says already: true the second time: %s', async (_, parameters) => {
    withReservations([], [rejected]);
    withTask('pending').on(`GET ${reservationPath}`, { body: rejected });
    expect(await reject(parameters)).toMatchObject({
      status: 200,
      body: { already: true, reservation_status: 'rejected' },
    });
  });

  it.each([
    ['named', { reservation_sid }],
    ['not named', {}],
  ])('fails when a worker has accepted: %s', async (_, parameters) => {
    withReservations([], [accepted]);
    withTask('assigned').on(`GET ${reservationPath}`, { body: accepted });
    expect(await reject(parameters)).toMatchObject({
      status: 409,
      body: { code: 'reservation_not_pending', message: expect.stringContaining('for Alice is accepted') },
    });
  });
});
