import { attributes, EngineBench } from '../support/engine-bench';

type Queues = { spanish: string; english: string };

const timed = ({ spanish, english }: Queues) => ({
  filters: [
    { expression: 'selected_language == "es"', targets: [{ queue: spanish, timeout: 60 }] },
    { expression: 'selected_language == "en"', targets: [{ queue: english, timeout: 60 }] },
  ],
});

/** The new configuration sends every task to the English queue with a timeout of 100 s. */
const simpler = ({ english }: Queues) => ({
  filters: [{ expression: '1==1', targets: [{ queue: english, timeout: 100 }] }],
});

const english = attributes({ selected_language: 'en' });

describe('new attributes', () => {
  it('send a pending task through the filters again, from the top', () => {
    const bench = new EngineBench({ rules: timed });
    const task = bench.addTask();
    bench.setActivity(bench.bob, 'Idle');
    bench.pass(10);
    bench.takeEventTypes();
    bench.updateTask(task, { attributes: english });
    expect(bench.queueOf(task)).toBe('English');
    expect(bench.offeredTo(task)).toEqual(['Bob']);
    expect(bench.takeEventTypes().slice(0, 4)).toEqual([
      'task.updated',
      'task-queue.moved',
      'workflow.target-matched',
      'task-queue.entered',
    ]);
  });

  it('store the previous queue of the task, without publishing it', () => {
    const bench = new EngineBench({ rules: timed });
    const task = bench.addTask();
    bench.updateTask(task, { attributes: english });
    const moved = bench.events.find(({ type }) => type === 'task-queue.moved');
    expect(moved?.previousTaskQueueSid).toBe(bench.queues.spanish);
    expect(moved?.fields.TaskQueueSid).toBe(bench.queues.english);
    expect(Object.values(moved?.fields ?? {})).not.toContain(bench.queues.spanish);
    expect(bench.events.filter((event) => event.previousTaskQueueSid !== undefined)).toEqual([moved]);
  });

  it('do not reset the timeout of a task that stays in its target', () => {
    const bench = new EngineBench({ rules: timed });
    const task = bench.addTask();
    const { step } = bench.task(task);
    bench.pass(10);
    bench.takeEventTypes();
    bench.updateTask(task, { attributes: attributes({ selected_language: 'es', more: true }) });
    expect(bench.task(task).step).toEqual(step);
    expect(bench.takeEventTypes()).toEqual(['task.updated']);
  });

  it('start a new timeout for a task that enters another target', () => {
    const bench = new EngineBench({ rules: timed });
    const task = bench.addTask();
    bench.pass(50);
    bench.updateTask(task, { attributes: english });
    bench.pass(59);
    expect(bench.statusOf(task)).toBe('pending');
    bench.pass(1);
    expect(bench.statusOf(task)).toBe('canceled');
  });

  it('leave a task in place when no filter matches it anymore', () => {
    const bench = new EngineBench({ rules: timed });
    const task = bench.addTask();
    bench.updateTask(task, { attributes: attributes({ selected_language: 'fr' }) });
    expect(bench.queueOf(task)).toBe('Spanish');
  });

  it('change nothing about the offer of a reserved task, and apply when the offer ends', () => {
    const bench = new EngineBench({ rules: timed });
    bench.setActivity(bench.alice, 'Idle');
    const task = bench.addTask();
    bench.setActivity(bench.bob, 'Idle');
    bench.updateTask(task, { attributes: english });
    expect(bench.offeredTo(task)).toEqual(['Alice']);
    expect(bench.queueOf(task)).toBe('Spanish');
    bench.updateReservation(bench.pending(task), 'rejected', { workerActivitySid: bench.activities.Offline });
    expect(bench.queueOf(task)).toBe('English');
    expect(bench.offeredTo(task)).toEqual(['Bob']);
    expect(bench.task(task).routeAgain).toBeNull();
  });

  it('can make the expression of the target match the task', () => {
    const bench = new EngineBench({
      rules: (queues: Queues) => ({
        filters: [
          {
            expression: '1==1',
            targets: [{ queue: queues.english, expression: 'task.name == worker.friendly_name' }],
          },
        ],
      }),
    });
    bench.setActivity(bench.bob, 'Idle');
    const task = bench.addTask({ name: 'Zoe' });
    expect(bench.statusOf(task)).toBe('pending');
    bench.updateTask(task, { attributes: attributes({ name: 'Bob' }) });
    expect(bench.offeredTo(task)).toEqual(['Bob']);
  });
});

