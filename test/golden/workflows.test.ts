import { EngineBench } from '../support/engine-bench';

/** A bench with the queues that an example names. Its own workflow is not used. */
function benchWith(names: readonly string[], targetWorkers = '1==1') {
  const bench = new EngineBench({ multiTaskEnabled: true });
  const queues = Object.fromEntries(names.map((name) => [name, bench.addQueue(name, targetWorkers)]));
  const queue = (name: string) => queues[name] as string;
  /** Makes this the workflow for the next tasks. */
  const follow = (rules: object) => {
    const workflowSid = bench.addWorkflow(rules, {}, 'Golden');
    return (value: Record<string, unknown>, options: object = {}) =>
      bench.addTask(value, { workflowSid, ...options });
  };
  return { bench, queue, follow };
}

describe('https://www.twilio.com/docs/taskrouter/workflow-configuration', () => {
  function gold() {
    const { bench, queue, follow } = benchWith(['Gold', 'Backup', 'Everyone']);
    const add = follow({
      filters: [
        {
          filter_friendly_name: 'Gold Tickets',
          expression: "customer_value == 'Gold' AND type == 'ticket'",
          targets: [{ queue: queue('Gold'), priority: '10', timeout: '300' }, { queue: queue('Backup') }],
        },
      ],
      default_filter: { queue: queue('Everyone') },
    });
    return { bench, add };
  }

  it('sends the gold ticket to its queue with the priority of the target', () => {
    const { bench, add } = gold();
    const task = add({ type: 'ticket', customer_value: 'Gold' });
    expect([bench.queueOf(task), bench.task(task).priority]).toEqual(['Gold', 10]);
  });

  it('escalates it after 300 s, keeps its priority, and never moves it to the default filter', () => {
    const { bench, add } = gold();
    const task = add({ type: 'ticket', customer_value: 'Gold' });
    bench.pass(299);
    expect(bench.queueOf(task)).toBe('Gold');
    bench.pass(1);
    expect([bench.queueOf(task), bench.task(task).priority]).toEqual(['Backup', 10]);
    bench.pass(86_000);
    expect([bench.queueOf(task), bench.statusOf(task)]).toEqual(['Backup', 'pending']);
    bench.pass(100);
    expect([bench.statusOf(task), bench.task(task).reason]).toEqual(['canceled', 'Task TTL Exceeded']);
  });

  it('sends everything else to the default queue', () => {
    const { bench, add } = gold();
    expect(bench.queueOf(add({ type: 'ticket', customer_value: 'Silver' }))).toBe('Everyone');
  });

  it('works like a case statement: the first matching filter decides', () => {
    const { bench, queue, follow } = benchWith(['First', 'Second']);
    const add = follow({
      filters: [
        { expression: 'n > 1', targets: [{ queue: queue('First') }] },
        { expression: 'n > 0', targets: [{ queue: queue('Second') }] },
      ],
    });
    expect([add({ n: 2 }), add({ n: 1 })].map((task) => bench.queueOf(task))).toEqual(['First', 'Second']);
  });
});

describe('https://www.twilio.com/docs/taskrouter/lifecycle-task-workflows-and-assignment', () => {
  function supportAndSales() {
    const { bench, queue, follow } = benchWith(['Just Support', 'Just Sales', 'Everyone']);
    const add = follow({
      filters: [
        {
          expression: 'type=="Support"',
          filter_friendly_name: 'Support Calls',
          targets: [
            { queue: queue('Just Support'), timeout: 15, expression: 'worker.id IN task.preferred_agents' },
            { timeout: 15 },
          ],
        },
        {
          expression: 'type=="Sales"',
          filter_friendly_name: 'Sales Calls',
          targets: [{ queue: queue('Just Sales'), timeout: 15 }],
        },
      ],
      default_filter: { queue: queue('Everyone') },
    });
    return { bench, add };
  }
  const support = { type: 'Support', preferred_agents: ['a7'] };

  it('offers the task to a preferred agent only at first', () => {
    const { bench, add } = supportAndSales();
    bench.addWorker('Other', { id: 'b8' }, 'Idle');
    bench.addWorker('Preferred', { id: 'a7' }, 'Idle');
    expect(bench.offeredTo(add(support))).toEqual(['Preferred']);
  });

  it('offers it to anyone in the same queue after 15 s', () => {
    const { bench, add } = supportAndSales();
    bench.addWorker('Other', { id: 'b8' }, 'Idle');
    const task = add(support);
    bench.pass(14);
    expect(bench.offeredTo(task)).toEqual([]);
    bench.pass(1);
    expect([bench.offeredTo(task), bench.queueOf(task)]).toEqual([['Other'], 'Just Support']);
  });

  it('cancels the task after another 15 s without a worker: the default filter is not next', () => {
    const { bench, add } = supportAndSales();
    const task = add(support);
    bench.pass(30);
    expect([bench.statusOf(task), bench.task(task).reason]).toEqual([
      'canceled',
      'Task canceled on Workflow timeout',
    ]);
    expect(bench.lastEvent('workflow.timeout').fields.TaskSid).toBe(task);
  });

  it('sends sales calls to sales and other calls to everyone', () => {
    const { bench, add } = supportAndSales();
    expect(bench.queueOf(add({ type: 'Sales' }))).toBe('Just Sales');
    expect(bench.queueOf(add({ type: 'Billing' }))).toBe('Everyone');
  });
});

