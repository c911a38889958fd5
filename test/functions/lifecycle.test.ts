import { handler } from '../../functions/lifecycle';
import { listOf, TaskRouterDouble } from '../support/taskrouter-double';
import { eventJson, idle, taskJson, workerJson } from '../support/taskrouter-entities';
import { exampleSid, functionContext, functionEvent, invoke } from '../support/twilio-runtime';
import { Tutorial } from './tutorial';

const taskRouter = new TaskRouterDouble();
beforeAll(() => taskRouter.start());
afterAll(() => taskRouter.stop());

const queue = { sid: exampleSid('WQ'), friendly_name: 'Spanish', target_workers: 'languages HAS "es"' };
const ofAnotherTask = { task_sid: exampleSid('WT', 9), reservation_sid: exampleSid('WR', 9) };

beforeEach(() => {
  taskRouter
    .clear()
    .on('GET /Tasks', listOf('tasks', [taskJson({ assignment_status: 'assigned' })]))
    .on(`GET /Tasks/${exampleSid('WT')}`, { body: taskJson({ assignment_status: 'assigned' }) })
    .on('GET /Workers', listOf('workers', [workerJson()]))
    .on('GET /TaskQueues', listOf('task_queues', [queue]))
    .on('GET /Activities', listOf('activities', [idle]))
    .on(
      'GET /Events',
      listOf('events', [
        eventJson({ sid: exampleSid('EV', 1), event_date_ms: 1000 }),
        eventJson({ sid: exampleSid('EV', 2), event_date_ms: 2000, event_type: 'reservation.accepted' }),
        eventJson({ sid: exampleSid('EV', 3), event_date_ms: 1500, event_data: ofAnotherTask }),
      ]),
    );
});

function lifecycle(parameters: Record<string, unknown> = {}, variables: Record<string, unknown> = {}) {
  const context = functionContext({ TASKROUTER_BASE_URL: taskRouter.url, ...variables });
  return invoke(handler, { context, event: functionEvent(parameters) });
}

