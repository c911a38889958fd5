import { CheckedHttpClient } from '../support/checked-client';
import { startTestTaskRouter, type TestTaskRouter } from '../support/start-test-taskrouter';

/**
 * A morning in a multitasking workspace, by the second: nine tasks, three queues, two workers with capacity 1 on
 * each channel, and a reservation timeout of 20 s. Every figure below was computed from this script by hand.
 */
async function morning({ client, clock }: TestTaskRouter) {
  const { sid } = await client.taskrouter.v1.workspaces.create({
    friendlyName: 'Morning',
    multiTaskEnabled: true,
  });
  const workspace = client.taskrouter.v1.workspaces(sid);
  const queue = async (friendlyName: string, targetWorkers: string, maxReservedWorkers = 1) =>
    (await workspace.taskQueues.create({ friendlyName, targetWorkers, maxReservedWorkers })).sid;
  const spanish = await queue('Spanish', 'language == "es"');
  const english = await queue('English', 'language == "en"');
  const team = await queue('Team', '1==1', 2);
  const when = (language: string, ...targets: object[]) => ({
    expression: `language == "${language}"`,
    targets,
  });
  const filters = [
    when('es', { queue: spanish, timeout: 60 }, { queue: english }),
    when('en', { queue: english, timeout: 300 }),
    when('any', { queue: team }),
  ];
  const newWorkflow = async (friendlyName: string, rules: object) => {
    const configuration = JSON.stringify({ task_routing: rules });
    return (await workspace.workflows.create({ friendlyName, configuration, taskReservationTimeout: 20 }))
      .sid;
  };
  const workflowSid = await newWorkflow('Calls', { filters });
  const idleWorkflowSid = await newWorkflow('Nothing', { default_filter: { queue: english } });
  const activities = await workspace.activities.list();
  const activity = (name: string) => activities.find(({ friendlyName }) => friendlyName === name)?.sid ?? '';
  const worker = async (friendlyName: string, language: string) =>
    (await workspace.workers.create({ friendlyName, attributes: JSON.stringify({ language }) })).sid;
  const alice = await worker('Alice', 'es');
  const bob = await worker('Bob', 'en');

  const start = clock.now();
  const second = async (second: number) => clock.advance(start + second * 1000 - clock.now());
  const task = async (language: string, options: { taskChannel?: string; priority?: number } = {}) =>
    (await workspace.tasks.create({ workflowSid, attributes: JSON.stringify({ language }), ...options })).sid;
  const available = (workerSid: string) =>
    workspace.workers(workerSid).update({ activitySid: activity('Available') });
  const reply = async (taskSid: string, workerSid: string, reservationStatus: 'accepted' | 'rejected') => {
    const { reservations } = workspace.tasks(taskSid);
    const [offer] = await reservations.list({ reservationStatus: 'pending', workerSid });
    await workspace
      .tasks(taskSid)
      .reservations(offer?.sid ?? '')
      .update({ reservationStatus });
  };

  const a = await task('es');
  await second(10);
  await available(alice); // A is offered to Alice
  await second(15);
  await reply(a, alice, 'accepted');
  const b = await task('es'); // Alice is at capacity
  await second(75); // B moves to English
  await second(80);
  const c = await task('en', { taskChannel: 'sms' });
  await second(90);
  await available(bob); // B and C are offered to Bob
  await second(95);
  await reply(c, bob, 'rejected'); // and C again
  await second(100);
  await reply(b, bob, 'accepted');
  await second(115); // C times out, and Bob goes Offline
  await second(120);
  await workspace.tasks(c).update({ assignmentStatus: 'canceled' });
  await second(130);
  await workspace.tasks(a).update({ assignmentStatus: 'completed' });
  const d = await task('es'); // offered to Alice
  await second(133);
  await workspace.tasks(d).update({ assignmentStatus: 'canceled' });
  await second(140);
  await available(bob);
  await task('en'); // E waits for Bob, who has B, until its workflow ends at 440
  await second(150);
  const f = await task('es'); // offered to Alice
  await second(155);
  await workspace.tasks(f).remove();
  await second(500);
  const g = await task('any', { taskChannel: 'voice' }); // offered to both
  await second(507);
  await reply(g, alice, 'accepted');
  await second(510);
  await workspace.tasks(g).update({ assignmentStatus: 'wrapping' });
  await second(520);
  const h = await task('es', { priority: 5 }); // offered to Alice
  await second(525);
  const i = await task('en', { priority: 9 }); // waits for Bob
  await second(530);
  return { workspace, spanish, english, team, workflowSid, idleWorkflowSid, activity, alice, bob, h, i };
}

