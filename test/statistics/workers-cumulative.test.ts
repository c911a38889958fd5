import { type WorkersRequest, workersCumulative } from '../../src/taskrouter/statistics/workers-cumulative';
import { EngineBench } from '../support/engine-bench';
import { historyOf } from './hand-made-log';

/** Seconds after the start of the bench. */
const statistics = (
  bench: EngineBench,
  changes: Partial<WorkersRequest> & { from?: number; to?: number } = {},
) => {
  const { from = 0, to, ...rest } = changes;
  const window = {
    from: begin + from * 1000,
    to: to === undefined ? bench.now : begin + to * 1000,
  };
  const request = {
    workspaceSid: bench.workspaceSid,
    window,
    taskChannel: undefined,
    workers: null,
    ...rest,
  };
  return workersCumulative(historyOf(bench.events), bench.engine.view, request, bench.now);
};
const begin = new EngineBench().now;

/** `avg, min, max, total` by name of the activity, for activities that any worker was in. */
const stays = async (...call: Parameters<typeof statistics>) =>
  Object.fromEntries(
    (await statistics(...call)).activityDurations
      .filter(({ total }) => total > 0)
      .map(({ friendlyName, avg, min, max, total }) => [friendlyName, [avg, min, max, total]]),
  );
const only = (bench: EngineBench, workerSid: string) => ({ workers: [bench.worker(workerSid)] });

/** Alice: Offline 0–100, Idle 100–160, Busy 160–200, Idle 200–230. Bob: Offline 0–50, Idle 50–230. Now it is 230. */
function day(): EngineBench {
  const bench = new EngineBench();
  bench.pass(50);
  bench.setActivity(bench.bob, 'Idle');
  bench.pass(50);
  bench.setActivity(bench.alice, 'Idle');
  bench.pass(60);
  bench.setActivity(bench.alice, 'Busy');
  bench.pass(40);
  bench.setActivity(bench.alice, 'Idle');
  bench.pass(30);
  return bench;
}

it('adds the time of workers in each activity, including the current stay', async () => {
  expect(await stays(day())).toEqual({
    Offline: [75, 50, 100, 150],
    Idle: [90, 30, 180, 270],
    Busy: [40, 40, 40, 40],
  });
});

it('lists every activity of the workspace, with zeros when no worker was in it', async () => {
  const { activityDurations } = await statistics(day());
  const reserved = activityDurations.find(({ friendlyName }) => friendlyName === 'Reserved');
  expect(activityDurations.map(({ friendlyName }) => friendlyName)).toEqual([
    'Offline',
    'Idle',
    'Busy',
    'Reserved',
  ]);
  expect(reserved).toEqual({
    sid: expect.stringMatching(/^WA/),
    friendlyName: 'Reserved',
    avg: 0,
    min: 0,
    max: 0,
    total: 0,
  });
});

it('counts the part of a stay within the window, wherever it began and ended', async () => {
  const bench = day();
  expect(await stays(bench, { from: 90, to: 120 })).toEqual({
    Offline: [10, 10, 10, 10],
    Idle: [25, 20, 30, 50],
  });
  expect(await stays(bench, { from: 210, to: 220 })).toEqual({ Idle: [10, 10, 10, 20] });
  expect(await stays(bench, { from: 10, to: 20 })).toEqual({ Offline: [10, 10, 10, 20] });
  expect(await stays(bench, { from: 100, to: 160 })).toEqual({ Idle: [60, 60, 60, 120] });
});

it('counts no future time', async () => {
  expect(await stays(day(), { from: 220, to: 1000 })).toEqual({ Idle: [10, 10, 10, 20] });
});

it('counts the stays of one worker, or of some workers', async () => {
  const bench = day();
  expect(await stays(bench, only(bench, bench.alice))).toEqual({
    Offline: [100, 100, 100, 100],
    Idle: [45, 30, 60, 90],
    Busy: [40, 40, 40, 40],
  });
  expect(await stays(bench, { workers: [] })).toEqual({});
  expect(await stays(bench, { workers: [bench.worker(bench.alice), bench.worker(bench.bob)] })).toEqual(
    await stays(bench),
  );
});

it('counts a worker from creation to deletion', async () => {
  const bench = new EngineBench();
  bench.pass(10);
  const workerSid = bench.addWorker('Carol', {}, 'Busy');
  bench.pass(20);
  bench.setActivity(workerSid, 'Idle');
  bench.pass(30);
  bench.run({ type: 'DeleteWorker', workspaceSid: bench.workspaceSid, workerSid });
  bench.pass(40);
  expect(await stays(bench)).toEqual({
    Offline: [100, 100, 100, 200],
    Busy: [20, 20, 20, 20],
    Idle: [30, 30, 30, 30],
  });
  expect(await stays(bench, { from: 40, to: 50 })).toEqual({
    Offline: [10, 10, 10, 20],
    Idle: [10, 10, 10, 10],
  });
});

it('counts the only stay of a deleted worker, from creation or from the start of the window', async () => {
  const bench = new EngineBench();
  bench.pass(10);
  const workerSid = bench.addWorker('Carol', {}, 'Busy');
  bench.pass(20);
  bench.run({ type: 'DeleteWorker', workspaceSid: bench.workspaceSid, workerSid });
  expect((await stays(bench)).Busy).toEqual([20, 20, 20, 20]);
  expect((await stays(bench, { from: 25 })).Busy).toEqual([5, 5, 5, 5]);
});

it('does not count a stay of zero length', async () => {
  const bench = new EngineBench();
  bench.setActivity(bench.alice, 'Idle');
  const first = bench.addTask();
  bench.updateReservation(bench.pending(first), 'accepted');
  bench.pass(8);
  bench.updateTask(first, { assignmentStatus: 'completed' });
  bench.setActivity(bench.alice, 'Idle');
  const second = bench.addTask();
  bench.pass(4);
  bench.updateReservation(bench.pending(second), 'accepted');
  expect(await stays(bench, only(bench, bench.alice))).toEqual({
    Busy: [8, 8, 8, 8],
    Reserved: [4, 4, 4, 4],
  });
});

it("counts the workers' reservations in the window, on the requested channel", async () => {
  const bench = new EngineBench({ reservationTimeoutSeconds: 20 });
  bench.setActivity(bench.alice, 'Idle');
  const taskSid = bench.addTask();
  bench.pass(5);
  bench.updateReservation(bench.pending(taskSid), 'rejected');
  bench.pass(5);
  bench.updateTask(taskSid, { assignmentStatus: 'canceled' });
  bench.addTask({ selected_language: 'es' }, { taskChannel: 'sms' });
  bench.pass(30);
  const none = { created: 0, accepted: 0, rejected: 0, timedOut: 0, canceled: 0, rescinded: 0 };
  const { reservations } = await statistics(bench);
  expect(reservations).toEqual({ ...none, created: 3, rejected: 1, canceled: 1, timedOut: 1 });
  expect((await statistics(bench, { taskChannel: 'sms' })).reservations).toEqual({
    ...none,
    created: 1,
    timedOut: 1,
  });
  expect((await statistics(bench, only(bench, bench.bob))).reservations).toEqual(none);
  expect((await statistics(bench, only(bench, bench.alice))).reservations).toEqual(reservations);
  expect((await statistics(bench, { to: 9 })).reservations).toEqual({ ...none, created: 2, rejected: 1 });
});
