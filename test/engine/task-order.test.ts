import { attributes, EngineBench } from '../support/engine-bench';

/** The tasks in the order in which they are offered to Alice. */
function orderFor(bench: EngineBench, worker: string, tasks: Record<string, string>): string[] {
  const order: string[] = [];
  for (let count = Object.keys(tasks).length; count > 0; count -= 1) {
    bench.setActivity(worker, 'Idle');
    const [name, sid] = Object.entries(tasks).find(([, task]) => bench.offeredTo(task).length > 0) ?? [];
    if (!name || !sid) throw new Error('no worker has an offer');
    order.push(name);
    bench.updateReservation(bench.pending(sid), 'accepted');
  }
  return order;
}

const spanish = { selected_language: 'es' };
const english = { selected_language: 'en' };

describe('the order of waiting tasks', () => {
  it('is by priority, then by age in a FIFO queue', () => {
    const bench = new EngineBench();
    const add = (priority: number) => {
      bench.pass(1);
      return bench.addTask(spanish, { priority });
    };
    const tasks = { old: add(0), urgent: add(5), mid: add(3), urgentToo: add(5), young: add(0) };
    expect(orderFor(bench, bench.alice, tasks)).toEqual(['urgent', 'urgentToo', 'mid', 'old', 'young']);
  });

  it('uses the virtual start time instead of the age in a FIFO queue', () => {
    const bench = new EngineBench();
    const first = bench.addTask(spanish);
    bench.pass(10);
    const late = bench.addTask(spanish, { virtualStartTime: bench.now - 20_000 });
    expect(orderFor(bench, bench.alice, { first, late })).toEqual(['late', 'first']);
  });

  it('is by creation among tasks of the same moment', () => {
    const bench = new EngineBench();
    const tasks = { a: bench.addTask(), b: bench.addTask(), c: bench.addTask() };
    expect(orderFor(bench, bench.alice, tasks)).toEqual(['a', 'b', 'c']);
  });

  it('is newest first in a LIFO queue, whatever the priority', () => {
    const bench = new EngineBench({ queue: { taskOrder: 'LIFO' } });
    const add = (priority: number) => {
      bench.pass(1);
      return bench.addTask(spanish, { priority });
    };
    const tasks = { old: add(9), mid: add(0), young: add(5) };
    expect(orderFor(bench, bench.alice, tasks)).toEqual(['young', 'mid', 'old']);
  });

  it('changes when the queue changes its order', () => {
    const bench = new EngineBench();
    const add = () => {
      bench.pass(1);
      return bench.addTask(spanish);
    };
    const tasks = { old: add(), mid: add(), young: add() };
    bench.updateQueue(bench.queues.spanish, { taskOrder: 'LIFO' });
    expect(orderFor(bench, bench.alice, tasks)).toEqual(['young', 'mid', 'old']);
  });

  it('is by priority, then by age over several queues of a worker', () => {
    const bench = new EngineBench();
    const add = (value: Record<string, string>, priority: number) => {
      bench.pass(1);
      return bench.addTask(value, { priority });
    };
    const tasks = { a: add(english, 1), b: add(spanish, 1), c: add(spanish, 2), d: add(english, 1) };
    expect(orderFor(bench, bench.alice, tasks)).toEqual(['c', 'a', 'b', 'd']);
  });

  it.each([
    ['FIFO', ['firstIn', 'secondIn', 'last', 'early']],
    ['LIFO', ['last', 'early', 'firstIn', 'secondIn']],
  ] as const)('puts all tasks of %s queues first when the workspace says so', (order, expected) => {
    const bench = new EngineBench();
    bench.updateQueue(bench.queues.spanish, { taskOrder: 'LIFO' });
    bench.updateWorkspace({ prioritizeQueueOrder: order });
    const add = (value: Record<string, string>) => {
      bench.pass(1);
      return bench.addTask(value);
    };
    const tasks = { firstIn: add(english), early: add(spanish), secondIn: add(english), last: add(spanish) };
    expect(orderFor(bench, bench.alice, tasks)).toEqual(expected);
  });

  it('does not hold up the tasks behind one that no worker can take', () => {
    const bench = new EngineBench({
      rules: (queues) => ({
        filters: [
          {
            expression: 'picky == true',
            targets: [{ queue: queues.spanish, expression: 'worker.level > 5' }],
          },
          { expression: '1==1', targets: [{ queue: queues.spanish }] },
        ],
      }),
    });
    const picky = bench.addTask({ picky: true }, { priority: 100 });
    const simple = bench.addTask();
    bench.setActivity(bench.alice, 'Idle');
    expect([bench.statusOf(picky), bench.statusOf(simple)]).toEqual(['pending', 'reserved']);
  });

  it('does not hold up another channel', () => {
    const bench = new EngineBench({ multiTaskEnabled: true });
    bench.updateChannel(bench.alice, 'voice', { capacity: 0 });
    const voice = bench.addTask(spanish, { taskChannel: 'voice', priority: 9 });
    const chat = bench.addTask(spanish, { taskChannel: 'chat' });
    bench.setActivity(bench.alice, 'Idle');
    expect([bench.statusOf(voice), bench.statusOf(chat)]).toEqual(['pending', 'reserved']);
  });

  it('includes the task that names the worker at its place among the others', () => {
    const bench = new EngineBench();
    const [own, other] = [
      bench.addTask({}, { routingTarget: bench.alice, ignoreCapacity: false, priority: 1 }),
      bench.addTask(spanish, { priority: 2 }),
    ];
    expect(orderFor(bench, bench.alice, { own, other })).toEqual(['other', 'own']);
  });
});

