import { workspaceCumulative } from '../../src/taskrouter/statistics/cumulative';
import { EventHistory } from '../../src/taskrouter/statistics/event-history';
import { ApiBench } from '../support/api-bench';
import { countedSid } from '../support/counting-sids';
import type { Form } from '../support/simple-workspace';
import { simpleWorkspace } from '../support/simple-workspace';

let bench: ApiBench;
let simple: Awaited<ReturnType<typeof simpleWorkspace>>;
beforeEach(async () => {
  bench = await ApiBench.start();
  simple = await simpleWorkspace(bench);
});
afterEach(() => bench.close());

const get = (path: string, query: Form = {}) => {
  const values = Object.entries(query).map(([name, value]) => [name, String(value)]);
  return bench.get(`${simple.path}${path}?${new URLSearchParams(values)}`);
};
const bulk = (body: unknown, type = 'application/json') =>
  bench.send('POST', `${simple.path}/TaskQueues/RealTimeStatistics`, JSON.stringify(body), {
    'content-type': type,
  });
const createTask = (form: Form = {}) => bench.create(`${simple.path}/Tasks`, form);
const createWorker = (name: string, activity = 'Available') =>
  bench.create(`${simple.path}/Workers`, {
    FriendlyName: name,
    ActivitySid: simple.activities[activity] as string,
  });

describe('the window', () => {
  it('is returned in whole seconds', async () => {
    const { body } = await get('/CumulativeStatistics', { Minutes: 5 });
    expect([body.start_time, body.end_time]).toEqual(['2026-01-31T11:55:00Z', '2026-01-31T12:00:00Z']);
    const dated = await get('/CumulativeStatistics', {
      StartDate: '2026-01-30',
      EndDate: '2026-01-30T08:00:00Z',
    });
    expect([dated.body.start_time, dated.body.end_time]).toEqual([
      '2026-01-30T00:00:00Z',
      '2026-01-30T08:00:00Z',
    ]);
  });

  it.each([
    ['/CumulativeStatistics'],
    ['/Statistics'],
    ['/TaskQueues/Statistics'],
    ['/Workers/CumulativeStatistics'],
    ['/Workers/Statistics'],
  ])('of %s may not start more than 30 days ago', async (path) => {
    const { status, body } = await get(path, { StartDate: '2026-01-01T11:59:59Z' });
    expect([status, body.code]).toEqual([400, 14241]);
    expect(body.more_info).toBe('https://www.twilio.com/docs/errors/14241');
    expect((await get(path, { StartDate: '2026-01-01T12:00:00Z' })).status).toBe(200);
  });

  it.each<[string, Form, RegExp]>([
    ['Minutes with a date', { Minutes: 5, StartDate: '2026-01-31' }, /^Minutes cannot be used together/],
    ['Minutes that are no number', { Minutes: 'five' }, /provided for Minutes is not a whole number/],
    ['no minutes', { Minutes: 0 }, /provided for Minutes is out of range/],
    ['a date that is none', { StartDate: 'yesterday' }, /provided for StartDate is not a date/],
    ['dates the wrong way round', { StartDate: '2026-01-31', EndDate: '2026-01-30' }, /must not be after/],
    ['thresholds that are no numbers', { SplitByWaitTime: '5,soon' }, /'soon' provided for SplitByWaitTime/],
    ['an empty threshold', { SplitByWaitTime: '5,,30' }, /'' provided for SplitByWaitTime/],
    ['a negative threshold', { SplitByWaitTime: '-5' }, /'-5' provided for SplitByWaitTime/],
  ])('refuses %s', async (_case, query, message) => {
    const { status, body } = await get('/CumulativeStatistics', query);
    expect([status, body.code]).toEqual([400, 20001]);
    expect(body.message).toMatch(message);
  });
});