const httpClient = new CheckedHttpClient();
let taskrouter: TestTaskRouter;
let day: Awaited<ReturnType<typeof morning>>;
beforeAll(async () => {
  taskrouter = await startTestTaskRouter({ httpClient });
  day = await morning(taskrouter);
});
afterAll(() => taskrouter.close());

const waits = (avg: number, min: number, max: number, total: number) => ({ avg, min, max, total });
const never = waits(0, 0, 0, 0);
const once = (seconds: number) => waits(seconds, seconds, seconds, seconds);
const window = { start_time: '2026-01-31T11:53:50Z', end_time: '2026-01-31T12:08:50Z' };

const ofWorkspace = {
  ...window,
  avg_task_acceptance_time: 35,
  reservations_created: 9,
  reservations_accepted: 3,
  reservations_rejected: 1,
  reservations_timed_out: 1,
  reservations_canceled: 2,
  reservations_rescinded: 1,
  split_by_wait_time: {
    5: {
      above: { tasks_canceled: 2, reservations_accepted: 3 },
      below: { tasks_canceled: 1, reservations_accepted: 0 },
    },
    30: {
      above: { tasks_canceled: 2, reservations_accepted: 1 },
      below: { tasks_canceled: 1, reservations_accepted: 2 },
    },
  },
  wait_duration_until_accepted: waits(35, 7, 85, 107), // A 15, B 85, G 7
  wait_duration_until_canceled: waits(114, 3, 300, 343), // C 40, D 3, E 300
  tasks_canceled: 3,
  tasks_completed: 1,
  tasks_created: 9,
  tasks_deleted: 1,
  tasks_moved: 1,
  tasks_timed_out_in_workflow: 1,
};
const nothing = {
  ...window,
  avg_task_acceptance_time: 0,
  reservations_created: 0,
  reservations_accepted: 0,
  reservations_rejected: 0,
  reservations_timed_out: 0,
  reservations_canceled: 0,
  reservations_rescinded: 0,
  split_by_wait_time: {},
  wait_duration_until_accepted: never,
  wait_duration_until_canceled: never,
  tasks_canceled: 0,
  tasks_completed: 0,
  tasks_deleted: 0,
  tasks_moved: 0,
};
const nothingInQueue = { ...nothing, tasks_entered: 0, wait_duration_in_queue_until_accepted: never };
const queues = () => ({
  [day.spanish]: {
    ...nothingInQueue,
    avg_task_acceptance_time: 15,
    reservations_created: 4, // A, D, F, H
    reservations_accepted: 1,
    reservations_canceled: 2, // D, F
    wait_duration_until_accepted: once(15),
    wait_duration_in_queue_until_accepted: once(15),
    wait_duration_until_canceled: once(3),
    tasks_entered: 5, // A, B, D, F, H
    tasks_canceled: 1,
    tasks_completed: 1,
    tasks_deleted: 1,
    tasks_moved: 1,
  },
  [day.english]: {
    ...nothingInQueue,
    avg_task_acceptance_time: 85,
    reservations_created: 3, // B, C twice
    reservations_accepted: 1,
    reservations_rejected: 1,
    reservations_timed_out: 1,
    wait_duration_until_accepted: once(85),
    wait_duration_in_queue_until_accepted: once(25), // there since 75
    wait_duration_until_canceled: waits(170, 40, 300, 340), // C, E
    tasks_entered: 4, // B, C, E, I
    tasks_canceled: 2,
  },
  [day.team]: {
    ...nothingInQueue,
    avg_task_acceptance_time: 7,
    reservations_created: 2,
    reservations_accepted: 1,
    reservations_rescinded: 1,
    wait_duration_until_accepted: once(7),
    wait_duration_in_queue_until_accepted: once(7),
    tasks_entered: 1,
  },
});
const activities = (offline: number, unavailable: number, available: number) => [
  { sid: day.activity('Offline'), friendly_name: 'Offline', workers: offline },
  { sid: day.activity('Unavailable'), friendly_name: 'Unavailable', workers: unavailable },
  { sid: day.activity('Available'), friendly_name: 'Available', workers: available },
];
const tasks = (reserved: number, pending: number, assigned: number, wrapping: number) => ({
  tasks_by_status: { reserved, pending, assigned, wrapping },
  total_tasks: reserved + pending + assigned + wrapping,
});
const durations = (...stays: readonly ReturnType<typeof waits>[]) =>
  ['Offline', 'Unavailable', 'Available'].map((name, n) => ({
    sid: day.activity(name),
    friendly_name: name,
    ...stays[n],
  }));

