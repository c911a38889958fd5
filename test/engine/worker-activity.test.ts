import { InvalidParameter, ResourceInUse } from '../../src/taskrouter/model/errors';
import { EngineBench } from '../support/engine-bench';
import { refusal } from '../support/refusal';

const modes = [
  ['single-tasking', false],
  ['multitasking', true],
] as const;

function reserved(multiTaskEnabled: boolean, options: object = {}) {
  const bench = new EngineBench({ multiTaskEnabled, ...options });
  const task = bench.addTask();
  bench.setActivity(bench.alice, 'Idle');
  return { bench, task };
}

function accepted(multiTaskEnabled: boolean, options: object = {}) {
  const { bench, task } = reserved(multiTaskEnabled, options);
  bench.updateReservation(bench.pending(task), 'accepted');
  return { bench, task };
}

/** A workspace whose queues name their own activities for reservations and assignments. */
function withOwnActivities(multiTaskEnabled: boolean) {
  const bench = new EngineBench({ multiTaskEnabled });
  const reservationActivitySid = bench.addActivity('Ringing', false);
  const assignmentActivitySid = bench.addActivity('On a call', false);
  bench.updateQueue(bench.queues.spanish, { reservationActivitySid, assignmentActivitySid });
  const task = bench.addTask();
  bench.setActivity(bench.alice, 'Idle');
  return { bench, task };
}

