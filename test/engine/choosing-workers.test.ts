import { attributes, EngineBench } from '../support/engine-bench';

type Queues = { spanish: string; english: string };

/** Everything goes to the English queue, by this target. */
const target = (settings: object) => (queues: Queues) => ({
  filters: [{ expression: '1==1', targets: [{ queue: queues.english, ...settings }] }],
});

function renameIdle(bench: EngineBench): void {
  const { workspaceSid } = bench;
  const activitySid = bench.activities.Idle as string;
  bench.run({ type: 'UpdateActivity', workspaceSid, activitySid, friendlyName: 'Ready' });
}

describe('which worker is asked', () => {
  it('is the one longest without a task', () => {
    const bench = new EngineBench({ multiTaskEnabled: true, rules: target({}) });
    for (const worker of [bench.bob, bench.alice]) {
      bench.setActivity(worker, 'Idle');
      bench.updateChannel(worker, 'default', { capacity: 10 });
      bench.pass(1);
    }
    const asked = [1, 2, 3, 4].map(() => {
      bench.pass(1);
      return bench.asked(bench.addTask())[0];
    });
    expect(asked).toEqual(['Bob', 'Alice', 'Bob', 'Alice']);
  });

  it('is, of workers who never had one, the one longest in an available activity', () => {
    const bench = new EngineBench({ rules: target({}) });
    bench.pass(5);
    bench.setActivity(bench.bob, 'Idle');
    bench.pass(5);
    bench.setActivity(bench.alice, 'Idle');
    expect(bench.asked(bench.addTask())).toEqual(['Bob']);
  });

  it('keeps the time in hand when it goes from one available activity to another', () => {
    const bench = new EngineBench({ rules: target({}) });
    bench.addActivity('Standing by', true);
    bench.setActivity(bench.bob, 'Idle');
    bench.pass(5);
    bench.setActivity(bench.alice, 'Idle');
    bench.pass(5);
    bench.setActivity(bench.bob, 'Standing by');
    expect(bench.asked(bench.addTask())).toEqual(['Bob']);
  });

  it('is, in a tie, the one created first', () => {
    const bench = new EngineBench({ rules: target({}) });
    bench.setActivity(bench.bob, 'Idle');
    bench.setActivity(bench.alice, 'Idle');
    expect(bench.asked(bench.addTask())).toEqual(['Alice']);
  });

  it('is found by the last task on the channel only where the channel is optimized', () => {
    const rules = target({});
    const bench = new EngineBench({ multiTaskEnabled: true, rules });
    bench.addTaskChannel('fax', { channelOptimizedRouting: true });
    bench.addTaskChannel('mail');
    for (const worker of [bench.alice, bench.bob]) bench.setActivity(worker, 'Idle');
    const ask = (taskChannel: string) => {
      bench.pass(1);
      return bench.asked(bench.addTask({}, { taskChannel }))[0];
    };
    expect(ask('fax')).toBe('Alice');
    expect(ask('default')).toBe('Bob');
    expect(ask('mail')).toBe('Alice');
    for (const task of bench.engine.view.all('tasks'))
      bench.updateTask(task.sid, { assignmentStatus: 'canceled' });
    expect(ask('mail')).toBe('Bob');
    expect(ask('fax')).toBe('Bob');
  });

  it('must be in the queue and satisfy the expression of the target, over task and worker', () => {
    const bench = new EngineBench({
      rules: target({ expression: 'worker.languages HAS task.wanted AND worker.friendly_name != "Carol"' }),
    });
    bench.addWorker('Carol', { languages: ['en', 'es'] }, 'Idle');
    bench.setActivity(bench.bob, 'Idle');
    const task = bench.addTask({ wanted: 'es' });
    expect(bench.statusOf(task)).toBe('pending');
    bench.setActivity(bench.alice, 'Idle');
    expect(bench.asked(task)).toEqual(['Alice']);
  });

  it('may be chosen by what is on hand on a channel', () => {
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
    expect(bench.asked(task)).toEqual(['Alice']);
  });

  it('is asked as soon as its new attributes satisfy the target', () => {
    const bench = new EngineBench({ rules: target({ expression: 'worker.skill == task.skill' }) });
    bench.setActivity(bench.bob, 'Idle');
    const task = bench.addTask({ skill: 7 });
    expect(bench.statusOf(task)).toBe('pending');
    bench.updateWorker(bench.bob, { attributes: attributes({ languages: ['en'], skill: 7 }) });
    expect(bench.asked(task)).toEqual(['Bob']);
  });

  it('is asked as soon as another name of its activity puts it into the queue', () => {
    const bench = new EngineBench();
    bench.setActivity(bench.bob, 'Idle');
    const task = bench.addTask({ selected_language: 'es' });
    bench.updateQueue(bench.queues.spanish, { targetWorkers: 'activity_name == "Ready"' });
    expect(bench.statusOf(task)).toBe('pending');
    renameIdle(bench);
    expect(bench.asked(task)).toEqual(['Bob']);
  });

  it('may be chosen by the room left and the room there is on a channel', () => {
    const bench = new EngineBench({
      multiTaskEnabled: true,
      rules: target({
        expression:
          'worker.channel.default.available_capacity_percentage > 50 AND worker.channel.default.configured_capacity == 4',
      }),
    });
    bench.setActivity(bench.alice, 'Idle');
    bench.updateChannel(bench.alice, 'default', { capacity: 4 });
    const asked = [1, 2, 3].map(() => bench.asked(bench.addTask()));
    expect(asked).toEqual([['Alice'], ['Alice'], []]);
  });

  it('is in or out of a queue that looks at what is on hand on a channel', () => {
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
    expect(bench.asked(second)).toEqual(['Bob']);
  });

  it('is asked as soon as another name of its activity satisfies the target', () => {
    const bench = new EngineBench({ rules: target({ expression: 'worker.activity_name == "Ready"' }) });
    bench.setActivity(bench.bob, 'Idle');
    const task = bench.addTask();
    expect(bench.statusOf(task)).toBe('pending');
    renameIdle(bench);
    expect(bench.asked(task)).toEqual(['Bob']);
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
  ])('asks in the order of %s', (orderBy, expected) => {
    const bench = team(orderBy, [
      { level: 1, team: 1, nested: { rank: 1 } },
      { level: 2, team: 1, nested: { rank: 3 } },
      { level: 3, team: 2, nested: { rank: 2 } },
    ]);
    expect([1, 2, 3].map(() => bench.asked(bench.addTask())[0])).toEqual(expected);
  });

  it.each(['ASC', 'DESC'])('puts workers without the attribute last when the order is %s', (direction) => {
    const bench = team(`worker.level ${direction}`, [{}, { level: 2 }, { level: null }]);
    expect([1, 2, 3].map(() => bench.asked(bench.addTask())[0])).toEqual(['W1', 'W0', 'W2']);
  });

  it.each([['two'], [2.5], [true]])('is dropped when a candidate has the value %j', (level) => {
    const bench = team('worker.level DESC', [{ level: 1 }, { level: 3 }, { level }]);
    expect([1, 2, 3].map(() => bench.asked(bench.addTask())[0])).toEqual(['W0', 'W1', 'W2']);
  });

  it('asks, of equals, the one longest without a task', () => {
    const bench = team('worker.level DESC', [{ level: 1 }, { level: 2 }, { level: 2 }]);
    expect([1, 2, 3].map(() => bench.asked(bench.addTask())[0])).toEqual(['W1', 'W2', 'W0']);
  });
});

