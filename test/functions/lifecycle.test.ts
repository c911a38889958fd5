import { handler } from '../../functions/lifecycle';
import { listOf, TaskRouterDouble } from '../support/taskrouter-double';
import { eventJson, idle, taskJson, workerJson } from '../support/taskrouter-entities';
import { exampleSid, functionContext, functionEvent, invoke } from '../support/twilio-runtime';

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

it.each([
  ['everything', {}],
  ['one task', { task_sid: exampleSid('WT') }],
])('shows %s in five REST calls', async (_, parameters) => {
  const answer = await lifecycle(parameters);
  expect(answer.status).toBe(200);
  expect(Object.keys(answer.body)).toEqual([
    'build',
    'inspector_url',
    'tasks',
    'reservations',
    'workers',
    'task_queues',
    'activities',
    'events',
    'poll_after_ms',
  ]);
  expect(answer.body).toMatchObject({
    inspector_url: `${taskRouter.url}/`,
    tasks: [{ task_sid: exampleSid('WT'), assignment_status: 'assigned', task_queue_name: 'Spanish' }],
    reservations: [
      { reservation_sid: exampleSid('WR'), reservation_status: 'accepted', worker_name: 'Alice' },
    ],
    workers: [
      { worker_sid: exampleSid('WK'), worker_name: 'Alice', activity_name: 'Offline', available: false },
    ],
    task_queues: [{ task_queue_sid: exampleSid('WQ'), target_workers: queue.target_workers }],
    activities: [{ activity_sid: idle.sid, activity_name: 'Idle', available: true }],
    poll_after_ms: 1000,
  });
  expect(taskRouter.requests).toHaveLength(5);
});

it('lists events newest first', async () => {
  const { events } = (await lifecycle()).body;
  expect(events.map(({ event_sid }: { event_sid: string }) => event_sid)).toEqual([
    exampleSid('EV', 2),
    exampleSid('EV', 3),
    exampleSid('EV', 1),
  ]);
});

it('tells since when a task waits in its queue', async () => {
  const task_queue_entered_date = '2026-01-05T10:02:00Z';
  taskRouter.on('GET /Tasks', listOf('tasks', [taskJson({ task_queue_entered_date })]));
  expect((await lifecycle()).body.tasks).toMatchObject([
    { task_queue_entered_date: '2026-01-05T10:02:00.000Z' },
  ]);
});

it('tells of an event which queue and workflow it is about, and the reason that was given', async () => {
  const event_data = { task_queue_name: 'Spanish', workflow_name: 'Incoming', task_canceled_reason: 'late' };
  taskRouter.on('GET /Events', listOf('events', [eventJson({ event_data }), eventJson({ event_data: {} })]));
  expect((await lifecycle()).body.events).toMatchObject([
    { task_queue_name: 'Spanish', workflow_name: 'Incoming', reason: 'late' },
    { task_queue_name: null, workflow_name: null, reason: null },
  ]);
});

it('makes five calls even where there is more than a page', async () => {
  const more = { key: 'tasks', next_page_url: `${taskRouter.url}/v1/more` };
  taskRouter.on('GET /Tasks', { body: { meta: more, tasks: [taskJson()] } });
  expect((await lifecycle()).status).toBe(200);
  expect(taskRouter.requests).toHaveLength(5);
});

it('asks for the whole life of a task that is named', async () => {
  await lifecycle({ task_sid: exampleSid('WT') });
  const query = taskRouter.sent('GET /Events')[0]?.query;
  expect(query?.get('TaskSid')).toBe(exampleSid('WT'));
  expect(query?.get('Minutes')).toBe('43200');
});

it('does not know the task', async () => {
  taskRouter.on('GET ', { body: { sid: exampleSid('WS') } });
  expect(await lifecycle({ task_sid: exampleSid('WT', 5) })).toMatchObject({
    status: 404,
    body: { code: 'task_not_found' },
  });
});

it('names WORKSPACE_SID when the account has no such workspace', async () => {
  taskRouter.clear();
  expect(await lifecycle()).toMatchObject({
    status: 500,
    body: { code: 'configuration', errors: { WORKSPACE_SID: expect.any(String) } },
  });
});

it('refuses a malformed task_sid', async () => {
  expect(await lifecycle({ task_sid: 'WT1' })).toMatchObject({
    status: 400,
    body: { code: 'invalid_parameters', errors: { task_sid: expect.any(String) } },
  });
});
