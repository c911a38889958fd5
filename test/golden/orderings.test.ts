import { EngineBench, type QueueSettings } from '../support/engine-bench';

/** Sends every task to one queue that includes every worker. */
function oneQueue(target: object = {}, settings: QueueSettings = {}) {
  const bench = new EngineBench({ multiTaskEnabled: true });
  const queue = bench.addQueue('Everyone', 'finance != null OR anybody == true', settings);
  const workflowSid = bench.addWorkflow(
    { filters: [{ expression: '1==1', targets: [{ queue, ...target }] }] },
    {},
    'Golden',
  );
  const add = (options: object = {}) => bench.addTask({}, { workflowSid, ...options });
  return { bench, add };
}

/** The tasks that a worker with capacity 1 takes, in order. */
function taken(bench: EngineBench, tasks: readonly string[]): string[] {
  const worker = bench.addWorker('Taker', { anybody: true }, 'Idle');
  const order: string[] = [];
  while (order.length < tasks.length) {
    const [offer] = bench.engine.view
      .reservationsOfWorker(worker)
      .filter(({ status }) => status === 'pending');
    if (!offer) break;
    order.push(offer.taskSid);
    bench.updateReservation(offer, 'accepted');
    bench.updateTask(offer.taskSid, { assignmentStatus: 'completed' });
  }
  return order;
}

describe('https://www.twilio.com/docs/taskrouter/order-workers', () => {
  it('breaks a tie in the first clause with the second: Bob before Alice', () => {
    const { bench, add } = oneQueue({ order_by: 'worker.finance ASC, worker.support ASC' });
    bench.addWorker('Alicia', { finance: 10, support: 8 }, 'Idle');
    bench.pass(1);
    bench.addWorker('Bobby', { finance: 10, support: 5 }, 'Idle');
    expect(bench.offeredTo(add())).toEqual(['Bobby']);
  });

  it('takes the highest value first when descending', () => {
    const { bench, add } = oneQueue({ order_by: 'worker.finance DESC' });
    bench.addWorker('Low', { finance: 1 }, 'Idle');
    bench.addWorker('High', { finance: 9 }, 'Idle');
    expect([add(), add()].map((task) => bench.offeredTo(task)[0])).toEqual(['High', 'Low']);
  });

  it('takes the worker who has been idle longest without an order, and when the order ties', () => {
    for (const target of [{}, { order_by: 'worker.finance ASC' }]) {
      const { bench, add } = oneQueue(target);
      bench.addWorker('Waiting long', { finance: 1 }, 'Idle');
      bench.pass(60);
      bench.addWorker('Just in', { finance: 1 }, 'Idle');
      expect(bench.offeredTo(add())).toEqual(['Waiting long']);
    }
  });
});

describe('https://www.twilio.com/docs/taskrouter/api/task-queue', () => {
  it('assigns higher priorities first whatever their age, and the oldest among equal priorities', () => {
    const { bench, add } = oneQueue();
    const old = add({ priority: 1 });
    bench.pass(60);
    const urgent = add({ priority: 5 });
    bench.pass(60);
    const young = add({ priority: 1 });
    expect(taken(bench, [old, urgent, young])).toEqual([urgent, old, young]);
  });

  it('reads a tech_support_skill of "6" as text, as written', () => {
    const { bench } = oneQueue();
    const queue = bench.addQueue('Tech', 'tech_support_skill == "6"');
    const member = bench.addWorker('Six', { tech_support_skill: '6' });
    expect(bench.engine.view.isInQueue(member, queue)).toBe(true);
    expect(bench.engine.view.isInQueue(bench.addWorker('Number', { tech_support_skill: 6 }), queue)).toBe(
      false,
    );
  });
});

describe('https://www.twilio.com/docs/taskrouter/queue-ordering-last-first-out-lifo', () => {
  it('calls back the newest lead first and ignores priorities', () => {
    const { bench, add } = oneQueue({}, { taskOrder: 'LIFO' });
    const cold = add({ priority: 10 });
    bench.pass(60);
    const warm = add();
    bench.pass(60);
    const hot = add();
    expect(taken(bench, [cold, warm, hot])).toEqual([hot, warm, cold]);
  });

  it('puts a task with an earlier virtual start time before older ones', () => {
    const { bench, add } = oneQueue();
    const first = add();
    bench.pass(60);
    const backdated = add({ virtualStartTime: bench.now - 3_600_000 });
    expect(taken(bench, [first, backdated])).toEqual([backdated, first]);
  });
});

describe('https://www.twilio.com/docs/taskrouter/activity-based-routing', () => {
  it('matches the name or the sid of the activity', () => {
    const { bench, add } = oneQueue({
      expression: "worker.activity_name in ['Generally Available', 'High Value Tasks']",
    });
    for (const name of ['Generally Available', 'High Value Tasks', 'Low Value Tasks'])
      bench.addActivity(name, true);
    bench.addWorker('Low', { anybody: true }, 'Low Value Tasks');
    expect(bench.offeredTo(add())).toEqual([]);
    bench.addWorker('High', { anybody: true }, 'High Value Tasks');
    const [offered] = [...bench.engine.view.all('tasks')].map(({ sid }) => bench.offeredTo(sid));
    expect(offered).toEqual(['High']);

    const bySid = oneQueue();
    const sid = bySid.bench.addActivity('Chosen', true);
    const queue = bySid.bench.addQueue('By sid', `activity_sid == '${sid}'`);
    const worker = bySid.bench.addWorker('In it', {}, 'Chosen');
    expect(bySid.bench.engine.view.isInQueue(worker, queue)).toBe(true);
    bySid.bench.setActivity(worker, 'Idle');
    expect(bySid.bench.engine.view.isInQueue(worker, queue)).toBe(false);
  });
});

describe('https://www.twilio.com/docs/taskrouter/multitasking', () => {
  it('lets a target match the number of tasks a worker has on a channel', () => {
    const { bench, add } = oneQueue({ expression: 'worker.channel.chat.assigned_tasks == 0' });
    const worker = bench.addWorker('Chatty', { anybody: true }, 'Idle');
    bench.updateChannel(worker, 'chat', { capacity: 3 });
    const first = add({ taskChannel: 'chat' });
    bench.updateReservation(bench.pending(first), 'accepted');
    const second = add({ taskChannel: 'chat' });
    expect(bench.offeredTo(second)).toEqual([]);
    bench.updateTask(first, { assignmentStatus: 'completed' });
    expect(bench.offeredTo(second)).toEqual(['Chatty']);
  });

  it('offers tasks in parallel until the channel is at capacity', () => {
    const { bench, add } = oneQueue();
    const worker = bench.addWorker('Chatty', { anybody: true }, 'Idle');
    bench.updateChannel(worker, 'chat', { capacity: 2 });
    const chats = [1, 2, 3].map(() => add({ taskChannel: 'chat' }));
    const call = add({ taskChannel: 'voice' });
    expect([...chats, call].map((task) => bench.offeredTo(task).length)).toEqual([1, 1, 0, 1]);
  });
});