describe('with a working TaskRouter', () => {
  let tutorial: Tutorial;
  beforeEach(async () => {
    tutorial = await Tutorial.start();
  });
  afterEach(() => tutorial.close());

  it.each([
    ['everything', () => ({})],
    ['one task', (task_sid: string) => ({ task_sid })],
  ])('shows %s in five REST requests', async (_, parameters) => {
    const task_sid = await tutorial.taskThatIs('assigned');
    const response = await tutorial.run(handler, parameters(task_sid));
    expect(response.status).toBe(200);
    expect(Object.keys(response.body)).toEqual([
      'build',
      'inspector_url',
      'configuration_errors',
      'workspace_warnings',
      'tasks',
      'reservations',
      'workers',
      'task_queues',
      'activities',
      'events',
      'alerts',
      'poll_after_ms',
    ]);
    const [alertRequests, restRequests] = [true, false].map((isControl) =>
      tutorial.requests.filter((request) => request.includes('/_taskrouter/') === isControl),
    );
    expect(restRequests).toHaveLength(5);
    expect(alertRequests).toEqual(['GET /_taskrouter/alerts', 'GET /_taskrouter/alerts']);
    expect(response.body).toMatchObject({
      inspector_url: `${tutorial.taskRouter.url}/`,
      tasks: [
        { task_sid, assignment_status: 'assigned', task_queue_name: 'Spanish', workflow_name: 'Incoming' },
      ],
      reservations: [{ task_sid, reservation_status: 'accepted', worker_name: 'Alice' }],
      workers: expect.arrayContaining([
        expect.objectContaining({ worker_name: 'Alice', activity_name: 'Busy', available: false }),
        expect.objectContaining({ worker_name: 'Bob', activity_name: 'Offline', available: false }),
      ]),
      activities: expect.arrayContaining([
        { activity_sid: tutorial.sids.activities.Idle, activity_name: 'Idle', available: true },
      ]),
      poll_after_ms: 1000,
    });
    expect(response.body.task_queues).toContainEqual({
      task_queue_sid: tutorial.sids.taskQueue,
      task_queue_name: 'Spanish',
      target_workers: 'languages HAS "es"',
    });
    const types = response.body.events.map(({ event_type }: { event_type: string }) => event_type);
    expect(types).toEqual(expect.arrayContaining(['task.created', 'reservation.accepted']));
  });

  it('shows the alerts about each task', async () => {
    const task_sid = await tutorial.taskThatIs('reserved');
    const reservations = tutorial.workspace.tasks(task_sid).reservations;
    const [{ sid } = { sid: '' }] = await reservations.list();
    await reservations(sid)
      .update({ instruction: 'dequeue' })
      .catch(() => undefined);
    const alert = { task_sid, code: 40140, level: 'error', remedy: expect.stringMatching(/./) };
    expect((await tutorial.run(handler)).body.alerts).toMatchObject([alert]);
    expect((await tutorial.run(handler, { task_sid })).body.alerts).toMatchObject([alert]);
    const another = await tutorial.taskThatIs('pending');
    expect((await tutorial.run(handler, { task_sid: another })).body.alerts).toEqual([]);
  });

  it('says what lint finds in the workspace file, and how to read more', async () => {
    const alert = { level: 'warning', at: 0, workspaceSid: tutorial.sids.workspace } as const;
    const resourceSid = alert.workspaceSid;
    const { alerts } = tutorial.taskRouter.journal;
    alerts.add({ ...alert, resourceSid, code: null, source: 'engine', detail: 'Other', remedy: 'None.' });
    alerts.add({
      ...alert,
      resourceSid,
      code: null,
      source: 'lint',
      detail: 'Problems',
      remedy: 'See lint.',
    });
    expect((await tutorial.run(handler)).body.workspace_warnings).toEqual(['Problems. See lint.']);
  });

  it('explains a task and a worker in one request to the local TaskRouter', async () => {
    const task_sid = await tutorial.taskThatIs('pending');
    const ofTask = await tutorial.run(handler, { explain: task_sid });
    expect(ofTask.body).toMatchObject({
      explanation: {
        task_sid,
        summary:
          'It waits in the queue "Spanish". Alice is Offline, which is not available. Set Alice to Idle.',
        workers: [{ worker_name: 'Alice' }, { worker_name: 'Bob' }],
      },
    });
    const ofWorker = await tutorial.run(handler, { explain: tutorial.sids.alice });
    expect(ofWorker.body).toMatchObject({
      explanation: { worker_name: 'Alice', tasks: [{ task_sid }], reasons: [{ code: 'not_available' }] },
    });
    expect(tutorial.requests).toEqual(['GET /_taskrouter/explain', 'GET /_taskrouter/explain']);
    expect(JSON.stringify([ofTask, ofWorker])).not.toContain(tutorial.taskRouter.authToken);
  });

  it.each([
    ['task', 'WT'],
    ['worker', 'WK'],
  ])('does not explain an unknown %s', async (name, prefix) => {
    const explain = exampleSid(prefix, 5);
    expect(await tutorial.run(handler, { explain })).toMatchObject({
      status: 404,
      body: { code: `${name}_not_found`, message: expect.stringContaining(explain) },
    });
  });

  it('does not find an unknown task', async () => {
    expect(await tutorial.run(handler, { task_sid: exampleSid('WT', 5) })).toMatchObject({
      status: 404,
      body: { code: 'task_not_found' },
    });
  });
});

it('shows no alerts where there are none to read, as on Twilio', async () => {
  expect(await lifecycle()).toMatchObject({ status: 200, body: { alerts: [] } });
});

it('explains nothing on Twilio, and asks it nothing', async () => {
  const response = await lifecycle({ explain: exampleSid('WT') }, { TASKROUTER_BASE_URL: '' });
  expect(response).toMatchObject({ status: 200, body: { explanation: null } });
  expect(taskRouter.requests).toEqual([]);
});

