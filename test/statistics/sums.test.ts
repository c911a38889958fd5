import fc from 'fast-check';
import { Slices } from '../../src/common/slices';
import type { Task } from '../../src/taskrouter/model/entities';
import type { EventType } from '../../src/taskrouter/model/event-types';
import {
  type CumulativeFigures,
  taskQueueCumulative,
  taskQueuesCumulative,
  workflowCumulative,
  workspaceCumulative,
} from '../../src/taskrouter/statistics/cumulative';
import { countTasks } from '../../src/taskrouter/statistics/real-time-tasks';
import { workersCumulative } from '../../src/taskrouter/statistics/workers-cumulative';
import { attributes, EngineBench } from '../support/engine-bench';
import { historyOf } from './hand-made-log';

/** One action of a client. Numbers choose among the existing entities. */
type Action =
  | {
      readonly does: 'create';
      readonly language: string;
      readonly workflow: number;
      readonly priority: number;
    }
  | { readonly does: 'activity'; readonly worker: number; readonly activity: string }
  | { readonly does: 'accept' | 'reject' | 'complete' | 'cancel' | 'delete' | 'turn'; readonly which: number }
  | { readonly does: 'pass'; readonly seconds: number };

const which = fc.nat(20);
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({
    does: fc.constant('create' as const),
    language: fc.constantFrom('es', 'en', 'any'),
    workflow: fc.nat(1),
    priority: fc.nat(3),
  }),
  fc.record({
    does: fc.constant('activity' as const),
    worker: fc.nat(1),
    activity: fc.constantFrom('Idle', 'Idle', 'Offline'),
  }),
  fc.record({
    does: fc.constantFrom('accept' as const, 'reject' as const, 'complete' as const, 'cancel' as const),
    which,
  }),
  fc.record({ does: fc.constantFrom('delete' as const, 'turn' as const), which }),
  fc.record({ does: fc.constant('pass' as const), seconds: fc.nat(40) }),
);

/** Two workflows over two queues that time out, move tasks, and offer them to two workers at the same time. */
function workshop() {
  const bench = new EngineBench({
    multiTaskEnabled: true,
    reservationTimeoutSeconds: 25,
    queue: { maxReservedWorkers: 2 },
    rules: ({ spanish, english }) => ({
      filters: [
        {
          expression: 'selected_language == "es"',
          targets: [{ queue: spanish, timeout: 30 }, { queue: english }],
        },
        { expression: 'selected_language == "en"', targets: [{ queue: english, timeout: 60 }] },
      ],
      default_filter: { queue: spanish },
    }),
  });
  const second = bench.addWorkflow({ default_filter: { queue: bench.queues.english } }, {}, 'Second');
  for (const worker of [bench.alice, bench.bob]) bench.updateChannel(worker, 'default', { capacity: 3 });
  bench.events.length = 0;
  return { bench, workflows: [bench.workflowSid, second], begin: bench.now };
}

function carryOut(bench: EngineBench, workflows: readonly string[], does: Action): void {
  const { view } = bench.engine;
  const pick = <Row>(rows: Iterable<Row>, n: number): Row | undefined => {
    const all = [...rows];
    return all[n % Math.max(1, all.length)];
  };
  const tasks = (...statuses: Task['status'][]) =>
    [...view.all('tasks', bench.workspaceSid)].filter(({ status }) => statuses.includes(status));
  const update = (task: Task | undefined, patch: object) => task && bench.updateTask(task.sid, patch);
  switch (does.does) {
    case 'create':
      bench.addTask(
        { selected_language: does.language },
        { workflowSid: workflows[does.workflow], priority: does.priority },
      );
      return;
    case 'activity':
      bench.setActivity(does.worker ? bench.alice : bench.bob, does.activity);
      return;
    case 'accept':
    case 'reject': {
      const pending = [...view.all('reservations', bench.workspaceSid)].filter(
        ({ status }) => status === 'pending',
      );
      const reservation = pick(pending, does.which);
      if (reservation) bench.updateReservation(reservation, does.does === 'accept' ? 'accepted' : 'rejected');
      return;
    }
    case 'complete':
      update(pick(tasks('assigned'), does.which), { assignmentStatus: 'completed' });
      return;
    case 'cancel':
      update(pick(tasks('pending', 'reserved'), does.which), { assignmentStatus: 'canceled' });
      return;
    case 'turn':
      update(pick(tasks('pending', 'reserved'), does.which), {
        attributes: attributes({ selected_language: does.which % 2 ? 'es' : 'en' }),
      });
      return;
    case 'delete': {
      const task = pick(tasks('pending', 'reserved', 'assigned'), does.which);
      if (task) bench.deleteTask(task.sid);
      return;
    }
    case 'pass':
      bench.pass(does.seconds);
  }
}