describe('https://www.twilio.com/docs/taskrouter/worker-presence', () => {
  it('skips the target immediately when workers.available == 0', () => {
    const { bench, queue, follow } = benchWith(['Nobody home', 'Backup']);
    const add = follow({
      filters: [
        {
          expression: '1==1',
          targets: [
            { queue: queue('Nobody home'), skip_if: 'workers.available == 0', timeout: 600 },
            { queue: queue('Backup') },
          ],
        },
      ],
    });
    expect(bench.queueOf(add({}))).toBe('Backup');
  });

  it('does not skip it when a worker is available, though busy', () => {
    const { bench, queue, follow } = benchWith(['Busy', 'Backup']);
    bench.addWorker('Dora', {}, 'Idle');
    const add = follow({
      filters: [
        {
          expression: '1==1',
          targets: [{ queue: queue('Busy'), skip_if: 'workers.available == 0' }, { queue: queue('Backup') }],
        },
      ],
    });
    const [first, second] = [add({}), add({})];
    expect([bench.offeredTo(first), bench.offeredTo(second)]).toEqual([['Dora'], []]);
    expect(bench.queueOf(second)).toBe('Busy');
  });

  it('counts the workers in one activity by its sid', () => {
    const { bench, queue, follow } = benchWith(['Main', 'Backup']);
    bench.addWorker('Dora', {}, 'Offline');
    const add = follow({
      filters: [
        {
          expression: '1==1',
          targets: [
            { queue: queue('Main'), skip_if: `workers.${bench.activities.Offline} > 2` },
            { queue: queue('Backup') },
          ],
        },
      ],
    });
    // Alice, Bob and Dora.
    expect(bench.queueOf(add({}))).toBe('Backup');
    bench.setActivity(bench.alice, 'Busy');
    expect(bench.queueOf(add({}))).toBe('Main');
  });
});

describe('https://www.twilio.com/docs/taskrouter/workflow-configuration/known-agent-routing', () => {
  it.each([
    ['known_worker_sid', (bench: EngineBench) => bench.alice],
    ['known_worker_friendly_name', () => 'Alice'],
  ])('offers the task to Ricky again, by %s', (key, value) => {
    const { bench, queue, follow } = benchWith(['Everyone']);
    const add = follow({
      filters: [
        {
          expression: '1==1',
          targets: [{ queue: queue('Everyone'), [key]: 'task.last_agent', timeout: 30 }, {}],
        },
      ],
    });
    bench.setActivity(bench.bob, 'Idle');
    bench.pass(5);
    bench.setActivity(bench.alice, 'Idle');
    expect(bench.offeredTo(add({ last_agent: value(bench) }))).toEqual(['Alice']);
  });
});

describe('https://www.twilio.com/docs/taskrouter/time-of-day-routing', () => {
  function openingHours(date: string) {
    const { bench, queue, follow } = benchWith(['Open', 'Closed']);
    const add = follow({
      filters: [
        {
          filter_friendly_name: 'MyFilterName',
          expression:
            "(taskrouter.dayOfWeek IN ['Mon', 'Tue', 'Thu'] AND taskrouter.currentTime > 800 AND taskrouter.currentTime < 1730) OR (taskrouter.dayOfWeek IN ['Wed', 'Fri'] AND taskrouter.currentTime > 900 AND taskrouter.currentTime < 1830) OR (taskrouter.dayOfWeek = 'Sat' AND taskrouter.currentTime > 1100 AND taskrouter.currentTime < 1530)",
          targets: [{ queue: queue('Open') }],
        },
      ],
      default_filter: { queue: queue('Closed') },
    });
    bench.now = Date.parse(date);
    return bench.queueOf(add({}));
  }

  it.each([
    ['a Tuesday at ten', '2026-02-03T10:00:00Z', 'Open'],
    ['a Tuesday at six in the evening', '2026-02-03T18:00:00Z', 'Closed'],
    ['a Friday at six in the evening', '2026-02-06T18:00:00Z', 'Open'],
    ['a Friday at half past eight', '2026-02-06T08:30:00Z', 'Closed'],
    ['a Saturday at noon', '2026-02-07T12:00:00Z', 'Open'],
    ['a Sunday at noon', '2026-02-08T12:00:00Z', 'Closed'],
  ])('on %s applies the opening hours correctly', (_when, date, queue) => {
    expect(openingHours(date)).toBe(queue);
  });
});

describe('https://www.twilio.com/en-us/changelog/route-directly-to-worker-task-queue-or-workflow', () => {
  it('routes to a worker whatever the capacity, unless IgnoreCapacity is false', () => {
    const { bench, queue, follow } = benchWith(['Everyone']);
    const add = follow({ default_filter: { queue: queue('Everyone') } });
    bench.updateChannel(bench.alice, 'default', { capacity: 0 });
    bench.setActivity(bench.alice, 'Idle');
    expect(bench.offeredTo(add({}, { routingTarget: bench.alice }))).toEqual(['Alice']);
    expect(bench.offeredTo(add({}, { routingTarget: bench.alice, ignoreCapacity: false }))).toEqual([]);
  });
});