it('says that the local TaskRouter cannot explain', async () => {
  expect(await lifecycle({ explain: exampleSid('WT') })).toMatchObject({
    status: 404,
    body: { code: 'task_not_found' },
  });
  taskRouter.on('GET /_taskrouter/explain', { status: 500, body: { message: 'secret detail' } });
  expect(await lifecycle({ explain: exampleSid('WT') })).toMatchObject({
    status: 502,
    body: { code: 'taskrouter_failed' },
  });
  const nobody = { TASKROUTER_BASE_URL: 'http://127.0.0.1:1' };
  expect(await lifecycle({ explain: exampleSid('WT') }, nobody)).toMatchObject({
    status: 503,
    body: { code: 'taskrouter_unreachable' },
  });
});

it.each(['Alice', 'WT1', exampleSid('WQ')])('rejects the sid %s for an explanation', async (explain) => {
  expect(await lifecycle({ explain })).toMatchObject({
    status: 400,
    body: { code: 'invalid_parameters', errors: { explain: expect.stringContaining('WT or WK') } },
  });
});

it('lists events newest first', async () => {
  const { events } = (await lifecycle()).body;
  expect(events.map(({ event_sid }: { event_sid: string }) => event_sid)).toEqual([
    exampleSid('EV', 2),
    exampleSid('EV', 3),
    exampleSid('EV', 1),
  ]);
});

it('shows when a task entered its queue', async () => {
  const task_queue_entered_date = '2026-01-05T10:02:00Z';
  taskRouter.on('GET /Tasks', listOf('tasks', [taskJson({ task_queue_entered_date })]));
  expect((await lifecycle()).body.tasks).toMatchObject([
    { task_queue_entered_date: '2026-01-05T10:02:00.000Z' },
  ]);
});

it('shows queue, workflow and reason of an event', async () => {
  const event_data = { task_queue_name: 'Spanish', workflow_name: 'Incoming', task_canceled_reason: 'late' };
  taskRouter.on('GET /Events', listOf('events', [eventJson({ event_data }), eventJson({ event_data: {} })]));
  expect((await lifecycle()).body.events).toMatchObject([
    { task_queue_name: 'Spanish', workflow_name: 'Incoming', reason: 'late' },
    { task_queue_name: null, workflow_name: null, reason: null },
  ]);
});

it('sends five requests even when there is more than a page', async () => {
  const more = { key: 'tasks', next_page_url: `${taskRouter.url}/v1/more` };
  taskRouter.on('GET /Tasks', { body: { meta: more, tasks: [taskJson()] } });
  expect((await lifecycle()).status).toBe(200);
  const restRequests = taskRouter.requests.filter(({ route }) => !route.includes('/_taskrouter/'));
  expect(restRequests).toHaveLength(5);
});

it('reads the whole life of a given task', async () => {
  await lifecycle({ task_sid: exampleSid('WT') });
  const query = taskRouter.sent('GET /Events')[0]?.query;
  expect(query?.get('TaskSid')).toBe(exampleSid('WT'));
  expect(query?.get('Minutes')).toBe('43200');
});

it('names WORKSPACE_SID when the account has no such workspace', async () => {
  taskRouter.clear();
  expect(await lifecycle()).toMatchObject({
    status: 500,
    body: { code: 'configuration', errors: { WORKSPACE_SID: expect.any(String) } },
  });
});

it('rejects a malformed task_sid', async () => {
  expect(await lifecycle({ task_sid: 'WT1' })).toMatchObject({
    status: 400,
    body: { code: 'invalid_parameters', errors: { task_sid: expect.any(String) } },
  });
});

it('returns presets for the filters of the workflow in one REST call', async () => {
  const filter = { filter_friendly_name: 'Spanish', expression: 'selected_language == "es"' };
  const configuration = JSON.stringify({ task_routing: { filters: [filter] } });
  const workflow = { sid: exampleSid('WW'), configuration };
  taskRouter.on(`GET /Workflows/${exampleSid('WW')}`, { body: workflow });
  const response = await lifecycle({ task_presets: 'true' }, { WORKFLOW_SID: exampleSid('WW') });
  expect(response.body).toEqual({
    task_presets: [{ label: 'Spanish', attributes: { selected_language: 'es' } }],
  });
  expect(taskRouter.requests).toHaveLength(1);
});