it('counts the morning of the workspace', async () => {
  const { cumulative, realtime } = await day.workspace.statistics().fetch({ splitByWaitTime: '5,30' });
  expect(cumulative).toEqual(ofWorkspace);
  expect(realtime).toEqual({
    ...tasks(1, 1, 1, 1), // H, I, B, G
    tasks_by_priority: { 5: 1, 9: 1 },
    longest_task_waiting_sid: day.h,
    longest_task_waiting_age: 10,
    activity_statistics: activities(0, 0, 2),
    total_workers: 2,
  });
});

it('returns each half separately to the client, too', async () => {
  const cumulative = await day.workspace.cumulativeStatistics().fetch({ splitByWaitTime: '5,30' });
  expect(cumulative).toMatchObject({
    avgTaskAcceptanceTime: 35,
    tasksCreated: 9,
    tasksTimedOutInWorkflow: 1,
    splitByWaitTime: ofWorkspace.split_by_wait_time,
    startTime: new Date(window.start_time),
  });
  expect(await day.workspace.realTimeStatistics().fetch()).toMatchObject({ totalTasks: 4, totalWorkers: 2 });
});

it('counts a workflow, and zeros in one that no task entered', async () => {
  const { tasks_created, ...ofWorkflow } = ofWorkspace;
  const calls = day.workspace.workflows(day.workflowSid);
  const { cumulative, realtime } = await calls.statistics().fetch({ splitByWaitTime: '5,30' });
  expect(cumulative).toEqual({ ...ofWorkflow, tasks_entered: tasks_created });
  expect(realtime).toMatchObject({ ...tasks(1, 1, 1, 1), longest_task_waiting_age: 10 });
  const idle = await day.workspace.workflows(day.idleWorkflowSid).statistics().fetch();
  expect(idle.cumulative).toEqual({ ...nothing, tasks_entered: 0, tasks_timed_out_in_workflow: 0 });
  expect(idle.realtime).toEqual({
    ...tasks(0, 0, 0, 0),
    tasks_by_priority: {},
    longest_task_waiting_sid: null,
    longest_task_waiting_age: 0,
  });
});

it('counts each queue, in the list and separately', async () => {
  const list = await day.workspace.taskQueues.statistics.list();
  expect(Object.fromEntries(list.map((queue) => [queue.taskQueueSid, queue.cumulative]))).toEqual(queues());
  for (const [sid, figures] of Object.entries(queues())) {
    const { cumulative } = await day.workspace.taskQueues(sid).statistics().fetch();
    expect(cumulative).toEqual(figures);
  }
});