it('returns 404 for owners that do not exist', async () => {
  for (const path of [
    `${simple.path}/TaskQueues/${countedSid('WQ', 9)}/Statistics`,
    `${simple.path}/Workflows/${countedSid('WW', 9)}/RealTimeStatistics`,
    `${simple.path}/Workers/${countedSid('WK', 9)}/Statistics`,
    `/v1/Workspaces/${countedSid('WS', 9)}/CumulativeStatistics`,
  ])
    expect([path, (await bench.get(path)).status]).toEqual([path, 404]);
});

it('returns exactly the keys of the documentation in each combined resource', async () => {
  const worker = await createWorker('Alice');
  const cumulative = [
    ...['avg_task_acceptance_time', 'start_time', 'end_time', 'split_by_wait_time'],
    ...['created', 'accepted', 'rejected', 'timed_out', 'canceled', 'rescinded'].map(
      (word) => `reservations_${word}`,
    ),
    ...['wait_duration_until_accepted', 'wait_duration_until_canceled'],
    ...['canceled', 'completed', 'deleted', 'moved'].map((word) => `tasks_${word}`),
  ];
  const tasks = [
    ...['longest_task_waiting_age', 'longest_task_waiting_sid'],
    ...['tasks_by_priority', 'tasks_by_status', 'total_tasks'],
  ];
  const queue = [
    ...['activity_statistics', 'total_available_workers', 'total_eligible_workers'],
    ...['longest_relative_task_age_in_queue', 'longest_relative_task_sid_in_queue'],
  ];
  const workers = [...cumulative.slice(1, 3), ...cumulative.slice(4, 10), 'activity_durations'];
  const expected: [string, string[], string[]][] = [
    [
      '/Statistics',
      [...cumulative, 'tasks_created', 'tasks_timed_out_in_workflow'],
      [...tasks, 'activity_statistics', 'total_workers'],
    ],
    [
      `/Workflows/${simple.workflowSid}/Statistics`,
      [...cumulative, 'tasks_entered', 'tasks_timed_out_in_workflow'],
      tasks,
    ],
    [
      `/TaskQueues/${simple.taskQueueSid}/Statistics`,
      [...cumulative, 'tasks_entered', 'wait_duration_in_queue_until_accepted'],
      [...tasks, ...queue],
    ],
    ['/Workers/Statistics', workers, ['activity_statistics', 'total_workers']],
    [`/Workers/${worker}/Statistics`, workers, []],
  ];
  for (const [path, cumulativeKeys, realTimeKeys] of expected) {
    const { body } = await get(path);
    expect(Object.keys(body.cumulative).sort()).toEqual([...cumulativeKeys].sort());
    expect(Object.keys(body.realtime ?? {}).sort()).toEqual([...realTimeKeys].sort());
    expect(body.url).toBe(`http://127.0.0.1:4040${simple.path}${path}`);
  }
});

it('returns null and zero where nothing happened', async () => {
  const { body } = await get('/Statistics');
  expect(body.realtime).toMatchObject({ longest_task_waiting_sid: null, longest_task_waiting_age: 0 });
  expect(body.realtime.tasks_by_priority).toEqual({});
  expect(body.cumulative).toMatchObject({ avg_task_acceptance_time: 0, split_by_wait_time: {} });
  expect(body.cumulative.wait_duration_until_accepted).toEqual({ avg: 0, min: 0, max: 0, total: 0 });
});

it('counts events of the same turn of the event loop, like the real-time figures', async () => {
  const { workspaceSid } = simple;
  const window = { from: bench.clock.now(), to: bench.clock.now() };
  const request = { workspaceSid, window, taskChannel: undefined, thresholds: [] };
  const history = new EventHistory(bench.taskRouter);
  await history.load(workspaceSid, window.from);
  const created = async () => (await workspaceCumulative(history, request)).tasksArrived;
  const writing = bench.taskRouter.execute({ type: 'CreateTask', workspaceSid });
  expect(await created()).toBe(1);
  await writing;
  expect(await created()).toBe(1);
});

