import {
  type CumulativeRequest,
  taskQueueCumulative,
  taskQueuesCumulative,
  workflowCumulative,
  workspaceCumulative,
} from '../../src/taskrouter/statistics/cumulative';
import { countedSid } from '../support/counting-sids';
import { at, type Line, logOf, taskLine, workspaceSid } from './hand-made-log';

const [spanish, english] = [countedSid('WQ', 1), countedSid('WQ', 2)];
const [sales, support] = [countedSid('WW', 1), countedSid('WW', 2)];

const request = (changes: Partial<CumulativeRequest> = {}): CumulativeRequest => ({
  workspaceSid,
  window: { from: at(0), to: at(900) },
  taskChannel: undefined,
  thresholds: [],
  ...changes,
});

const nothing = {
  reservations: { created: 0, accepted: 0, rejected: 0, timedOut: 0, canceled: 0, rescinded: 0 },
  averageTaskAcceptanceTime: 0,
  waitUntilAccepted: { avg: 0, min: 0, max: 0, total: 0 },
  waitUntilCanceled: { avg: 0, min: 0, max: 0, total: 0 },
  waitInQueueUntilAccepted: { avg: 0, min: 0, max: 0, total: 0 },
  splitByWaitTime: new Map(),
  tasksArrived: 0,
  tasksCanceled: 0,
  tasksCompleted: 0,
  tasksDeleted: 0,
  tasksMoved: 0,
  tasksTimedOutInWorkflow: 0,
};

/**
 * A: created in Spanish at 10, offered at 10, rejected at 15, offered again, accepted at 21, completed at 100.
 * B: created in Spanish at 20, moved to English at 50, accepted at 80 by one of two, the other rescinded.
 * C: created in English at 30, offered at 40, timed out at 60, fell out of its workflow at 70.
 * D: created in Spanish at 200, on the other workflow, offered at 200, canceled with its offer at 203, then deleted.
 */
const a = { created: 10, queue: spanish, workflow: sales };
const bSpanish = { created: 20, queue: spanish, workflow: sales };
const b = { created: 20, entered: 50, queue: english, workflow: sales };
const c = { created: 30, queue: english, workflow: sales };
const d = { created: 200, queue: spanish, workflow: support };
const arrives = (second: number, task: object): Line[] => [
  taskLine('task.created', second, task),
  taskLine('task-queue.entered', second, task),
  taskLine('workflow.entered', second, task),
];
const story: readonly Line[] = [
  ...arrives(10, a),
  taskLine('reservation.created', 10, a),
  taskLine('reservation.rejected', 15, a),
  taskLine('reservation.created', 15, a),
  ...arrives(20, bSpanish),
  taskLine('reservation.accepted', 21, a),
  ...arrives(30, c),
  taskLine('reservation.created', 40, c),
  taskLine('task-queue.timeout', 50, bSpanish),
  taskLine('task-queue.moved', 50, { ...b, from: spanish }),
  taskLine('task-queue.entered', 50, b),
  taskLine('reservation.timeout', 60, c),
  taskLine('workflow.timeout', 70, { created: 30, workflow: sales }),
  taskLine('task.canceled', 70, c),
  taskLine('reservation.created', 80, b),
  taskLine('reservation.created', 80, b),
  taskLine('reservation.accepted', 80, b),
  taskLine('reservation.rescinded', 80, b),
  taskLine('task.completed', 100, a),
  ...arrives(200, d),
  taskLine('reservation.created', 200, d),
  taskLine('reservation.canceled', 203, d),
  taskLine('task.canceled', 203, d),
  taskLine('task.deleted', 204, d),
];
const log = logOf(story);

const ofSpanish = {
  ...nothing,
  reservations: { created: 3, accepted: 1, rejected: 1, timedOut: 0, canceled: 1, rescinded: 0 },
  averageTaskAcceptanceTime: 11,
  waitUntilAccepted: { avg: 11, min: 11, max: 11, total: 11 },
  waitUntilCanceled: { avg: 3, min: 3, max: 3, total: 3 },
  waitInQueueUntilAccepted: { avg: 11, min: 11, max: 11, total: 11 },
  tasksArrived: 3,
  tasksCanceled: 1,
  tasksCompleted: 1,
  tasksDeleted: 1,
  tasksMoved: 1,
};
const ofEnglish = {
  ...nothing,
  reservations: { created: 3, accepted: 1, rejected: 0, timedOut: 1, canceled: 0, rescinded: 1 },
  averageTaskAcceptanceTime: 60,
  waitUntilAccepted: { avg: 60, min: 60, max: 60, total: 60 },
  waitUntilCanceled: { avg: 40, min: 40, max: 40, total: 40 },
  waitInQueueUntilAccepted: { avg: 30, min: 30, max: 30, total: 30 },
  tasksArrived: 2,
  tasksCanceled: 1,
};