it('shows the current state of a queue', async () => {
  const { realtime } = await day.workspace.taskQueues(day.english).statistics().fetch();
  expect(realtime).toEqual({
    ...tasks(0, 1, 1, 0), // I, B
    tasks_by_priority: { 9: 1 },
    longest_task_waiting_sid: day.i,
    longest_task_waiting_age: 5,
    longest_relative_task_sid_in_queue: day.i,
    longest_relative_task_age_in_queue: 5,
    activity_statistics: activities(0, 0, 1),
    total_eligible_workers: 1,
    total_available_workers: 1,
  });
  const QueueSids = [day.team, day.spanish];
  const bulk = await day.workspace.taskQueues.bulkRealTimeStatistics.create({ QueueSids });
  expect(bulk.taskQueueData).toEqual([
    expect.objectContaining({ ...tasks(0, 0, 0, 1), task_queue_sid: day.team, total_eligible_workers: 2 }),
    expect.objectContaining({ ...tasks(1, 0, 0, 0), longest_task_waiting_sid: day.h }),
  ]);
});

it('counts one channel', async () => {
  const sms = await day.workspace.statistics().fetch({ taskChannel: 'sms' });
  expect(sms.cumulative).toEqual({
    ...nothing,
    reservations_created: 2,
    reservations_rejected: 1,
    reservations_timed_out: 1,
    wait_duration_until_canceled: once(40),
    tasks_canceled: 1,
    tasks_created: 1,
    tasks_timed_out_in_workflow: 0,
  });
  expect(sms.realtime).toMatchObject({ total_tasks: 0, total_workers: 2 });
  expect((await day.workspace.statistics().fetch({ taskChannel: 'voice' })).realtime).toMatchObject(
    tasks(0, 0, 0, 1),
  );
});

it('counts a part of the morning', async () => {
  const startDate = new Date('2026-01-31T12:01:40Z'); // second 100
  const endDate = new Date('2026-01-31T12:02:10Z'); // second 130
  const { cumulative } = await day.workspace.statistics().fetch({ startDate, endDate });
  expect(cumulative).toEqual({
    ...nothing,
    start_time: '2026-01-31T12:01:40Z',
    end_time: '2026-01-31T12:02:10Z',
    avg_task_acceptance_time: 85,
    reservations_created: 1, // D
    reservations_accepted: 1, // B
    reservations_timed_out: 1, // C
    wait_duration_until_accepted: once(85),
    wait_duration_until_canceled: once(40), // C
    tasks_canceled: 1,
    tasks_completed: 1, // A
    tasks_created: 1,
    tasks_timed_out_in_workflow: 0,
  });
});

it('counts the work of the workers, and their time in each activity', async () => {
  const { cumulative, realtime } = await day.workspace.workers.statistics().fetch();
  expect(cumulative).toEqual({
    ...window,
    reservations_created: 9,
    reservations_accepted: 3,
    reservations_rejected: 1,
    reservations_timed_out: 1,
    reservations_canceled: 2,
    reservations_rescinded: 1,
    // Alice Offline until 10; Bob Offline until 90 and from 115 to 140.
    activity_durations: durations(waits(41, 10, 90, 125), never, waits(311, 25, 520, 935)),
  });
  expect(realtime).toEqual({ activity_statistics: activities(0, 0, 2), total_workers: 2 });
  expect(await day.workspace.workers.cumulativeStatistics().fetch()).toMatchObject({
    reservationsCreated: 9,
  });
});

it('counts the work of one worker', async () => {
  const { cumulative } = await day.workspace.workers(day.bob).statistics().fetch();
  expect(cumulative).toEqual({
    ...window,
    reservations_created: 4, // B, C twice, G
    reservations_accepted: 1,
    reservations_rejected: 1,
    reservations_timed_out: 1,
    reservations_canceled: 0,
    reservations_rescinded: 1,
    activity_durations: durations(waits(57, 25, 90, 115), never, waits(207, 25, 390, 415)),
  });
});

const withDocument = process.env.TWILIO_OPENAPI ? it : it.skip;
withDocument("matches Twilio's OpenAPI in every response (needs TWILIO_OPENAPI)", () => {
  expect(httpClient.compared).toEqual(httpClient.succeeded);
});
