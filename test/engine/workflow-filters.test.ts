import { InvalidParameter } from '../../src/taskrouter/model/errors';
import { EngineBench } from '../support/engine-bench';
import { refusal } from '../support/refusal';

const always = '1==1';

describe('the path of a new task into its workflow', () => {
  it('starts at the first filter, top to bottom, whose expression matches the attributes', () => {
    const bench = new EngineBench({
      rules: ({ spanish, english }) => ({
        filters: [
          { expression: 'level > 5', targets: [{ queue: spanish }] },
          { expression: 'level > 1', targets: [{ queue: english }] },
          { expression: always, targets: [{ queue: spanish }] },
        ],
      }),
    });
    expect(bench.queueOf(bench.addTask({ level: 9 }))).toBe('Spanish');
    expect(bench.queueOf(bench.addTask({ level: 3 }))).toBe('English');
    expect(bench.queueOf(bench.addTask({ level: 0 }))).toBe('Spanish');
    expect(bench.task(bench.addTask({})).step).toMatchObject({ filter: 2, target: 0 });
  });

  it('starts at the default filter when no other matches', () => {
    const bench = new EngineBench({
      rules: ({ spanish, english }) => ({
        filters: [{ expression: 'selected_language == "es"', targets: [{ queue: spanish }] }],
        default_filter: { queue: english },
      }),
    });
    const task = bench.addTask({ selected_language: 'fr' });
    expect(bench.queueOf(task)).toBe('English');
    expect(bench.task(task).step).toMatchObject({ filter: 'default' });
  });

  it('needs no filters if there is a default filter', () => {
    const bench = new EngineBench({ rules: ({ english }) => ({ default_filter: { queue: english } }) });
    expect(bench.queueOf(bench.addTask())).toBe('English');
  });

  it('is refused when no filter matches and there is no default filter', () => {
    const bench = new EngineBench();
    const error = refusal(bench, () => bench.addTask({ selected_language: 'fr' }));
    expect(error).toBeInstanceOf(InvalidParameter);
    expect(error.message).toMatch(/match no filter of Workflow WW0+1/);
  });

  it('keeps a waiting task in the default queue until its time-to-live is over', () => {
    const bench = new EngineBench({ rules: ({ english }) => ({ default_filter: { queue: english } }) });
    const task = bench.addTask({}, { timeoutSeconds: 5000 });
    bench.pass(4999);
    expect(bench.statusOf(task)).toBe('pending');
    bench.pass(1);
    expect(bench.task(task)).toMatchObject({ status: 'canceled', reason: 'Task TTL Exceeded' });
  });
});

describe('priority', () => {
  const rules = ({ spanish, english }: { spanish: string; english: string }) => ({
    filters: [
      {
        expression: 'selected_language == "es"',
        targets: [{ queue: spanish, priority: '10', timeout: 30 }, { queue: spanish }],
      },
      { expression: always, targets: [{ queue: english }] },
    ],
  });

  it('is that of the target, even over the one given with the task', () => {
    const bench = new EngineBench({ rules });
    expect(bench.task(bench.addTask()).priority).toBe(10);
    expect(bench.task(bench.addTask({ selected_language: 'es' }, { priority: 3 })).priority).toBe(10);
  });

  it('is the one given with the task when the target sets none, else 0', () => {
    const bench = new EngineBench({ rules });
    expect(bench.task(bench.addTask({}, { priority: 3 })).priority).toBe(3);
    expect(bench.task(bench.addTask({})).priority).toBe(0);
  });

  it('stays the same in a later target that sets none', () => {
    const bench = new EngineBench({ rules });
    const task = bench.addTask();
    bench.pass(30);
    expect(bench.task(task)).toMatchObject({ priority: 10, step: { target: 1 } });
  });
});