it('counts the events of a workspace', async () => {
  expect(await workspaceCumulative(log, request())).toEqual({
    ...nothing,
    reservations: { created: 6, accepted: 2, rejected: 1, timedOut: 1, canceled: 1, rescinded: 1 },
    averageTaskAcceptanceTime: 35,
    waitUntilAccepted: { avg: 35, min: 11, max: 60, total: 71 },
    waitUntilCanceled: { avg: 21, min: 3, max: 40, total: 43 },
    waitInQueueUntilAccepted: { avg: 20, min: 11, max: 30, total: 41 },
    tasksArrived: 4,
    tasksCanceled: 2,
    tasksCompleted: 1,
    tasksDeleted: 1,
    tasksMoved: 1,
    tasksTimedOutInWorkflow: 1,
  });
});

it('counts the events of a workflow', async () => {
  expect(await workflowCumulative(log, request(), support)).toEqual({
    ...nothing,
    reservations: { created: 1, accepted: 0, rejected: 0, timedOut: 0, canceled: 1, rescinded: 0 },
    waitUntilCanceled: { avg: 3, min: 3, max: 3, total: 3 },
    tasksArrived: 1,
    tasksCanceled: 1,
    tasksDeleted: 1,
  });
  expect(await workflowCumulative(log, request(), sales)).toMatchObject({
    tasksArrived: 3,
    tasksMoved: 1,
    tasksTimedOutInWorkflow: 1,
    tasksCanceled: 1,
    tasksDeleted: 0,
  });
});

it('counts a move in the queue the task left, with its wait from creation and from entering the queue', async () => {
  expect(await taskQueueCumulative(log, request(), spanish)).toEqual(ofSpanish);
  expect(await taskQueueCumulative(log, request(), english)).toEqual(ofEnglish);
});

it('counts all queues in one pass with the same results as each queue alone', async () => {
  const of = await taskQueuesCumulative(log, request());
  expect(of(spanish)).toEqual(ofSpanish);
  expect(of(english)).toEqual(ofEnglish);
  expect(of(countedSid('WQ', 3))).toEqual(nothing);
});

it('counts from the start of the window to its end, both inclusive', async () => {
  const counted = async (from: number, to: number) => {
    const figures = await workspaceCumulative(log, request({ window: { from: at(from), to: at(to) } }));
    return [figures.reservations.created, figures.reservations.rejected];
  };
  expect(await counted(10, 15)).toEqual([2, 1]);
  expect(await counted(10.001, 15)).toEqual([1, 1]);
  expect(await counted(10, 14.999)).toEqual([1, 0]);
  expect(await counted(205, 900)).toEqual([0, 0]);
});

it('counts only the requested channel, by name or by sid', async () => {
  const sms = { ...a, channel: 'sms' };
  const mixed = logOf([
    ...story,
    taskLine('reservation.accepted', 30, sms),
    taskLine('task.created', 10, sms),
  ]);
  for (const taskChannel of ['sms', countedSid('TC', 2)]) {
    expect(await workspaceCumulative(mixed, request({ taskChannel }))).toEqual({
      ...nothing,
      reservations: { ...nothing.reservations, accepted: 1 },
      averageTaskAcceptanceTime: 20,
      waitUntilAccepted: { avg: 20, min: 20, max: 20, total: 20 },
      waitInQueueUntilAccepted: { avg: 20, min: 20, max: 20, total: 20 },
      tasksArrived: 1,
    });
  }
  expect((await workspaceCumulative(mixed, request({ taskChannel: 'default' }))).tasksArrived).toBe(4);
  expect(await workspaceCumulative(mixed, request({ taskChannel: 'fax' }))).toEqual(nothing);
});

it('splits acceptances and cancellations by the wait of the task, and counts exactly the threshold as below', async () => {
  const { splitByWaitTime } = await workspaceCumulative(log, request({ thresholds: [3, 11, 50] }));
  expect(Object.fromEntries(splitByWaitTime)).toEqual({
    3: { above: { accepted: 2, canceled: 1 }, below: { accepted: 0, canceled: 1 } },
    11: { above: { accepted: 1, canceled: 1 }, below: { accepted: 1, canceled: 1 } },
    50: { above: { accepted: 1, canceled: 0 }, below: { accepted: 1, canceled: 2 } },
  });
});

it('also counts events that are not written yet, once', async () => {
  for (const unwritten of [1, 4, story.length]) {
    const halfWritten = logOf(story, unwritten);
    expect(await workspaceCumulative(halfWritten, request())).toEqual(
      await workspaceCumulative(log, request()),
    );
    expect(await taskQueueCumulative(halfWritten, request(), spanish)).toEqual(ofSpanish);
    const early = request({ window: { from: at(0), to: at(99) } });
    expect((await workspaceCumulative(halfWritten, early)).tasksCompleted).toBe(0);
  }
});

it('ignores other workspaces', async () => {
  expect(await workspaceCumulative(log, request({ workspaceSid: countedSid('WS', 2) }))).toEqual(nothing);
});

it('counts all pages of a long window', async () => {
  const many = Array.from({ length: 2500 }, (_, n) => taskLine('task.created', n / 10, a));
  expect((await workspaceCumulative(logOf(many), request())).tasksArrived).toBe(2500);
  expect((await taskQueuesCumulative(logOf(many), request()))(spanish)).toEqual(nothing);
});

it('counts both ways of deleting a task', async () => {
  const deletions = logOf([taskLine('task.deleted', 5, a), taskLine('task.system-deleted', 6, a)]);
  expect((await workspaceCumulative(deletions, request())).tasksDeleted).toBe(2);
});