describe('several matches that become possible at the same time', () => {
  it('are made best task first when a queue admits new workers', () => {
    const bench = new EngineBench();
    bench.updateQueue(bench.queues.spanish, { targetWorkers: 'nobody == true' });
    const tasks = [0, 5, 3].map((priority) => bench.addTask(spanish, { priority }));
    bench.setActivity(bench.bob, 'Idle');
    bench.pass(1);
    bench.setActivity(bench.alice, 'Idle');
    bench.updateQueue(bench.queues.spanish, { targetWorkers: '1==1' });
    expect(tasks.map((task) => bench.offeredTo(task))).toEqual([[], ['Bob'], ['Alice']]);
    const order = bench.events
      .filter(({ type }) => type === 'reservation.created')
      .map(({ fields }) => fields.TaskSid);
    expect(order).toEqual([tasks[1], tasks[2]]);
  });

  it('never give the same unit to two tasks', () => {
    const bench = new EngineBench({ multiTaskEnabled: true });
    bench.updateQueue(bench.queues.spanish, { targetWorkers: 'nobody == true' });
    bench.updateChannel(bench.alice, 'default', { capacity: 2 });
    bench.setActivity(bench.alice, 'Idle');
    const tasks = [1, 2, 3].map(() => bench.addTask(spanish));
    bench.updateQueue(bench.queues.spanish, { targetWorkers: 'languages HAS "es"' });
    expect(tasks.map((task) => bench.statusOf(task))).toEqual(['reserved', 'reserved', 'pending']);
  });

  it('are made best task first when a new configuration admits many tasks', () => {
    const bench = new EngineBench({
      rules: (queues) => ({ default_filter: { queue: queues.spanish, expression: 'worker.level > 5' } }),
    });
    const tasks = [0, 5, 3].map((priority) => bench.addTask({}, { priority }));
    bench.setActivity(bench.alice, 'Idle');
    bench.updateWorkflow({ default_filter: { queue: bench.queues.spanish } }, { reEvaluateTasks: true });
    expect(tasks.map((task) => bench.offeredTo(task))).toEqual([[], ['Alice'], []]);
  });

  it('are made immediately when a worker learns a language', () => {
    const bench = new EngineBench();
    const [low, high] = [bench.addTask(spanish), bench.addTask(spanish, { priority: 1 })];
    bench.setActivity(bench.bob, 'Idle');
    bench.updateWorker(bench.bob, { attributes: attributes({ languages: ['es'] }) });
    expect([bench.offeredTo(low), bench.offeredTo(high)]).toEqual([[], ['Bob']]);
  });
});