describe('a new configuration of the workflow', () => {
  it('does not affect the tasks inside, unless requested', () => {
    const bench = new EngineBench({ rules: timed });
    const [old, taken] = [bench.addTask(), bench.addTask()];
    bench.updateWorkflow(simpler(bench.queues));
    expect(bench.queueOf(old)).toBe('Spanish');
    expect(bench.queueOf(bench.addTask())).toBe('English');
    bench.pass(60);
    expect([bench.statusOf(old), bench.statusOf(taken)]).toEqual(['canceled', 'canceled']);
  });

  it('sends pending tasks through the new configuration with new timeouts when requested', () => {
    const bench = new EngineBench({ rules: timed });
    const task = bench.addTask();
    bench.pass(50);
    bench.updateWorkflow(simpler(bench.queues), { reEvaluateTasks: true });
    expect(bench.queueOf(task)).toBe('English');
    bench.pass(99);
    expect(bench.statusOf(task)).toBe('pending');
    bench.pass(1);
    expect(bench.statusOf(task)).toBe('canceled');
  });

  it('waits for reserved tasks until their offer ends, and leaves assigned tasks alone', () => {
    const bench = new EngineBench({ multiTaskEnabled: true, rules: timed });
    bench.updateChannel(bench.alice, 'default', { capacity: 2 });
    bench.setActivity(bench.alice, 'Idle');
    const [reserved, assigned] = [bench.addTask(), bench.addTask()];
    bench.updateReservation(bench.pending(assigned), 'accepted');
    bench.updateWorkflow(simpler(bench.queues), { reEvaluateTasks: true });
    expect(bench.queueOf(reserved)).toBe('Spanish');
    bench.updateReservation(bench.pending(reserved), 'rejected');
    expect(bench.queueOf(reserved)).toBe('English');
    expect(bench.queueOf(assigned)).toBe('Spanish');
  });

  it('applies to a reserved task even when its attributes change later', () => {
    const bench = new EngineBench({ rules: timed });
    bench.setActivity(bench.alice, 'Idle');
    const task = bench.addTask();
    bench.updateWorkflow(simpler(bench.queues), { reEvaluateTasks: true });
    bench.updateTask(task, { attributes: attributes({ selected_language: 'es', more: 1 }) });
    bench.updateReservation(bench.pending(task), 'rejected', { workerActivitySid: bench.activities.Offline });
    expect(bench.queueOf(task)).toBe('English');
  });

  it('keeps the old configuration while a task follows it, and then deletes it', () => {
    const bench = new EngineBench({ rules: timed });
    const task = bench.addTask();
    const versions = () => [...bench.engine.view.all('workflowVersions', bench.workspaceSid)].length;
    bench.updateWorkflow(simpler(bench.queues));
    expect(versions()).toBe(2);
    bench.updateTask(task, { assignmentStatus: 'canceled' });
    expect(versions()).toBe(1);
  });

  it('creates no new version when nothing changes', () => {
    const bench = new EngineBench({ rules: timed });
    const before = bench.engine.view.find('workflows', bench.workflowSid)?.versionSid;
    bench.updateWorkflow(timed(bench.queues));
    expect(bench.engine.view.find('workflows', bench.workflowSid)?.versionSid).toBe(before);
  });
});

describe('other changes to a waiting task', () => {
  it('move it in its queue without evaluating the filters again', () => {
    const bench = new EngineBench();
    const [first, second] = [bench.addTask(), bench.addTask()];
    bench.takeEventTypes();
    bench.updateTask(second, { priority: 1 });
    expect(bench.takeEventTypes()).toEqual(['task.updated']);
    bench.setActivity(bench.alice, 'Idle');
    expect([bench.statusOf(first), bench.statusOf(second)]).toEqual(['pending', 'reserved']);
  });

  it('may let it be offered: another channel', () => {
    const bench = new EngineBench({ multiTaskEnabled: true });
    bench.updateChannel(bench.alice, 'default', { capacity: 0 });
    bench.setActivity(bench.alice, 'Idle');
    const task = bench.addTask();
    expect(bench.statusOf(task)).toBe('pending');
    bench.updateTask(task, { taskChannel: 'chat' });
    expect(bench.offeredTo(task)).toEqual(['Alice']);
  });
});

describe('the reason for routing a task again', () => {
  it.each([
    ['rejected', 'reservation_rejected'],
    ['timeout', 'reservation_timeout'],
  ])('is in the events after a reservation was %s', (how, reason) => {
    const bench = new EngineBench();
    const task = bench.addTask();
    bench.setActivity(bench.alice, 'Idle');
    expect(bench.lastEvent('reservation.created').fields).not.toHaveProperty('TaskReEvaluatedReason');
    if (how === 'timeout') bench.pass(120);
    else bench.updateReservation(bench.pending(task), 'rejected');
    bench.setActivity(bench.alice, 'Offline');
    bench.setActivity(bench.alice, 'Idle');
    expect(bench.lastEvent('reservation.created').fields.TaskReEvaluatedReason).toBe(reason);
  });
});
