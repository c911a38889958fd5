import { InvalidParameter } from '../../src/taskrouter/model/errors';
import { EngineBench } from '../support/engine-bench';
import { refusal } from '../support/refusal';

const percentage = (bench: EngineBench, worker: string, channel = 'default') =>
  bench.engine.view.useOfChannel(bench.channel(worker, channel)).availableCapacityPercentage;

function withCapacity(capacity: number) {
  const bench = new EngineBench({ multiTaskEnabled: true });
  bench.updateChannel(bench.alice, 'default', { capacity });
  bench.setActivity(bench.alice, 'Idle');
  return bench;
}

describe('capacity in a multitasking workspace', () => {
  it('gives a new worker capacity for one task on each of the five channels', () => {
    const bench = new EngineBench({ multiTaskEnabled: true });
    const channels = bench.engine.view.channelsOfWorker(bench.alice);
    expect(channels).toHaveLength(5);
    for (const channel of channels) {
      expect(channel).toMatchObject({ configuredCapacity: 1, available: true, lastReservedTime: null });
    }
  });

  it('offers no second task to a worker with one pending reservation and capacity 1', () => {
    const bench = withCapacity(1);
    const [first, second] = [bench.addTask(), bench.addTask()];
    expect(bench.offeredTo(first)).toEqual(['Alice']);
    expect(bench.statusOf(second)).toBe('pending');
  });

  it('offers as many tasks at the same time as the worker has capacity for', () => {
    const bench = withCapacity(3);
    const tasks = [bench.addTask(), bench.addTask(), bench.addTask(), bench.addTask()];
    expect(tasks.map((task) => bench.statusOf(task))).toEqual([
      'reserved',
      'reserved',
      'reserved',
      'pending',
    ]);
  });

  it.each([
    ['keeps the unit of an', 'accepted', ['accepted'], 'pending'],
    ['keeps the unit of a', 'wrapping', ['accepted', 'wrapping'], 'pending'],
    ['frees the unit of a', 'completed', ['accepted', 'completed'], 'reserved'],
    ['frees the unit of a', 'rejected', ['rejected'], 'reserved'],
    ['frees the unit of a', 'canceled', ['canceled'], 'reserved'],
  ] as const)('%s %s reservation', (_what, _status, steps, expected) => {
    const bench = withCapacity(1);
    const first = bench.addTask();
    const next = bench.addTask({ selected_language: 'es' }, { priority: 9 });
    const { sid } = bench.pending(first);
    for (const step of steps) bench.updateReservation(bench.reservation(sid), step);
    expect(bench.statusOf(next)).toBe(expected);
  });

  it('frees the unit of a reservation that times out', () => {
    const bench = withCapacity(1);
    bench.addTask();
    bench.pass(120);
    expect(bench.engine.view.useOfChannel(bench.channel(bench.alice, 'default')).used).toBe(0);
  });

  it('counts accepted reservations as assigned, and pending and wrapping ones only as used', () => {
    const bench = withCapacity(3);
    const use = () => bench.engine.view.useOfChannel(bench.channel(bench.alice, 'default'));
    const [first, second] = [bench.addTask(), bench.addTask()];
    expect(use()).toMatchObject({ assigned: 0, used: 2 });
    bench.updateReservation(bench.pending(first), 'accepted');
    bench.updateReservation(bench.pending(second), 'accepted');
    expect(use()).toMatchObject({ assigned: 2, used: 2 });
    bench.updateTask(first, { assignmentStatus: 'wrapping' });
    expect(use()).toMatchObject({ assigned: 1, used: 2 });
    bench.updateTask(first, { assignmentStatus: 'completed' });
    expect(use()).toMatchObject({ assigned: 1, used: 1 });
  });

  it.each([
    [3, 1, 66],
    [3, 2, 33],
    [10, 9, 10],
    [10, 3, 70],
    [7, 7, 0],
    [1, 0, 100],
  ])('with capacity %i and %i in use, leaves %i percent available', (capacity, used, expected) => {
    const bench = withCapacity(capacity);
    for (let count = 0; count < used; count += 1) bench.addTask();
    expect(percentage(bench, bench.alice)).toBe(expected);
  });

  it('leaves 0 percent available when the capacity is zero, and never less than 0', () => {
    const bench = withCapacity(2);
    bench.addTask();
    bench.addTask();
    bench.updateChannel(bench.alice, 'default', { capacity: 1 });
    expect(percentage(bench, bench.alice)).toBe(0);
    bench.updateChannel(bench.alice, 'default', { capacity: 0 });
    expect(percentage(bench, bench.alice)).toBe(0);
  });

  it.each([
    ['capacity 0', { capacity: 0 }, { capacity: 1 }],
    ['an unavailable channel', { available: false }, { available: true }],
  ])(
    'offers nothing on a channel with %s, and offers the task as soon as that changes',
    (_what, stop, go) => {
      const bench = withCapacity(1);
      bench.updateChannel(bench.alice, 'default', stop);
      const task = bench.addTask();
      expect(bench.statusOf(task)).toBe('pending');
      bench.updateChannel(bench.alice, 'default', go);
      expect(bench.offeredTo(task)).toEqual(['Alice']);
    },
  );

  it('ends no work when the capacity drops below the number in use', () => {
    const bench = withCapacity(2);
    const [first, second] = [bench.addTask(), bench.addTask()];
    bench.updateReservation(bench.pending(first), 'accepted');
    bench.updateChannel(bench.alice, 'default', { capacity: 0 });
    expect([bench.statusOf(first), bench.statusOf(second)]).toEqual(['assigned', 'reserved']);
  });

  it('counts each channel separately', () => {
    const bench = withCapacity(1);
    const chat = bench.addTask({ selected_language: 'es' }, { taskChannel: 'chat' });
    const voice = bench.addTask({ selected_language: 'es' }, { taskChannel: 'voice' });
    expect([bench.offeredTo(chat), bench.offeredTo(voice)]).toEqual([['Alice'], ['Alice']]);
  });

  it('gives every worker a worker channel for a new task channel', () => {
    const bench = withCapacity(1);
    bench.addTaskChannel('fax');
    expect(bench.channel(bench.alice, 'fax')).toMatchObject({ configuredCapacity: 1, available: true });
    const task = bench.addTask({ selected_language: 'es' }, { taskChannel: 'fax' });
    expect(bench.offeredTo(task)).toEqual(['Alice']);
  });

  it('records a capacity change and an availability change, and increments the version of the worker at each, as the worker SDK does', () => {
    const bench = withCapacity(1);
    const { version } = bench.worker(bench.alice);
    bench.takeEventTypes();
    bench.updateChannel(bench.alice, 'default', { capacity: 4, available: false });
    expect(bench.worker(bench.alice).version).toBe(version + 2);
    expect(bench.lastEvent('worker.capacity.update').fields).toMatchObject({
      WorkerChannelAvailable: 'false',
      WorkerChannelAvailableCapacity: '100',
      WorkerChannelPreviousCapacity: '1',
      WorkerChannelTaskCount: '0',
      TaskChannelUniqueName: 'default',
    });
    expect(bench.takeEventTypes()).toEqual(['worker.capacity.update', 'worker.channel.availability.update']);
  });

  it('records no event and no new version when an update changes nothing', () => {
    const bench = withCapacity(1);
    const { version } = bench.worker(bench.alice);
    bench.takeEventTypes();
    bench.updateChannel(bench.alice, 'default', { capacity: 1, available: true });
    expect(bench.worker(bench.alice).version).toBe(version);
    expect(bench.events).toEqual([]);
  });

  it.each([-1, 251, 1.5])('refuses a capacity of %d', (capacity) => {
    const bench = withCapacity(1);
    const update = () => bench.updateChannel(bench.alice, 'default', { capacity });
    expect(refusal(bench, update)).toBeInstanceOf(InvalidParameter);
  });
});