/** The figures that add up. */
const counters = (figures: CumulativeFigures) => ({
  ...figures.reservations,
  tasksCanceled: figures.tasksCanceled,
  tasksCompleted: figures.tasksCompleted,
  tasksDeleted: figures.tasksDeleted,
  tasksMoved: figures.tasksMoved,
  waitedUntilAccepted: figures.waitUntilAccepted.total,
  waitedInQueue: figures.waitInQueueUntilAccepted.total,
  waitedUntilCanceled: figures.waitUntilCanceled.total,
});

function sum(all: readonly CumulativeFigures[]): ReturnType<typeof counters> {
  const sums = counters(all[0] as CumulativeFigures);
  for (const figures of all.slice(1))
    for (const [name, value] of Object.entries(counters(figures))) sums[name as keyof typeof sums] += value;
  return sums;
}

/** The same figures counted differently: from the events alone, using only types, dates, and sids. */
function walk({ events }: EngineBench) {
  const created = new Map<string, number>();
  const entered = new Map<string, { date: number; queue: string }>();
  const count = (...types: EventType[]) => events.filter(({ type }) => types.includes(type)).length;
  const seconds = (from = Number.NaN, to: number) => Math.floor(to / 1000) - Math.floor(from / 1000);
  const movedFrom = new Map<string, number>();
  const waited = { accepted: 0, inQueue: 0, canceled: 0 };
  for (const { type, date, fields } of events) {
    const task = fields.TaskSid ?? '';
    if (type === 'task.created') created.set(task, date);
    if (type === 'task-queue.entered') entered.set(task, { date, queue: fields.TaskQueueSid ?? '' });
    const from = entered.get(task);
    if (type === 'task-queue.moved')
      movedFrom.set(from?.queue ?? '', (movedFrom.get(from?.queue ?? '') ?? 0) + 1);
    if (type === 'task.canceled') waited.canceled += seconds(created.get(task), date);
    if (type !== 'reservation.accepted') continue;
    waited.accepted += seconds(created.get(task), date);
    waited.inQueue += seconds(from?.date, date);
  }
  const all: ReturnType<typeof counters> = {
    created: count('reservation.created'),
    accepted: count('reservation.accepted'),
    rejected: count('reservation.rejected'),
    timedOut: count('reservation.timeout'),
    canceled: count('reservation.canceled'),
    rescinded: count('reservation.rescinded'),
    tasksCanceled: count('task.canceled'),
    tasksCompleted: count('task.completed'),
    tasksDeleted: count('task.deleted', 'task.system-deleted'),
    tasksMoved: count('task-queue.moved'),
    waitedUntilAccepted: waited.accepted,
    waitedInQueue: waited.inQueue,
    waitedUntilCanceled: waited.canceled,
  };
  return { all, movedFrom, arrivals: [count('task.created'), count('task-queue.entered')] };
}

const runs = { numRuns: 60, seed: 1_700_000_000 };
const actions = fc.array(action, { minLength: 5, maxLength: 60, size: 'max' });