describe('statistics of all workers', () => {
  it('can be limited to a name, and to the workers of a queue by sid or name', async () => {
    await createWorker('Alice');
    await createWorker('Bob', 'Offline');
    const queue = await bench.create(`${simple.path}/TaskQueues`, {
      FriendlyName: "Alice's",
      TargetWorkers: 'friendly_name == "Alice"',
    });
    await createTask();
    await bench.clock.advance(10_000);
    const total = async (query: Form) => {
      const { body } = await get('/Workers/Statistics', query);
      const seconds = body.cumulative.activity_durations.map(
        (durations: { total: number }) => durations.total,
      );
      return [body.realtime.total_workers, body.cumulative.reservations_created, ...seconds];
    };
    expect(await total({})).toEqual([2, 1, 10, 0, 10]);
    expect(await total({ FriendlyName: 'Bob' })).toEqual([1, 0, 10, 0, 0]);
    expect(await total({ TaskQueueSid: queue })).toEqual([1, 1, 0, 0, 10]);
    expect(await total({ TaskQueueName: "Alice's" })).toEqual([1, 1, 0, 0, 10]);
    expect(await total({ TaskQueueName: 'Everybody' })).toEqual([2, 1, 10, 0, 10]);
    expect(await total({ TaskQueueName: 'Everybody', FriendlyName: 'Bob' })).toEqual([1, 0, 10, 0, 0]);
    expect(await total({ TaskQueueName: 'Nobody' })).toEqual([0, 0, 0, 0, 0]);
    expect((await get('/Workers/Statistics', { TaskQueueSid: 'WQ1' })).status).toBe(400);
    const everybody = await get('/Workers/RealTimeStatistics', { FriendlyName: 'Bob' });
    expect(everybody.body.total_workers).toBe(2);
  });
});

describe('the list of queues', () => {
  it('has the figures of each queue, by name and by page', async () => {
    const second = await bench.create(`${simple.path}/TaskQueues`, { FriendlyName: 'Second' });
    await createTask();
    const { body } = await get('/TaskQueues/Statistics', { Minutes: 5 });
    const figures = body.task_queues_statistics.map(
      (queue: {
        task_queue_sid: string;
        cumulative: { tasks_entered: number };
        realtime: { total_tasks: number };
      }) => [queue.task_queue_sid, queue.cumulative.tasks_entered, queue.realtime.total_tasks],
    );
    expect(figures).toEqual([
      [simple.taskQueueSid, 1, 1],
      [second, 0, 0],
    ]);
    expect(Object.keys(body.task_queues_statistics[0]).sort()).toEqual([
      'account_sid',
      'cumulative',
      'realtime',
      'task_queue_sid',
      'workspace_sid',
    ]);
    const page = await get('/TaskQueues/Statistics', { PageSize: 1, Minutes: 5 });
    expect(page.body.meta.next_page_url).toBe(
      `http://127.0.0.1:4040${simple.path}/TaskQueues/Statistics?Minutes=5&PageSize=1&Page=1&PageToken=PA${simple.taskQueueSid}`,
    );
    const named = await get('/TaskQueues/Statistics', { FriendlyName: 'Second' });
    expect(named.body.task_queues_statistics).toHaveLength(1);
  });

  it('has the same figures as each queue itself', async () => {
    await createWorker('Alice');
    await createTask();
    await createTask({ Priority: 7 });
    await bench.clock.advance(3_000);
    const query = { SplitByWaitTime: '1' };
    const list = await get('/TaskQueues/Statistics', query);
    const own = await get(`/TaskQueues/${simple.taskQueueSid}/Statistics`, query);
    const { url: _, ...shared } = own.body;
    expect(list.body.task_queues_statistics).toEqual([shared]);
    const cumulative = await get(`/TaskQueues/${simple.taskQueueSid}/CumulativeStatistics`, query);
    const realTime = await get(`/TaskQueues/${simple.taskQueueSid}/RealTimeStatistics`);
    expect(cumulative.body).toMatchObject(own.body.cumulative);
    expect(realTime.body).toMatchObject(own.body.realtime);
  });
});