describe('a new task', () => {
  it('goes to the only workflow when none is given', () => {
    const bench = new EngineBench();
    expect(bench.task(bench.addTask(undefined, { workflowSid: undefined })).workflowSid).toBe(
      bench.workflowSid,
    );
  });

  it('needs a workflow as soon as there are two', () => {
    const bench = new EngineBench();
    bench.addWorkflow({ default_filter: { queue: bench.queues.english } }, {}, 'Second');
    const error = refusal(bench, () => bench.addTask({}, { workflowSid: undefined }));
    expect(error.message).toContain('WorkflowSid field is required');
  });

  it('starts with the documented defaults', () => {
    const bench = new EngineBench();
    const { sid } =
      bench.engine.view.all('taskChannels', bench.workspaceSid)[Symbol.iterator]().next().value ?? {};
    const task = bench.task(bench.addTask());
    expect(task).toMatchObject({
      timeoutSeconds: 86_400,
      taskChannelSid: sid,
      virtualStartTime: bench.now,
      version: 0,
      reason: null,
      routingTarget: null,
      ignoreCapacity: false,
    });
  });

  it.each([
    ['an unknown channel', { taskChannel: 'pigeon' }],
    ['a negative priority', { priority: -1 }],
    ['a priority over 2,147,483,647', { priority: 2_147_483_648 }],
    ['a time-to-live of 0 s', { timeoutSeconds: 0 }],
    ['a time-to-live over 1,209,600 s', { timeoutSeconds: 1_209_601 }],
    ['a virtual start time before 1900', { virtualStartTime: Date.UTC(1899, 11, 31) }],
    ['an unknown workflow', { workflowSid: `WW${'9'.repeat(32)}` }],
    ['a RoutingTarget that names nothing', { routingTarget: `WK${'9'.repeat(32)}` }],
  ])('is refused with %s', (_what, options) => {
    const bench = new EngineBench();
    expect(refusal(bench, () => bench.addTask(undefined, options))).toBeInstanceOf(InvalidParameter);
  });

  it('is refused with a virtual start time in the future, with a message about it', () => {
    const bench = new EngineBench();
    const error = refusal(bench, () => bench.addTask(undefined, { virtualStartTime: bench.now + 1 }));
    expect(error.message).toContain('future');
  });
});

describe('RoutingTarget', () => {
  it('sends a task straight to a worker, however busy', () => {
    const bench = new EngineBench({ multiTaskEnabled: true });
    bench.updateChannel(bench.bob, 'default', { capacity: 0 });
    const task = bench.addTask({}, { routingTarget: bench.bob });
    expect(bench.offeredTo(task)).toEqual(['Bob']);
    expect(bench.task(task)).toMatchObject({ ignoreCapacity: true, routingTarget: bench.bob });
    expect(bench.queueOf(task)).toBe('Spanish');
  });

  it('waits for that worker when capacity is not to be ignored', () => {
    const bench = new EngineBench();
    bench.setActivity(bench.alice, 'Idle');
    const task = bench.addTask({}, { routingTarget: bench.bob, ignoreCapacity: false });
    expect(bench.statusOf(task)).toBe('pending');
    bench.setActivity(bench.bob, 'Idle');
    expect(bench.offeredTo(task)).toEqual(['Bob']);
  });

  it('cancels the task when that worker does not accept', () => {
    const bench = new EngineBench();
    const task = bench.addTask({}, { routingTarget: bench.bob });
    bench.takeEventTypes();
    bench.updateReservation(bench.pending(task), 'rejected');
    expect(bench.task(task)).toMatchObject({
      status: 'canceled',
      reason: `RoutingTarget not available for Reservation acceptance: ${bench.bob}`,
    });
    expect(bench.takeEventTypes()).toEqual([
      'reservation.rejected',
      'worker.activity.update',
      'task.canceled',
    ]);
  });

  it('uses the queue given, else that of the default filter, else the first that the workflow names', () => {
    const bench = new EngineBench({
      rules: ({ spanish, english }) => ({
        filters: [{ expression: always, targets: [{ queue: spanish }] }],
        default_filter: { queue: english },
      }),
    });
    const routingTarget = bench.alice;
    expect(bench.queueOf(bench.addTask({}, { routingTarget }))).toBe('English');
    const taskQueueSid = bench.queues.spanish;
    expect(bench.queueOf(bench.addTask({}, { routingTarget, taskQueueSid }))).toBe('Spanish');
  });

  it('sends a task straight to a queue, past all filters, until its time-to-live is over', () => {
    const bench = new EngineBench();
    const task = bench.addTask({ selected_language: 'fr' }, { routingTarget: bench.queues.english });
    expect(bench.queueOf(task)).toBe('English');
    expect(bench.takeEventTypes()).toEqual(['task.created', 'task-queue.entered', 'workflow.entered']);
    bench.setActivity(bench.bob, 'Idle');
    expect(bench.offeredTo(task)).toEqual(['Bob']);
    bench.pass(86_400);
    expect(bench.task(task).reason).toBe('Task TTL Exceeded');
  });

  it('sends a task to a workflow, which takes precedence over the one given', () => {
    const bench = new EngineBench();
    const second = bench.addWorkflow({ default_filter: { queue: bench.queues.english } }, {}, 'Second');
    const task = bench.addTask({ selected_language: 'es' }, { routingTarget: second });
    expect(bench.task(task)).toMatchObject({ workflowSid: second, routingTarget: second });
    expect(bench.queueOf(task)).toBe('English');
  });
});
