import { attributes, EngineBench } from '../support/engine-bench';

type Queues = { spanish: string; english: string };

/** Sends every task to the English queue through this target. */
const target = (settings: object) => (queues: Queues) => ({
  filters: [{ expression: '1==1', targets: [{ queue: queues.english, ...settings }] }],
});

function renameIdle(bench: EngineBench): void {
  const { workspaceSid } = bench;
  const activitySid = bench.activities.Idle as string;
  bench.run({ type: 'UpdateActivity', workspaceSid, activitySid, friendlyName: 'Ready' });
}

describe('which worker is offered the task', () => {
  it('is the one who has been idle longest', () => {
    const bench = new EngineBench({ multiTaskEnabled: true, rules: target({}) });
    for (const worker of [bench.bob, bench.alice]) {
      bench.setActivity(worker, 'Idle');
      bench.updateChannel(worker, 'default', { capacity: 10 });
      bench.pass(1);
    }
    const offered = [1, 2, 3, 4].map(() => {
      bench.pass(1);
      return bench.offeredTo(bench.addTask())[0];
    });
    expect(offered).toEqual(['Bob', 'Alice', 'Bob', 'Alice']);
  });

  it('is the one longest in an available activity, among workers who never had a task', () => {
    const bench = new EngineBench({ rules: target({}) });
    bench.pass(5);
    bench.setActivity(bench.bob, 'Idle');
    bench.pass(5);
    bench.setActivity(bench.alice, 'Idle');
    expect(bench.offeredTo(bench.addTask())).toEqual(['Bob']);
  });

  it('keeps the idle time when the worker moves between available activities', () => {
    const bench = new EngineBench({ rules: target({}) });
    bench.addActivity('Standing by', true);
    bench.setActivity(bench.bob, 'Idle');
    bench.pass(5);
    bench.setActivity(bench.alice, 'Idle');
    bench.pass(5);
    bench.setActivity(bench.bob, 'Standing by');
    expect(bench.offeredTo(bench.addTask())).toEqual(['Bob']);
  });

  it('is the one created first in a tie', () => {
    const bench = new EngineBench({ rules: target({}) });
    bench.setActivity(bench.bob, 'Idle');
    bench.setActivity(bench.alice, 'Idle');
    expect(bench.offeredTo(bench.addTask())).toEqual(['Alice']);
  });

  it('depends on the last task on the channel only if the channel is optimized', () => {
    const rules = target({});
    const bench = new EngineBench({ multiTaskEnabled: true, rules });
    bench.addTaskChannel('fax', { channelOptimizedRouting: true });
    bench.addTaskChannel('mail');
    for (const worker of [bench.alice, bench.bob]) bench.setActivity(worker, 'Idle');
    const ask = (taskChannel: string) => {
      bench.pass(1);
      return bench.offeredTo(bench.addTask({}, { taskChannel }))[0];
    };
    expect(ask('fax')).toBe('Alice');
    expect(ask('default')).toBe('Bob');
    expect(ask('mail')).toBe('Alice');
    for (const task of bench.engine.view.all('tasks'))
      bench.updateTask(task.sid, { assignmentStatus: 'canceled' });
    expect(ask('mail')).toBe('Bob');
    expect(ask('fax')).toBe('Bob');
  });

  it('must be in the queue and match the expression of the target, over task and worker', () => {
    const bench = new EngineBench({
      rules: target({ expression: 'worker.languages HAS task.wanted AND worker.friendly_name != "Carol"' }),
    });
    bench.addWorker('Carol', { languages: ['en', 'es'] }, 'Idle');
    bench.setActivity(bench.bob, 'Idle');
    const task = bench.addTask({ wanted: 'es' });
    expect(bench.statusOf(task)).toBe('pending');
    bench.setActivity(bench.alice, 'Idle');
    expect(bench.offeredTo(task)).toEqual(['Alice']);
  });

  it('may depend on the number of tasks the worker has on a channel', () => {
    const bench = new EngineBench({
      multiTaskEnabled: true,
      rules: target({ expression: 'worker.channel.chat.assigned_tasks == 0' }),
    });
    bench.setActivity(bench.alice, 'Idle');
    const chat = bench.addTask({}, { taskChannel: 'chat' });
    bench.updateReservation(bench.pending(chat), 'accepted');
    const task = bench.addTask();
    expect(bench.statusOf(task)).toBe('pending');
    bench.updateTask(chat, { assignmentStatus: 'completed' });
    expect(bench.offeredTo(task)).toEqual(['Alice']);
  });

  it('may be one whose new attributes match the target, at once', () => {
    const bench = new EngineBench({ rules: target({ expression: 'worker.skill == task.skill' }) });
    bench.setActivity(bench.bob, 'Idle');
    const task = bench.addTask({ skill: 7 });
    expect(bench.statusOf(task)).toBe('pending');
    bench.updateWorker(bench.bob, { attributes: attributes({ languages: ['en'], skill: 7 }) });
    expect(bench.offeredTo(task)).toEqual(['Bob']);
  });

  it('may be one whose renamed activity puts the worker into the queue, at once', () => {
    const bench = new EngineBench();
    bench.setActivity(bench.bob, 'Idle');
    const task = bench.addTask({ selected_language: 'es' });
    bench.updateQueue(bench.queues.spanish, { targetWorkers: 'activity_name == "Ready"' });
    expect(bench.statusOf(task)).toBe('pending');
    renameIdle(bench);
    expect(bench.offeredTo(task)).toEqual(['Bob']);
  });

  it('may depend on the available and configured capacity of a channel', () => {
    const bench = new EngineBench({
      multiTaskEnabled: true,
      rules: target({
        expression:
          'worker.channel.default.available_capacity_percentage > 50 AND worker.channel.default.configured_capacity == 4',
      }),
    });
    bench.setActivity(bench.alice, 'Idle');
    bench.updateChannel(bench.alice, 'default', { capacity: 4 });
    const offered = [1, 2, 3].map(() => bench.offeredTo(bench.addTask()));
    expect(offered).toEqual([['Alice'], ['Alice'], []]);
  });

  it('enters and leaves a queue whose expression counts tasks on a channel', () => {
    const bench = new EngineBench({ multiTaskEnabled: true });
    bench.updateQueue(bench.queues.english, { targetWorkers: 'channel.default.assigned_tasks < 1' });
    bench.updateChannel(bench.bob, 'default', { capacity: 2 });
    bench.setActivity(bench.bob, 'Idle');
    const [first, second] = [1, 2].map(() => bench.addTask({ selected_language: 'en' })) as [string, string];
    bench.updateReservation(bench.pending(first), 'accepted');
    expect(bench.engine.view.isInQueue(bench.bob, bench.queues.english)).toBe(false);
    bench.updateReservation(bench.pending(second), 'rejected');
    expect(bench.statusOf(second)).toBe('pending');
    bench.updateTask(first, { assignmentStatus: 'completed' });
    expect(bench.offeredTo(second)).toEqual(['Bob']);
  });

  it('may be one whose renamed activity matches the target, at once', () => {
    const bench = new EngineBench({ rules: target({ expression: 'worker.activity_name == "Ready"' }) });
    bench.setActivity(bench.bob, 'Idle');
    const task = bench.addTask();
    expect(bench.statusOf(task)).toBe('pending');
    renameIdle(bench);
    expect(bench.offeredTo(task)).toEqual(['Bob']);
  });
});

