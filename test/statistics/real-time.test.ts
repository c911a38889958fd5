import { Slices } from '../../src/common/slices';
import type { Task } from '../../src/taskrouter/model/entities';
import { countTasks } from '../../src/taskrouter/statistics/real-time-tasks';
import {
  countWorkers,
  countWorkersByQueue,
  type WorkerFigures,
} from '../../src/taskrouter/statistics/real-time-workers';
import { checkWorkerLimit } from '../../src/taskrouter/statistics/worker-limit';
import { countedSid } from '../support/counting-sids';
import { EngineBench } from '../support/engine-bench';

const slices = new Slices();

const tasksOf = (bench: EngineBench, keyOf: (task: Task) => string, taskChannel?: string) => {
  const request = { workspaceSid: bench.workspaceSid, taskChannel };
  return countTasks(slices, bench.engine.view, request, keyOf, bench.now);
};
const byQueue = (bench: EngineBench, taskChannel?: string) =>
  tasksOf(bench, (task) => task.taskQueueSid, taskChannel);

const nothing = {
  tasksByStatus: { reserved: 0, pending: 0, assigned: 0, wrapping: 0 },
  tasksByPriority: {},
  totalTasks: 0,
  longestWaiting: { sid: null, age: 0 },
  longestInQueue: { sid: null, age: 0 },
};

it('shows zeros without tasks, and when all tasks are finished', async () => {
  const bench = new EngineBench();
  expect((await byQueue(bench))(bench.queues.spanish)).toEqual(nothing);
  bench.updateTask(bench.addTask(), { assignmentStatus: 'canceled' });
  expect((await byQueue(bench))(bench.queues.spanish)).toEqual(nothing);
});

it('counts tasks by status, and waiting tasks by priority', async () => {
  const bench = new EngineBench({ multiTaskEnabled: true });
  bench.updateChannel(bench.alice, 'default', { capacity: 3 });
  bench.setActivity(bench.alice, 'Idle');
  const [assigned, wrapping, reserved] = [bench.addTask(), bench.addTask(), bench.addTask()] as const;
  for (const taskSid of [assigned, wrapping]) bench.updateReservation(bench.pending(taskSid), 'accepted');
  bench.updateTask(wrapping, { assignmentStatus: 'wrapping' });
  bench.pass(3);
  bench.addTask({ selected_language: 'es' }, { priority: 99 });
  bench.addTask({ selected_language: 'es' }, { priority: 99 });
  bench.pass(4);
  expect((await byQueue(bench))(bench.queues.spanish)).toEqual({
    tasksByStatus: { reserved: 1, pending: 2, assigned: 1, wrapping: 1 },
    tasksByPriority: { 0: 1, 99: 2 },
    totalTasks: 5,
    longestWaiting: { sid: reserved, age: 7 },
    longestInQueue: { sid: reserved, age: 7 },
  });
});

it('distinguishes the oldest task from the one longest in the queue', async () => {
  const bench = new EngineBench({
    rules: ({ spanish, english }) => ({
      filters: [
        {
          expression: 'selected_language == "es"',
          targets: [{ queue: english, timeout: 30 }, { queue: spanish }],
        },
        { expression: 'selected_language == "en"', targets: [{ queue: spanish }] },
      ],
    }),
  });
  const moved = bench.addTask({ selected_language: 'es' });
  bench.pass(10);
  const stayed = bench.addTask({ selected_language: 'en' });
  bench.pass(25);
  expect((await byQueue(bench))(bench.queues.spanish)).toMatchObject({
    totalTasks: 2,
    longestWaiting: { sid: moved, age: 35 },
    longestInQueue: { sid: stayed, age: 25 },
  });
});

it('counts tasks by queue and by workflow, and on one channel by name or sid', async () => {
  const bench = new EngineBench();
  bench.addTask();
  bench.addTask({ selected_language: 'en' });
  bench.addTask({ selected_language: 'en' }, { taskChannel: 'sms' });
  const { spanish, english } = bench.queues;
  const totals = async (taskChannel?: string) => {
    const of = await byQueue(bench, taskChannel);
    return [spanish, english].map((sid) => of(sid).totalTasks);
  };
  expect(await totals()).toEqual([1, 2]);
  expect(await totals('sms')).toEqual([0, 1]);
  expect(await totals(bench.channel(bench.alice, 'sms').taskChannelSid)).toEqual([0, 1]);
  expect(await totals('fax')).toEqual([0, 0]);
  const byWorkflow = await tasksOf(bench, (task) => task.workflowSid);
  expect(byWorkflow(bench.workflowSid).totalTasks).toBe(3);
  expect(byWorkflow(countedSid('WW', 9))).toEqual(nothing);
});

it('counts workers by activity, all workers of a queue, and the available ones', async () => {
  const bench = new EngineBench();
  bench.addWorker('Carol', { languages: ['es'] }, 'Busy');
  bench.setActivity(bench.alice, 'Idle');
  bench.setActivity(bench.bob, 'Idle');
  const { view } = bench.engine;
  const { workspaceSid } = bench;
  const named = ({ activities, total, available }: WorkerFigures) => {
    const counts = Object.fromEntries(
      activities.map((activity) => [activity.friendlyName, activity.workers]),
    );
    return { counts, total, available };
  };
  const all = view.all('workers', workspaceSid);
  expect(named(await countWorkers(slices, view, workspaceSid, all))).toEqual({
    counts: { Offline: 0, Idle: 2, Busy: 1, Reserved: 0 },
    total: 3,
    available: 2,
  });
  const { spanish } = bench.queues;
  const unknown = countedSid('WQ', 9);
  const ofQueue = await countWorkersByQueue(slices, view, workspaceSid, [spanish, unknown]);
  expect(named(ofQueue(spanish))).toEqual({
    counts: { Offline: 0, Idle: 1, Busy: 1, Reserved: 0 },
    total: 2,
    available: 1,
  });
  expect(named(ofQueue(unknown)).total).toBe(0);
  const elsewhere = await countWorkersByQueue(slices, view, countedSid('WS', 2), [spanish]);
  expect(named(elsewhere(spanish)).total).toBe(0);
});

it('is unavailable above the limit of workers, when there is one; by default there is none', () => {
  const bench = new EngineBench();
  expect(() => checkWorkerLimit(bench.engine.view, bench.workspaceSid, 1)).toThrow(
    'Statistics are not available above 1 Workers',
  );
  expect(() => checkWorkerLimit(bench.engine.view, bench.workspaceSid, 2)).not.toThrow();
  expect(() => checkWorkerLimit(bench.engine.view, bench.workspaceSid)).not.toThrow();
});