describe('bulk real-time statistics', () => {
  it('return each queue in the requested order, with zeros for an unknown queue', async () => {
    await createWorker('Alice');
    const task = await createTask();
    const stranger = countedSid('WQ', 99);
    const { status, body } = await bulk({ QueueSids: [stranger, simple.taskQueueSid] });
    expect(status).toBe(200);
    const none = { reserved: 0, pending: 0, assigned: 0, wrapping: 0 };
    const activities = (available: number) => [
      { sid: simple.activities.Offline, friendly_name: 'Offline', workers: 0 },
      { sid: simple.activities.Unavailable, friendly_name: 'Unavailable', workers: 0 },
      { sid: simple.activities.Available, friendly_name: 'Available', workers: available },
    ];
    expect(body).toEqual({
      account_sid: 'AC00000000000000000000000000000abc',
      workspace_sid: simple.workspaceSid,
      url: `http://127.0.0.1:4040${simple.path}/TaskQueues/RealTimeStatistics`,
      task_queue_response_count: 2,
      task_queue_data: [
        {
          task_queue_sid: stranger,
          longest_task_waiting_age: 0,
          longest_task_waiting_sid: null,
          tasks_by_priority: {},
          tasks_by_status: none,
          total_tasks: 0,
          activity_statistics: activities(0),
          total_available_workers: 0,
          total_eligible_workers: 0,
        },
        {
          task_queue_sid: simple.taskQueueSid,
          longest_task_waiting_age: 0,
          longest_task_waiting_sid: task,
          tasks_by_priority: { 0: 1 },
          tasks_by_status: { ...none, reserved: 1 },
          total_tasks: 1,
          activity_statistics: activities(1),
          total_available_workers: 1,
          total_eligible_workers: 1,
        },
      ],
    });
  });

  it('accept up to 50 queues', async () => {
    const sids = (count: number) => Array.from({ length: count }, (_, n) => countedSid('WQ', n + 1));
    expect((await bulk({ QueueSids: sids(50) })).body.task_queue_response_count).toBe(50);
    expect((await bulk({ QueueSids: sids(51) })).body.message).toBe(
      "Value '51 sids' provided for QueueSids is out of range: 1 to 50",
    );
  });

  it.each<[string, unknown, RegExp]>([
    ['no sids', { QueueSids: [] }, /^Value '0 sids' provided for QueueSids/],
    ['a malformed sid', { QueueSids: ['WQ1'] }, /^Value 'WQ1' provided for QueueSids has an invalid format/],
    ['a sid of another kind', { QueueSids: [countedSid('WW', 1)] }, /has an invalid format/],
    ['what is no sid at all', { QueueSids: [7] }, /^Value '7' provided for QueueSids/],
    ['one sid outside a list', { QueueSids: countedSid('WQ', 1) }, /^QueueSids is not a list/],
    ['no QueueSids', {}, /^QueueSids field is required/],
    ['no object', null, /^QueueSids field is required/],
  ])('refuses %s', async (_case, body, message) => {
    const response = await bulk(body);
    expect([response.status, response.body.code]).toEqual([400, 20001]);
    expect(response.body.message).toMatch(message);
  });

  it('refuse a body that is not JSON, and a form', async () => {
    const path = `${simple.path}/TaskQueues/RealTimeStatistics`;
    const broken = await bench.send('POST', path, '{"QueueSids":', { 'content-type': 'application/json' });
    expect(broken.body.message).toMatch(/^Invalid JSON provided for the body/);
    expect((await bench.send('POST', path)).body.message).toMatch(/^Invalid JSON provided for the body/);
    expect((await bench.post(path, { QueueSids: simple.taskQueueSid })).body.message).toBe(
      "Content-Type 'application/x-www-form-urlencoded' is not understood: send application/json",
    );
    expect((await bulk({ QueueSids: [simple.taskQueueSid] }, 'application/json; charset=utf-8')).status).toBe(
      200,
    );
  });
});