describe('order_by', () => {
  const team = (orderBy: string, values: Record<string, unknown>[]) => {
    const bench = new EngineBench({ rules: target({ order_by: orderBy }) });
    for (const [index, value] of values.entries()) {
      bench.addWorker(`W${index}`, { languages: ['en'], ...value }, 'Idle');
      bench.pass(1);
    }
    return bench;
  };

  it.each([
    ['worker.level DESC', ['W2', 'W1', 'W0']],
    ['worker.level ASC', ['W0', 'W1', 'W2']],
    ['worker.level', ['W0', 'W1', 'W2']],
    ['worker.team ASC, worker.level DESC', ['W1', 'W0', 'W2']],
    ['worker.nested.rank desc', ['W1', 'W2', 'W0']],
  ])('offers tasks in the order of %s', (orderBy, expected) => {
    const bench = team(orderBy, [
      { level: 1, team: 1, nested: { rank: 1 } },
      { level: 2, team: 1, nested: { rank: 3 } },
      { level: 3, team: 2, nested: { rank: 2 } },
    ]);
    expect([1, 2, 3].map(() => bench.offeredTo(bench.addTask())[0])).toEqual(expected);
  });

  it.each(['ASC', 'DESC'])('puts workers without the attribute last when the order is %s', (direction) => {
    const bench = team(`worker.level ${direction}`, [{}, { level: 2 }, { level: null }]);
    expect([1, 2, 3].map(() => bench.offeredTo(bench.addTask())[0])).toEqual(['W1', 'W0', 'W2']);
  });

  it.each([['two'], [2.5], [true]])('is ignored when a candidate has the value %j', (level) => {
    const bench = team('worker.level DESC', [{ level: 1 }, { level: 3 }, { level }]);
    expect([1, 2, 3].map(() => bench.offeredTo(bench.addTask())[0])).toEqual(['W0', 'W1', 'W2']);
  });

  it('offers it to the worker who has been idle longest when candidates are equal', () => {
    const bench = team('worker.level DESC', [{ level: 1 }, { level: 2 }, { level: 2 }]);
    expect([1, 2, 3].map(() => bench.offeredTo(bench.addTask())[0])).toEqual(['W1', 'W2', 'W0']);
  });
});

