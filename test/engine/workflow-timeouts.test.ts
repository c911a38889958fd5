import { EngineBench } from '../support/engine-bench';

type Queues = { spanish: string; english: string };

const gold = ({ spanish, english }: Queues) => ({
  filters: [
    {
      expression: 'customer_value == "Gold"',
      targets: [{ queue: spanish, priority: '10', timeout: 300 }, { queue: english }],
    },
  ],
  default_filter: { queue: spanish },
});

/** Two matching filters with 30 s each, and a default filter. */
const ladder = ({ spanish, english }: Queues) => ({
  filters: [
    { expression: 'a == 1', targets: [{ queue: spanish, timeout: 30 }] },
    { expression: 'a == 2', targets: [{ queue: spanish }] },
    { expression: 'a == 1', targets: [{ queue: english, timeout: 30 }] },
  ],
  default_filter: { queue: spanish },
});

describe('the timeout of a target', () => {
  it('moves the task to the next target of the filter, and keeps the priority', () => {
    const bench = new EngineBench({ rules: gold });
    const task = bench.addTask({ customer_value: 'Gold' });
    bench.takeEventTypes();
    bench.pass(299);
    expect(bench.queueOf(task)).toBe('Spanish');
    bench.pass(1);
    expect(bench.task(task)).toMatchObject({ priority: 10, taskQueueEnteredDate: bench.now });
    expect(bench.queueOf(task)).toBe('English');
    expect(bench.takeEventTypes()).toEqual([
      'task-queue.timeout',
      'task-queue.moved',
      'workflow.target-matched',
      'task-queue.entered',
    ]);
  });

  it('never moves the task to the default filter: the last target keeps it until its time-to-live is over', () => {
    const bench = new EngineBench({ rules: gold });
    const task = bench.addTask({ customer_value: 'Gold' });
    bench.pass(86_399);
    expect(bench.queueOf(task)).toBe('English');
    bench.pass(1);
    expect(bench.task(task).reason).toBe('Task TTL Exceeded');
  });

  it('moves the task from the last target to the next matching filter, and from there out of the workflow', () => {
    const bench = new EngineBench({ rules: ladder });
    const task = bench.addTask({ a: 1 });
    bench.pass(30);
    expect(bench.task(task).step).toMatchObject({ filter: 2, target: 0 });
    bench.takeEventTypes();
    bench.pass(30);
    expect(bench.task(task)).toMatchObject({
      status: 'canceled',
      reason: 'Task canceled on Workflow timeout',
      finishedAt: bench.now,
    });
    expect(bench.takeEventTypes()).toEqual(['task-queue.timeout', 'workflow.timeout', 'task.canceled']);
  });

  it('records no move to another queue when the next target has the same queue', () => {
    const bench = new EngineBench({
      rules: ({ spanish }) => ({
        filters: [{ expression: '1==1', targets: [{ queue: spanish, timeout: 10 }, { priority: 5 }] }],
      }),
    });
    const task = bench.addTask();
    bench.takeEventTypes();
    bench.pass(10);
    expect(bench.takeEventTypes()).toEqual([
      'task-queue.timeout',
      'workflow.target-matched',
      'task-queue.entered',
    ]);
    expect(bench.queueOf(task)).toBe('Spanish');
    expect(bench.task(task).priority).toBe(5);
  });

  it('immediately offers the task to a worker who matches the next target', () => {
    const bench = new EngineBench({ rules: gold });
    bench.setActivity(bench.bob, 'Idle');
    const task = bench.addTask({ customer_value: 'Gold' });
    expect(bench.statusOf(task)).toBe('pending');
    bench.pass(300);
    expect(bench.offeredTo(task)).toEqual(['Bob']);
  });
});

