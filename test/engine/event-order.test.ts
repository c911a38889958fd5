import { EngineBench } from '../support/engine-bench';

const modes = [
  ['single-tasking', false],
  ['multitasking', true],
] as const;

/** The activity updates that a single-tasking workspace adds. */
const ifSingle = (multi: boolean) => (multi ? [] : ['worker.activity.update']);

describe.each(modes)('the order of events in a %s workspace', (_name, multi) => {
  it('on creation is target-matched, created, entered, workflow entered, reservation', () => {
    const bench = new EngineBench({ multiTaskEnabled: multi });
    bench.setActivity(bench.alice, 'Idle');
    bench.takeEventTypes();
    bench.addTask();
    expect(bench.takeEventTypes()).toEqual([
      'workflow.target-matched',
      'task.created',
      'task-queue.entered',
      'workflow.entered',
      'reservation.created',
      ...ifSingle(multi),
    ]);
  });

  it('on acceptance, wrapping, and completion is the task, its reservation, then the worker', () => {
    const bench = new EngineBench({ multiTaskEnabled: multi });
    const task = bench.addTask();
    bench.setActivity(bench.alice, 'Idle');
    bench.takeEventTypes();
    bench.updateReservation(bench.pending(task), 'accepted');
    expect(bench.takeEventTypes()).toEqual(['reservation.accepted', ...ifSingle(multi)]);
    bench.updateTask(task, { assignmentStatus: 'wrapping' });
    expect(bench.takeEventTypes()).toEqual(['task.wrapup', 'reservation.wrapup']);
    bench.updateTask(task, { assignmentStatus: 'completed' });
    expect(bench.takeEventTypes()).toEqual(['task.completed', 'reservation.completed']);
  });

  it('is the same when the reservation is wrapped up and completed instead of the task', () => {
    const bench = new EngineBench({ multiTaskEnabled: multi });
    const task = bench.addTask();
    bench.setActivity(bench.alice, 'Idle');
    const { sid } = bench.pending(task);
    bench.updateReservation(bench.reservation(sid), 'accepted');
    bench.takeEventTypes();
    bench.updateReservation(bench.reservation(sid), 'wrapping');
    expect(bench.takeEventTypes()).toEqual(['task.wrapup', 'reservation.wrapup']);
    bench.updateReservation(bench.reservation(sid), 'completed');
    expect(bench.lastEvent('reservation.completed').fields).toMatchObject({
      TaskAssignmentStatus: 'completed',
      TaskCompletedReason: 'All reservations were completed',
    });
    expect(bench.takeEventTypes()).toEqual(['task.completed', 'reservation.completed']);
    expect(bench.task(task)).toMatchObject({
      status: 'completed',
      reason: 'All reservations were completed',
    });
  });

  it('on cancellation starts with the end of the offer', () => {
    const bench = new EngineBench({ multiTaskEnabled: multi });
    const task = bench.addTask();
    bench.setActivity(bench.alice, 'Idle');
    bench.takeEventTypes();
    bench.updateTask(task, { assignmentStatus: 'canceled', reason: 'gone' });
    expect(bench.takeEventTypes()).toEqual(['reservation.canceled', ...ifSingle(multi), 'task.canceled']);
  });

  it('on a timeout is the reservation, then the worker', () => {
    const bench = new EngineBench({ multiTaskEnabled: multi });
    bench.addTask();
    bench.setActivity(bench.alice, 'Idle');
    bench.takeEventTypes();
    bench.pass(120);
    expect(bench.takeEventTypes()).toEqual(['reservation.timeout', 'worker.activity.update']);
  });
});

it('shows the task as it is after the change', () => {
  const bench = new EngineBench();
  const task = bench.addTask();
  bench.setActivity(bench.alice, 'Idle');
  const reservation = bench.pending(task);
  bench.updateReservation(reservation, 'rejected', { workerActivitySid: bench.activities.Offline });
  bench.setActivity(bench.alice, 'Idle');
  bench.updateReservation(bench.pending(task), 'accepted');
  bench.updateTask(task, { assignmentStatus: 'wrapping' });
  bench.updateTask(task, { assignmentStatus: 'completed' });
  const shown = bench.events
    .filter(({ type }) => /^(task|reservation)\./.test(type))
    .map(({ type, fields }) => `${type}: ${fields.TaskAssignmentStatus}`);
  expect(shown).toEqual([
    'task.created: pending',
    'reservation.created: reserved',
    'reservation.rejected: pending',
    'reservation.created: reserved',
    'reservation.accepted: assigned',
    'task.wrapup: wrapping',
    'reservation.wrapup: wrapping',
    'task.completed: completed',
    'reservation.completed: completed',
  ]);
});

it('never lets timestamps or sequence numbers decrease, even if the clock goes back', () => {
  const bench = new EngineBench();
  bench.addTask();
  bench.now -= 60_000;
  const task = bench.addTask();
  bench.setActivity(bench.alice, 'Idle');
  bench.now += 30_000;
  bench.updateTask(task, { priority: 1 });
  const sorted = [...bench.events].sort((left, right) => left.sequence - right.sequence);
  expect(bench.events).toEqual(sorted);
  expect(new Set(bench.events.map(({ date }) => date))).toEqual(new Set([bench.now + 30_000]));
});

it('names the actor: the client for its own requests, the engine for deadlines', () => {
  const bench = new EngineBench();
  bench.setActivity(bench.alice, 'Idle');
  bench.addTask();
  const { workspaceSid } = bench;
  const origin = { source: 'api', ipAddress: '127.0.0.1' } as const;
  const command = { type: 'CreateActivity', workspaceSid, friendlyName: 'Lunch' } as const;
  const { events } = bench.engine.execute(command, bench.now + 120_000, origin);
  expect(events.map((event) => [event.type, event.origin.source])).toEqual([
    ['reservation.timeout', 'twilio'],
    ['worker.activity.update', 'twilio'],
    ['activity.created', 'api'],
  ]);
});