it('agree with the events for queues, workflows, and workspace after any actions', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(actions, async (story) => {
      const { bench, workflows, begin } = workshop();
      for (const does of story) carryOut(bench, workflows, does);
      for (const { type } of bench.events) seen.add(type);
      const log = historyOf(bench.events);
      const { workspaceSid } = bench;
      const window = { from: begin, to: bench.now };
      const request = { workspaceSid, window, taskChannel: undefined, thresholds: [20] };
      const queueSids = Object.values(bench.queues);

      const expected = walk(bench);
      const workspace = await workspaceCumulative(log, request);
      const ofWorkflows = await Promise.all(workflows.map((sid) => workflowCumulative(log, request, sid)));
      const ofQueues = await Promise.all(queueSids.map((sid) => taskQueueCumulative(log, request, sid)));
      expect(counters(workspace)).toEqual(expected.all);
      expect(sum(ofWorkflows)).toEqual(expected.all);
      expect(sum(ofQueues)).toEqual(expected.all);
      expect(queueSids.map(await taskQueuesCumulative(log, request))).toEqual(ofQueues);
      expect(ofQueues.map(({ tasksMoved }) => tasksMoved)).toEqual(
        queueSids.map((sid) => expected.movedFrom.get(sid) ?? 0),
      );
      const arrived = (all: readonly CumulativeFigures[]) =>
        all.reduce((total, { tasksArrived }) => total + tasksArrived, 0);
      expect([workspace.tasksArrived, arrived(ofQueues)]).toEqual(expected.arrivals);
      expect(arrived(ofWorkflows)).toBe(workspace.tasksArrived);
      const split = workspace.splitByWaitTime.get(20);
      expect((split?.above.accepted ?? 0) + (split?.below.accepted ?? 0)).toBe(expected.all.accepted);
      expect((split?.above.canceled ?? 0) + (split?.below.canceled ?? 0)).toBe(expected.all.tasksCanceled);

      const { view } = bench.engine;
      const ofWorkers = await workersCumulative(log, view, { ...request, workers: null }, bench.now);
      expect(ofWorkers.reservations).toEqual(workspace.reservations);
      const stayed = ofWorkers.activityDurations.reduce((total, activity) => total + activity.total, 0);
      expect(stayed).toBe((2 * (bench.now - begin)) / 1000);
    }),
    runs,
  );
  // The comparison is useful only if everything that is counted happens in the runs.
  const reservations = ['created', 'accepted', 'rejected', 'timeout', 'canceled', 'rescinded'];
  const counted = [
    ...reservations.map((word) => `reservation.${word}`),
    ...['task.canceled', 'task.completed', 'task.deleted', 'task-queue.moved', 'workflow.timeout'],
  ];
  expect(counted.filter((type) => !seen.has(type))).toEqual([]);
});

it('add up over all queues to the tasks of the workspace', async () => {
  await fc.assert(
    fc.asyncProperty(actions, async (story) => {
      const { bench, workflows } = workshop();
      for (const does of story) carryOut(bench, workflows, does);
      const { view } = bench.engine;
      const request = { workspaceSid: bench.workspaceSid, taskChannel: undefined };
      const ofQueue = await countTasks(new Slices(), view, request, (task) => task.taskQueueSid, bench.now);
      const open = [...view.all('tasks', bench.workspaceSid)].filter(
        ({ status }) => status !== 'completed' && status !== 'canceled',
      );
      const queues = Object.values(bench.queues).map(ofQueue);
      const add = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
      expect(add(queues.map(({ totalTasks }) => totalTasks))).toBe(open.length);
      const waiting = open.filter(({ status }) => status === 'pending' || status === 'reserved');
      expect(add(queues.flatMap(({ tasksByPriority }) => Object.values(tasksByPriority)))).toBe(
        waiting.length,
      );
      const ages = waiting.map(
        ({ dateCreated }) => Math.floor(bench.now / 1000) - Math.floor(dateCreated / 1000),
      );
      expect(Math.max(...queues.map(({ longestWaiting }) => longestWaiting.age))).toBe(Math.max(0, ...ages));
    }),
    runs,
  );
});