describe('a task that is reserved when its target times out', () => {
  const rules = ({ spanish, english }: Queues) => ({
    filters: [{ expression: '1==1', targets: [{ queue: spanish, timeout: 30 }, { queue: english }] }],
  });

  it('stays reserved, and moves on when the reservation ends', () => {
    const bench = new EngineBench({ rules });
    const task = bench.addTask();
    bench.setActivity(bench.alice, 'Idle');
    bench.pass(60);
    expect(bench.offeredTo(task)).toEqual(['Alice']);
    bench.setActivity(bench.bob, 'Idle');
    bench.updateReservation(bench.pending(task), 'rejected');
    expect(bench.task(task).step).toMatchObject({ target: 1 });
    expect(bench.queueOf(task)).toBe('English');
    expect(bench.statusOf(task)).toBe('reserved');
    expect(bench.offers(task)).toHaveLength(2);
  });

  it('is offered again in its target while there is time left, on a timeout that kept running', () => {
    const bench = new EngineBench({ rules });
    const task = bench.addTask();
    bench.setActivity(bench.alice, 'Idle');
    bench.pass(20);
    bench.updateReservation(bench.pending(task), 'rejected', { workerActivitySid: bench.activities.Offline });
    expect(bench.task(task)).toMatchObject({ status: 'pending', step: { target: 0 } });
    bench.pass(9);
    expect(bench.task(task).step).toMatchObject({ target: 0 });
    bench.pass(1);
    expect(bench.task(task).step).toMatchObject({ target: 1 });
  });

  it('is canceled with the worker offline when no one accepted and no target is left', () => {
    const bench = new EngineBench({
      rules: ({ spanish }: Queues) => ({
        filters: [{ expression: '1==1', targets: [{ queue: spanish, timeout: 30 }] }],
      }),
    });
    const task = bench.addTask();
    bench.setActivity(bench.alice, 'Idle');
    bench.pass(120);
    expect(bench.reservationStatuses(task)).toEqual(['timeout']);
    expect(bench.activityOf(bench.alice)).toBe('Offline');
    expect(bench.task(task)).toMatchObject({
      status: 'canceled',
      reason: 'Task canceled on Workflow timeout',
    });
  });

  it('continues normally when accepted after that', () => {
    const bench = new EngineBench({ rules });
    const task = bench.addTask();
    bench.setActivity(bench.alice, 'Idle');
    bench.pass(60);
    bench.updateReservation(bench.pending(task), 'accepted');
    bench.pass(3600);
    expect(bench.task(task)).toMatchObject({ status: 'assigned', step: { target: 0 } });
  });

  it('is not offered in the old target even when new attributes match it again', () => {
    const bench = new EngineBench({ rules });
    const task = bench.addTask({ a: 1 });
    bench.setActivity(bench.alice, 'Idle');
    bench.pass(60);
    bench.updateTask(task, { attributes: { text: '{"a":2}', value: { a: 2 } } });
    bench.updateReservation(bench.pending(task), 'rejected', { workerActivitySid: bench.activities.Offline });
    expect(bench.task(task)).toMatchObject({ status: 'pending', step: { target: 1 } });
  });
});

describe('time-to-live', () => {
  it('runs from creation, whatever the target, and cancels a reserved task as well', () => {
    const bench = new EngineBench({ reservationTimeoutSeconds: 600 });
    const task = bench.addTask(undefined, { timeoutSeconds: 100 });
    bench.pass(50);
    bench.setActivity(bench.alice, 'Idle');
    bench.takeEventTypes();
    bench.pass(49);
    expect(bench.statusOf(task)).toBe('reserved');
    bench.pass(1);
    expect(bench.task(task)).toMatchObject({ status: 'canceled', reason: 'Task TTL Exceeded' });
    expect(bench.takeEventTypes()).toEqual([
      'reservation.canceled',
      'worker.activity.update',
      'task.canceled',
    ]);
    expect(bench.activityOf(bench.alice)).toBe('Idle');
  });

  it('no longer applies once the task is assigned', () => {
    const bench = new EngineBench();
    const task = bench.addTask(undefined, { timeoutSeconds: 100 });
    bench.setActivity(bench.alice, 'Idle');
    bench.updateReservation(bench.pending(task), 'accepted');
    bench.pass(1000);
    expect(bench.statusOf(task)).toBe('assigned');
  });

  it('ends a task rather than offering it again when the last offer times out at the same moment', () => {
    const bench = new EngineBench({ reservationTimeoutSeconds: 100 });
    bench.setActivity(bench.alice, 'Idle');
    const task = bench.addTask({ selected_language: 'en' }, { timeoutSeconds: 100 });
    bench.setActivity(bench.bob, 'Idle');
    bench.pass(100);
    expect(bench.offers(task)).toEqual(['Alice']);
    expect(bench.reservationStatuses(task)).toEqual(['timeout']);
    expect(bench.task(task)).toMatchObject({ status: 'canceled', reason: 'Task TTL Exceeded' });
  });

  it('is over for a command that comes after it, even if the engine has not advanced its time', () => {
    const bench = new EngineBench({ reservationTimeoutSeconds: 600 });
    bench.setActivity(bench.alice, 'Idle');
    const task = bench.addTask(undefined, { timeoutSeconds: 100 });
    bench.now += 100_000;
    bench.setActivity(bench.alice, 'Offline');
    expect(bench.offers(task)).toEqual(['Alice']);
    expect(bench.task(task)).toMatchObject({ status: 'canceled', reason: 'Task TTL Exceeded' });
  });
});

describe('an idle engine', () => {
  it('makes no offers on the way through deadlines that have all passed', () => {
    const bench = new EngineBench({ reservationTimeoutSeconds: 10 });
    bench.setActivity(bench.alice, 'Idle');
    const task = bench.addTask({ selected_language: 'en' }, { timeoutSeconds: 60 });
    bench.setActivity(bench.bob, 'Idle');
    bench.now += 3_600_000;
    bench.run({ type: 'PassTime' });
    expect(bench.offers(task)).toEqual(['Alice']);
    expect(bench.task(task).reason).toBe('Task TTL Exceeded');
    expect(bench.activityOf(bench.alice)).toBe('Offline');
  });
});
