import { EngineBench } from '../support/engine-bench';

describe.each([
  ['single-tasking', false],
  ['multitasking', true],
])('the lifecycle in a %s workspace', (_name, multiTaskEnabled) => {
  const busy = multiTaskEnabled ? 'Idle' : 'Busy';
  const reserved = multiTaskEnabled ? 'Idle' : 'Reserved';

  it('takes a task from created to completed', () => {
    const bench = new EngineBench({ multiTaskEnabled });
    const task = bench.addTask();
    expect(bench.statusOf(task)).toBe('pending');

    bench.setActivity(bench.alice, 'Idle');
    expect(bench.statusOf(task)).toBe('reserved');
    expect(bench.offeredTo(task)).toEqual(['Alice']);
    expect(bench.activityOf(bench.alice)).toBe(reserved);

    bench.updateReservation(bench.pending(task), 'accepted');
    expect(bench.statusOf(task)).toBe('assigned');
    expect(bench.activityOf(bench.alice)).toBe(busy);

    bench.updateTask(task, { assignmentStatus: 'wrapping' });
    expect(bench.reservations(task).map(({ status }) => status)).toEqual(['wrapping']);
    bench.updateTask(task, { assignmentStatus: 'completed', reason: 'done' });
    expect(bench.reservations(task).map(({ status }) => status)).toEqual(['completed']);
    expect(bench.task(task)).toMatchObject({ status: 'completed', reason: 'done' });
    expect(bench.activityOf(bench.alice)).toBe(busy);
  });

  it('never offers a task to a worker who does not match the queue', () => {
    const bench = new EngineBench({ multiTaskEnabled });
    bench.setActivity(bench.bob, 'Idle');
    const task = bench.addTask();
    expect(bench.offeredTo(task)).toEqual([]);
  });

  it('moves the worker to the timeout activity when the reservation times out', () => {
    const bench = new EngineBench({ multiTaskEnabled, reservationTimeoutSeconds: 20 });
    const task = bench.addTask();
    bench.setActivity(bench.alice, 'Idle');
    bench.pass(19);
    expect(bench.statusOf(task)).toBe('reserved');
    bench.pass(1);
    expect(bench.statusOf(task)).toBe('pending');
    expect(bench.reservations(task).map(({ status }) => status)).toEqual(['timeout']);
    expect(bench.activityOf(bench.alice)).toBe('Offline');
  });

  it('offers the task to the next worker when the first rejects', () => {
    const bench = new EngineBench({ multiTaskEnabled });
    bench.setActivity(bench.alice, 'Idle');
    const task = bench.addTask({ selected_language: 'en' });
    bench.setActivity(bench.bob, 'Idle');
    expect(bench.offeredTo(task)).toEqual(['Alice']);
    bench.updateReservation(bench.pending(task), 'rejected', { workerActivitySid: bench.activities.Offline });
    expect(bench.offeredTo(task)).toEqual(['Bob']);
    expect(bench.activityOf(bench.alice)).toBe('Offline');
  });
});