describe('a known worker', () => {
  const bySid = target({ known_worker_sid: 'task.agent.sid', expression: 'worker.languages HAS "en"' });
  const byName = target({ known_worker_friendly_name: 'task.agent' });

  it('is the only worker offered the task, by sid', () => {
    const bench = new EngineBench({ rules: bySid });
    bench.setActivity(bench.alice, 'Idle');
    const task = bench.addTask({ agent: { sid: bench.bob } });
    expect(bench.statusOf(task)).toBe('pending');
    bench.setActivity(bench.bob, 'Idle');
    expect(bench.offeredTo(task)).toEqual(['Bob']);
  });

  it('is found by name regardless of case, also under a new name', () => {
    const bench = new EngineBench({ rules: byName });
    bench.setActivity(bench.bob, 'Idle');
    expect(bench.offeredTo(bench.addTask({ agent: 'bOB' }))).toEqual(['Bob']);
    bench.setActivity(bench.alice, 'Idle');
    const task = bench.addTask({ agent: 'Alicia' });
    expect(bench.statusOf(task)).toBe('pending');
    bench.updateWorker(bench.alice, { friendlyName: 'Alicia' });
    expect(bench.offeredTo(task)).toEqual(['Alicia']);
  });

  it.each([
    ['missing', {}],
    ['null', { agent: null }],
    ['not a text', { agent: 7 }],
    ['unknown', { agent: 'Zoe' }],
  ])('that is %s leaves the task in the target', (_what, value) => {
    const bench = new EngineBench({ rules: byName });
    bench.setActivity(bench.alice, 'Idle');
    const task = bench.addTask(value);
    expect(bench.statusOf(task)).toBe('pending');
    expect(bench.queueOf(task)).toBe('English');
  });

  it('who is not in the queue leaves the task in the target until its timeout', () => {
    const bench = new EngineBench({
      rules: ({ spanish, english }: Queues) => ({
        filters: [
          {
            expression: '1==1',
            targets: [
              { queue: spanish, timeout: 10, known_worker_friendly_name: 'task.agent' },
              { queue: english },
            ],
          },
        ],
      }),
    });
    bench.setActivity(bench.bob, 'Idle');
    const task = bench.addTask({ agent: 'Bob' });
    expect(bench.statusOf(task)).toBe('pending');
    bench.pass(10);
    expect(bench.offeredTo(task)).toEqual(['Bob']);
  });
});