describe.each(modes)('the activity of a worker in a %s workspace', (_name, multi) => {
  const idleIfMulti = (activity: string) => (multi ? 'Idle' : activity);

  it('starts as the one given, else as the default activity of the workspace', () => {
    const bench = new EngineBench({ multiTaskEnabled: multi });
    expect(bench.activityOf(bench.addWorker('Carol', {}, 'Idle'))).toBe('Idle');
    expect(bench.activityOf(bench.addWorker('Dave', {}, 'none given'))).toBe('Offline');
    bench.updateWorkspace({ defaultActivitySid: bench.activities.Busy });
    expect(bench.activityOf(bench.addWorker('Erin', {}, 'none given'))).toBe('Busy');
  });

  it('changes with an update', () => {
    const bench = new EngineBench({ multiTaskEnabled: multi });
    bench.setActivity(bench.alice, 'Busy');
    expect(bench.activityOf(bench.alice)).toBe('Busy');
  });

  it('becomes Reserved with a reservation, only when single-tasking', () => {
    const { bench } = reserved(multi);
    expect(bench.activityOf(bench.alice)).toBe(idleIfMulti('Reserved'));
  });

  it('becomes Busy with an acceptance, only when single-tasking', () => {
    const { bench } = accepted(multi);
    expect(bench.activityOf(bench.alice)).toBe(idleIfMulti('Busy'));
  });

  it('becomes the one that the queue names, only when single-tasking', () => {
    const { bench, task } = withOwnActivities(multi);
    expect(bench.activityOf(bench.alice)).toBe(idleIfMulti('Ringing'));
    bench.updateReservation(bench.pending(task), 'accepted');
    expect(bench.activityOf(bench.alice)).toBe(idleIfMulti('On a call'));
  });

  it('becomes the one given with a rejection', () => {
    const { bench, task } = reserved(multi);
    bench.updateReservation(bench.pending(task), 'rejected', { workerActivitySid: bench.activities.Busy });
    expect(bench.activityOf(bench.alice)).toBe('Busy');
  });

  it('is restored by a rejection without an activity, and the same task is offered again', () => {
    const { bench, task } = reserved(multi);
    const first = bench.pending(task);
    bench.takeEventTypes();
    bench.updateReservation(first, 'rejected');
    expect(bench.offers(task)).toEqual(['Alice', 'Alice']);
    expect(bench.pending(task).workerPreviousActivitySid).toBe(bench.activities.Idle);
    expect(bench.takeEventTypes()).toEqual(
      multi
        ? ['reservation.rejected', 'reservation.created']
        : ['reservation.rejected', 'worker.activity.update', 'reservation.created', 'worker.activity.update'],
    );
  });

  it('is restored when the task is canceled', () => {
    const { bench, task } = reserved(multi);
    bench.updateTask(task, { assignmentStatus: 'canceled' });
    expect(bench.activityOf(bench.alice)).toBe('Idle');
  });

  it('is restored when both callback URLs failed', () => {
    const { bench, task } = reserved(multi, { assignmentCallbackUrl: 'http://localhost/a' });
    bench.settle(bench.pending(task), 'failed');
    expect(bench.activityOf(bench.alice)).toBe('Idle');
  });

  it('is restored when a sibling is accepted', () => {
    const bench = new EngineBench({ multiTaskEnabled: multi, queue: { maxReservedWorkers: 2 } });
    bench.setActivity(bench.alice, 'Idle');
    bench.setActivity(bench.bob, 'Idle');
    const task = bench.addTask({ selected_language: 'en' });
    bench.updateReservation(bench.pending(task, 'Bob'), 'accepted');
    expect(bench.activityOf(bench.alice)).toBe('Idle');
    expect(bench.activityOf(bench.bob)).toBe(idleIfMulti('Busy'));
  });

  it('stays where an update moved it meanwhile when the offer ends', () => {
    const { bench, task } = reserved(multi);
    bench.setActivity(bench.alice, 'Busy');
    bench.updateReservation(bench.pending(task), 'rejected');
    expect(bench.activityOf(bench.alice)).toBe('Busy');
  });

  it('becomes the timeout activity of the workspace on a timeout', () => {
    const { bench } = reserved(multi);
    bench.updateWorkspace({ timeoutActivitySid: bench.activities.Busy });
    bench.pass(120);
    expect(bench.activityOf(bench.alice)).toBe('Busy');
  });

  it('does not change when the work is wrapped up or completed', () => {
    const { bench, task } = accepted(multi);
    bench.updateTask(task, { assignmentStatus: 'wrapping' });
    bench.updateTask(task, { assignmentStatus: 'completed' });
    expect(bench.activityOf(bench.alice)).toBe(idleIfMulti('Busy'));
  });

  it('keeps pending reservations when it changes, available or not', () => {
    const { bench, task } = reserved(multi);
    bench.addActivity('Standing by', true);
    bench.setActivity(bench.alice, 'Standing by');
    expect(bench.offeredTo(task)).toEqual(['Alice']);
    bench.setActivity(bench.alice, 'Offline');
    expect(bench.offeredTo(task)).toEqual(['Alice']);
    bench.updateReservation(bench.pending(task), 'accepted');
    expect(bench.activityOf(bench.alice)).toBe(multi ? 'Offline' : 'Busy');
  });

  it('rejects pending reservations on request, and stays where it was moved', () => {
    const { bench, task } = reserved(multi);
    bench.takeEventTypes();
    bench.setActivity(bench.alice, 'Offline', { rejectPendingReservations: true });
    expect(bench.reservationStatuses(task)).toEqual(['rejected']);
    expect(bench.activityOf(bench.alice)).toBe('Offline');
    expect(bench.takeEventTypes()).toEqual(['worker.activity.update', 'reservation.rejected']);
  });

  it.each([
    ['with an available activity', (bench: EngineBench) => ({ activitySid: bench.activities.Idle })],
    ['without an activity', () => ({})],
  ])('cannot reject pending reservations %s', (_how, patch) => {
    const { bench } = reserved(multi);
    const command = { rejectPendingReservations: true, ...patch(bench) };
    expect(refusal(bench, () => bench.updateWorker(bench.alice, command))).toBeInstanceOf(InvalidParameter);
  });

  it('records no event for a move to the current activity', () => {
    const bench = new EngineBench({ multiTaskEnabled: multi });
    const { version } = bench.worker(bench.alice);
    bench.setActivity(bench.alice, 'Offline');
    expect(bench.events).toEqual([]);
    expect(bench.worker(bench.alice).version).toBe(version);
  });

  it('cannot be deleted while a pending reservation may restore it', () => {
    const { bench, task } = reserved(multi);
    const { workspaceSid } = bench;
    const activitySid = bench.activities.Idle as string;
    const removal = { type: 'DeleteActivity', workspaceSid, activitySid } as const;
    expect(refusal(bench, () => bench.run(removal))).toBeInstanceOf(ResourceInUse);
    bench.updateReservation(bench.pending(task), 'rejected', { workerActivitySid: bench.activities.Offline });
    bench.run(removal);
    expect(bench.engine.view.find('activities', activitySid)).toBeUndefined();
  });
});

it('leaves single-tasking workers in their activity when there is no activity Reserved or Busy', () => {
  const bench = new EngineBench();
  for (const name of ['Reserved', 'Busy']) {
    const { workspaceSid } = bench;
    bench.run({ type: 'DeleteActivity', workspaceSid, activitySid: bench.activities[name] as string });
  }
  const [first, second] = [bench.addTask(), bench.addTask()];
  bench.setActivity(bench.alice, 'Idle');
  expect(bench.offeredTo(first)).toEqual(['Alice']);
  expect(bench.statusOf(second)).toBe('pending');
  bench.updateReservation(bench.pending(first), 'accepted');
  expect(bench.activityOf(bench.alice)).toBe('Idle');
  expect(bench.offeredTo(second)).toEqual(['Alice']);
});

it('restores the activity of a worker at full capacity after a rejected offer', () => {
  const bench = new EngineBench();
  bench.setActivity(bench.alice, 'Busy');
  const task = bench.addTask({}, { routingTarget: bench.alice });
  expect(bench.activityOf(bench.alice)).toBe('Reserved');
  bench.updateReservation(bench.pending(task), 'rejected');
  expect(bench.activityOf(bench.alice)).toBe('Busy');
});