describe('a known worker', () => {
  const bySid = target({ known_worker_sid: 'task.agent.sid', expression: 'worker.languages HAS "en"' });
  const byName = target({ known_worker_friendly_name: 'task.agent' });

  it('is the only one asked, by sid', () => {
    const bench = new EngineBench({ rules: bySid });
    bench.setActivity(bench.alice, 'Idle');
    const task = bench.addTask({ agent: { sid: bench.bob } });
    expect(bench.statusOf(task)).toBe('pending');
    bench.setActivity(bench.bob, 'Idle');
    expect(bench.asked(task)).toEqual(['Bob']);
  });

  it('is found by name without regard to case, also under a new name', () => {
    const bench = new EngineBench({ rules: byName });
    bench.setActivity(bench.bob, 'Idle');
    expect(bench.asked(bench.addTask({ agent: 'bOB' }))).toEqual(['Bob']);
    bench.setActivity(bench.alice, 'Idle');
    const task = bench.addTask({ agent: 'Alicia' });
    expect(bench.statusOf(task)).toBe('pending');
    bench.updateWorker(bench.alice, { friendlyName: 'Alicia' });
    expect(bench.asked(task)).toEqual(['Alicia']);
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
    expect(bench.asked(task)).toEqual(['Bob']);
  });
});