describe('a single-tasking workspace', () => {
  it('creates one reservation at a time, whatever the capacity', () => {
    const bench = new EngineBench();
    bench.updateChannel(bench.alice, 'default', { capacity: 5 });
    bench.addActivity('Still free', true);
    const [first, second] = [bench.addTask(), bench.addTask()];
    bench.setActivity(bench.alice, 'Idle');
    bench.setActivity(bench.alice, 'Still free');
    expect([bench.statusOf(first), bench.statusOf(second)]).toEqual(['reserved', 'pending']);
  });

  it('offers the next task as soon as the worker is available again, even while another is in progress', () => {
    const bench = new EngineBench();
    const [first, second] = [bench.addTask(), bench.addTask()];
    bench.setActivity(bench.alice, 'Idle');
    bench.updateReservation(bench.pending(first), 'accepted');
    expect(bench.statusOf(second)).toBe('pending');
    bench.setActivity(bench.alice, 'Idle');
    expect([bench.statusOf(first), bench.offeredTo(second)]).toEqual(['assigned', ['Alice']]);
  });

  it('ignores capacity 0 and an unavailable channel', () => {
    const bench = new EngineBench();
    bench.updateChannel(bench.alice, 'default', { capacity: 0, available: false });
    bench.setActivity(bench.alice, 'Idle');
    expect(bench.offeredTo(bench.addTask())).toEqual(['Alice']);
  });

  it('applies capacity as soon as the workspace becomes multitasking', () => {
    const bench = new EngineBench();
    bench.setActivity(bench.alice, 'Idle');
    const [first, second, third] = [bench.addTask(), bench.addTask(), bench.addTask()];
    bench.updateReservation(bench.pending(first), 'accepted');
    bench.updateChannel(bench.alice, 'default', { capacity: 3 });
    bench.updateWorkspace({ multiTaskEnabled: true });
    expect(bench.statusOf(second)).toBe('pending');
    bench.setActivity(bench.alice, 'Idle');
    expect([bench.offeredTo(second), bench.offeredTo(third)]).toEqual([['Alice'], ['Alice']]);
  });
});
