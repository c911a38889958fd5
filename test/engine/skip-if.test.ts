import { EngineBench } from '../support/engine-bench';

type Queues = { spanish: string; english: string };

/** The Spanish queue first, skipped if `skipIf` is true, then the English queue. */
const skipping =
  (skipIf: string, first: object = {}) =>
  (queues: Queues) => ({
    filters: [
      {
        expression: '1==1',
        targets: [{ queue: queues.spanish, skip_if: skipIf, ...first }, { queue: queues.english }],
      },
    ],
  });

describe('skip_if', () => {
  it('skips a target in which no one can be reserved immediately', () => {
    const bench = new EngineBench({ rules: skipping('1==1') });
    bench.setActivity(bench.bob, 'Idle');
    const task = bench.addTask();
    expect(bench.queueOf(task)).toBe('English');
    expect(bench.offeredTo(task)).toEqual(['Bob']);
    expect(bench.takeEventTypes()).toEqual([
      'worker.activity.update',
      'workflow.target-matched',
      'task.created',
      'task-queue.entered',
      'workflow.entered',
      'task-queue.moved',
      'workflow.target-matched',
      'task-queue.entered',
      'reservation.created',
      'worker.activity.update',
    ]);
  });

  it('is not evaluated when a worker can be reserved immediately', () => {
    const bench = new EngineBench({ rules: skipping('1==1') });
    bench.setActivity(bench.alice, 'Idle');
    const task = bench.addTask();
    expect(bench.queueOf(task)).toBe('Spanish');
    expect(bench.offeredTo(task)).toEqual(['Alice']);
  });

  it.each([
    ['workers.available == 0', 'Offline', 'English'],
    ['workers.available == 0', 'Idle', 'Spanish'],
    ['workers.unavailable >= 1', 'Offline', 'English'],
    ['workers.unavailable >= 1', 'Idle', 'Spanish'],
    ['workers.unavailable == 0 OR workers.available > 3', 'Offline', 'Spanish'],
  ])(
    'counts the workers of the queue: %s with Alice %s moves the task to %s',
    (skipIf, activity, expected) => {
      const bench = new EngineBench({ rules: skipping(skipIf) });
      bench.setActivity(bench.alice, activity);
      expect(bench.queueOf(bench.addTask())).toBe(expected);
    },
  );

  it('counts workers by activity, and counts 0 for an activity no worker is in', () => {
    const bench = new EngineBench();
    bench.updateWorkflow(skipping(`workers.${bench.activities.Busy} == 0`)(bench.queues));
    expect(bench.queueOf(bench.addTask())).toBe('English');
    bench.setActivity(bench.alice, 'Busy');
    expect(bench.queueOf(bench.addTask())).toBe('Spanish');
  });

  it('counts by activity only, not by capacity or by the expression of the target', () => {
    const bench = new EngineBench({
      multiTaskEnabled: true,
      rules: skipping('workers.available == 0', { expression: 'worker.sid == "nobody"' }),
    });
    bench.setActivity(bench.alice, 'Idle');
    bench.updateChannel(bench.alice, 'default', { capacity: 0 });
    const task = bench.addTask();
    expect(bench.queueOf(task)).toBe('Spanish');
    expect(bench.statusOf(task)).toBe('pending');
  });

  it('is evaluated only when the task enters the target, not while it waits', () => {
    const { bench, task } = waitingInSpanish();
    bench.setActivity(bench.alice, 'Offline');
    bench.updateTask(task, { priority: 9 });
    expect(bench.queueOf(task)).toBe('Spanish');
  });

  it('is evaluated again when an offer ends and no one else can be reserved', () => {
    const bench = new EngineBench({ rules: skipping('workers.available == 0') });
    bench.setActivity(bench.alice, 'Idle');
    const task = bench.addTask();
    bench.updateReservation(bench.pending(task), 'rejected', { workerActivitySid: bench.activities.Offline });
    expect(bench.queueOf(task)).toBe('English');
  });

  it('is evaluated in the target that a timeout moves the task to', () => {
    const bench = new EngineBench({
      rules: ({ spanish, english }: Queues) => ({
        filters: [
          {
            expression: '1==1',
            targets: [
              { queue: english, timeout: 10 },
              { queue: spanish, skip_if: '1==1' },
              { queue: english },
            ],
          },
        ],
      }),
    });
    const task = bench.addTask();
    bench.pass(10);
    expect(bench.task(task).step).toMatchObject({ target: 2 });
  });

  it('moves the task out of the last target to the next matching filter', () => {
    const bench = new EngineBench({
      rules: ({ spanish, english }: Queues) => ({
        filters: [
          { expression: 'a == 1', targets: [{ queue: spanish, skip_if: '1==1' }] },
          { expression: 'a == 2', targets: [{ queue: spanish }] },
          { expression: 'a == 1', targets: [{ queue: english }] },
        ],
      }),
    });
    expect(bench.task(bench.addTask({ a: 1 })).step).toMatchObject({ filter: 2 });
  });

  it('moves the task out of the last filter to the default filter', () => {
    const bench = new EngineBench({
      rules: ({ spanish, english }: Queues) => ({
        filters: [{ expression: '1==1', targets: [{ queue: spanish, skip_if: '1==1' }] }],
        default_filter: { queue: english },
      }),
    });
    expect(bench.task(bench.addTask()).step).toMatchObject({ filter: 'default' });
  });

  it('moves the task out of the workflow when nothing is left', () => {
    const bench = new EngineBench({
      rules: ({ spanish }: Queues) => ({ default_filter: { queue: spanish, skip_if: '1==1' } }),
    });
    const task = bench.addTask();
    expect(bench.task(task)).toMatchObject({ status: 'canceled', reason: 'Task canceled on Workflow skip' });
    expect(bench.takeEventTypes().slice(-2)).toEqual(['workflow.skipped', 'task.canceled']);
  });

  it('does not move the task to the default filter once the task has timed out of a filter', () => {
    const bench = new EngineBench({
      rules: ({ spanish, english }: Queues) => ({
        filters: [
          { expression: '1==1', targets: [{ queue: spanish, timeout: 10 }] },
          { expression: '1==1', targets: [{ queue: spanish, skip_if: '1==1' }] },
        ],
        default_filter: { queue: english },
      }),
    });
    const task = bench.addTask();
    bench.pass(10);
    expect(bench.statusOf(task)).toBe('canceled');
  });

  it('moves the task to the default filter after a timeout that stayed within the filter', () => {
    const bench = new EngineBench({
      rules: ({ spanish, english }: Queues) => ({
        filters: [
          {
            expression: '1==1',
            targets: [
              { queue: spanish, timeout: 10 },
              { queue: spanish, skip_if: '1==1' },
            ],
          },
        ],
        default_filter: { queue: english },
      }),
    });
    const task = bench.addTask();
    bench.pass(10);
    expect(bench.task(task)).toMatchObject({ status: 'pending', step: { filter: 'default' } });
  });
});

/** A task that waits in the Spanish queue although Alice is available there, because she has no capacity left. */
function waitingInSpanish() {
  const bench = new EngineBench({ multiTaskEnabled: true, rules: skipping('workers.available == 0') });
  bench.setActivity(bench.alice, 'Idle');
  bench.updateChannel(bench.alice, 'default', { capacity: 0 });
  const task = bench.addTask();
  expect(bench.queueOf(task)).toBe('Spanish');
  return { bench, task };
}
