import { EngineBench } from '../support/engine-bench';

const assignmentCallbackUrl = 'http://localhost:3000/assignment-callback';
const fallbackAssignmentCallbackUrl = 'http://localhost:3000/fallback';

function offered(options: object = {}) {
  const bench = new EngineBench({ assignmentCallbackUrl, ...options });
  const task = bench.addTask({ selected_language: 'es', url: 'http://x/y' });
  bench.setActivity(bench.alice, 'Idle');
  bench.takeEventTypes();
  return { bench, task, reservation: bench.pending(task) };
}

describe('the assignment callback', () => {
  it('is queued in the outbox with eleven parameters as soon as the reservation is created', () => {
    const bench = new EngineBench({ assignmentCallbackUrl, fallbackAssignmentCallbackUrl });
    bench.now += 480;
    const task = bench.addTask({ selected_language: 'es', url: 'http://x/y' }, { priority: 4 });
    bench.now += 520;
    bench.setActivity(bench.alice, 'Idle');
    const reservation = bench.pending(task);
    expect(bench.deliveries('assignment')).toMatchObject([
      {
        sid: reservation.sid,
        kind: 'assignment',
        taskSid: task,
        workerSid: bench.alice,
        urls: [assignmentCallbackUrl, fallbackAssignmentCallbackUrl],
      },
    ]);
    expect(bench.deliveries('assignment')[0]?.parameters).toEqual({
      AccountSid: `AC${'0'.repeat(32)}`,
      WorkspaceSid: bench.workspaceSid,
      WorkflowSid: bench.workflowSid,
      TaskQueueSid: bench.queues.spanish,
      WorkerSid: bench.alice,
      WorkerAttributes: '{"languages":["en","es"]}',
      TaskSid: task,
      TaskAttributes: '{"selected_language":"es","url":"http:\\/\\/x\\/y"}',
      TaskAge: '1',
      TaskPriority: '4',
      ReservationSid: reservation.sid,
    });
  });

  it('is not sent when the workflow has no URL', () => {
    const { bench, task } = offered({ assignmentCallbackUrl: undefined });
    expect(bench.deliveries('assignment')).toEqual([]);
    expect(bench.offeredTo(task)).toEqual(['Alice']);
  });

  it('goes to the URL the workflow has when the reservation is created', () => {
    const bench = new EngineBench({ assignmentCallbackUrl, fallbackAssignmentCallbackUrl });
    const { workspaceSid, workflowSid } = bench;
    const command = { type: 'UpdateWorkflow', workspaceSid, workflowSid } as const;
    bench.run({ ...command, assignmentCallbackUrl: 'http://new/', fallbackAssignmentCallbackUrl: '' });
    bench.setActivity(bench.alice, 'Idle');
    bench.addTask();
    expect(bench.deliveries('assignment')[0]?.urls).toEqual(['http://new/']);
  });

  it('is removed from the outbox when the offer ends before the callback is settled', () => {
    const { bench, task } = offered();
    bench.updateTask(task, { assignmentStatus: 'canceled' });
    expect(bench.deliveries('assignment')).toEqual([]);
  });

  it('is removed from the outbox when the reservation times out before the callback is settled', () => {
    const { bench } = offered();
    bench.pass(120);
    expect(bench.deliveries('assignment')).toEqual([]);
  });
});

describe('the response to an assignment callback', () => {
  it('accepts the reservation', () => {
    const { bench, task, reservation } = offered();
    bench.respond(reservation, 'accept');
    expect(bench.statusOf(task)).toBe('assigned');
    expect(bench.activityOf(bench.alice)).toBe('Busy');
    expect(bench.deliveries('assignment')).toEqual([]);
  });

  it('rejects the reservation with an activity', () => {
    const { bench, task, reservation } = offered();
    bench.respond(reservation, 'reject', { activity_sid: bench.activities.Offline });
    expect(bench.reservationStatuses(task)).toEqual(['rejected']);
    expect(bench.activityOf(bench.alice)).toBe('Offline');
  });

  it.each([undefined, null, ''])('rejects the reservation even when the activity is %j', (activity_sid) => {
    const { bench, task, reservation } = offered();
    bench.respond(reservation, 'reject', { activity_sid });
    expect(bench.reservation(reservation.sid).status).toBe('rejected');
    expect(bench.offers(task)).toEqual(['Alice', 'Alice']);
  });

  it('leaves the reservation pending when no activity has that sid', () => {
    const { bench, task, reservation } = offered();
    bench.respond(reservation, 'reject', { activity_sid: `WA${'9'.repeat(32)}` });
    expect(bench.offeredTo(task)).toEqual(['Alice']);
    expect(bench.deliveries('assignment')).toEqual([]);
  });

  it('leaves the reservation pending when the activity belongs to another workspace', () => {
    const { bench, task, reservation } = offered();
    const other = bench.run({ type: 'CreateWorkspace', friendlyName: 'Other' });
    bench.respond(reservation, 'reject', { activity_sid: other.defaultActivitySid });
    expect(bench.offeredTo(task)).toEqual(['Alice']);
  });

  it('leaves the reservation pending when it has no instruction, or one with no one to call', () => {
    const { bench, task, reservation } = offered();
    bench.settle(reservation, 'none');
    expect(bench.offeredTo(task)).toEqual(['Alice']);
    expect(bench.deliveries('assignment')).toEqual([]);
    const again = offered();
    again.bench.respond(again.reservation, 'dequeue');
    expect(again.bench.offeredTo(again.task)).toEqual(['Alice']);
  });

  it.each(['accepted', 'rejected', 'canceled'] as const)(
    'has no effect once the reservation was %s by other means',
    (status) => {
      const { bench, reservation } = offered();
      bench.setActivity(bench.alice, 'Offline');
      bench.updateReservation(reservation, status, { workerActivitySid: bench.activities.Offline });
      bench.takeEventTypes();
      const { version } = bench.reservation(reservation.sid);
      bench.respond(reservation, 'accept');
      bench.settle(reservation, 'failed');
      expect(bench.events).toEqual([]);
      expect(bench.reservation(reservation.sid).version).toBe(version);
    },
  );

  it('has no effect once the task is deleted', () => {
    const { bench, task, reservation } = offered();
    bench.deleteTask(task);
    bench.takeEventTypes();
    bench.respond(reservation, 'accept');
    expect(bench.events).toEqual([]);
  });

  it('has no effect at the moment the reservation times out', () => {
    const { bench, reservation } = offered();
    bench.now += 120_000;
    bench.respond(reservation, 'accept');
    expect(bench.reservation(reservation.sid).status).toBe('timeout');
  });
});

describe('a task whose callback URLs all failed', () => {
  const failures = (bench: EngineBench, task: string) => bench.settle(bench.pending(task), 'failed');

  it('has its reservation canceled and is held back as pending', () => {
    const { bench, task } = offered();
    failures(bench, task);
    expect(bench.reservationStatuses(task)).toEqual(['canceled']);
    expect(bench.task(task)).toMatchObject({
      status: 'pending',
      callbackFailures: 1,
      heldUntil: bench.now + 1000,
    });
    expect(bench.takeEventTypes()).toEqual(['reservation.canceled', 'worker.activity.update']);
  });

  it('is offered again after 1, 2, 4 … 60 s', () => {
    const { bench, task } = offered();
    const waits = [1, 2, 4, 8, 16, 32, 60, 60].map((expected) => {
      failures(bench, task);
      bench.now += expected * 1000 - 1;
      bench.run({ type: 'PassTime' });
      expect(bench.statusOf(task)).toBe('pending');
      bench.now += 1;
      bench.run({ type: 'PassTime' });
      return bench.offeredTo(task);
    });
    expect(waits).toEqual(waits.map(() => ['Alice']));
  });

  it('is held back from workers who become available meanwhile, and leaves its worker free for other tasks', () => {
    const { bench, task } = offered();
    failures(bench, task);
    bench.addWorker('Carol', { languages: ['es'] }, 'Idle');
    expect(bench.statusOf(task)).toBe('pending');
    const other = bench.addTask();
    expect(bench.statusOf(other)).toBe('reserved');
  });

  it('is offered before other tasks once its delay is over', () => {
    const { bench, task } = offered();
    failures(bench, task);
    bench.updateTask(task, { priority: 9 });
    bench.setActivity(bench.alice, 'Offline');
    const other = bench.addTask();
    bench.pass(1);
    bench.setActivity(bench.alice, 'Idle');
    expect([bench.statusOf(task), bench.statusOf(other)]).toEqual(['reserved', 'pending']);
  });

  it.each([
    [
      'a response without an instruction',
      (bench: EngineBench, task: string) => bench.settle(bench.pending(task), 'none'),
    ],
    ['an instruction', (bench: EngineBench, task: string) => bench.respond(bench.pending(task), 'dequeue')],
  ])('starts from 1 s again after %s', (_what, respond) => {
    const { bench, task } = offered();
    failures(bench, task);
    bench.pass(1);
    failures(bench, task);
    bench.pass(2);
    respond(bench, task);
    bench.updateReservation(bench.pending(task), 'rejected');
    failures(bench, task);
    expect(bench.task(task).heldUntil).toBe(bench.now + 1000);
  });

  it('counts a round of several reservations as one failure, and only if all of them failed', () => {
    const bench = new EngineBench({ assignmentCallbackUrl, queue: { maxReservedWorkers: 2 } });
    bench.setActivity(bench.alice, 'Idle');
    bench.setActivity(bench.bob, 'Idle');
    const task = bench.addTask({ selected_language: 'en' });
    bench.settle(bench.pending(task, 'Alice'), 'failed');
    expect(bench.task(task)).toMatchObject({ status: 'reserved', callbackFailures: 0 });
    bench.settle(bench.pending(task, 'Bob'), 'failed');
    expect(bench.task(task)).toMatchObject({
      status: 'pending',
      callbackFailures: 1,
      heldUntil: bench.now + 1000,
    });
  });

  it('still times out to the next target, and expires by its time-to-live, while it is held back', () => {
    const { bench, task } = offered({
      rules: ({ spanish, english }: { spanish: string; english: string }) => ({
        filters: [{ expression: '1==1', targets: [{ queue: spanish, timeout: 5 }, { queue: english }] }],
      }),
    });
    for (const wait of [1, 2, 1]) {
      failures(bench, task);
      bench.pass(wait);
    }
    expect(bench.statusOf(task)).toBe('pending');
    bench.pass(1);
    expect(bench.queueOf(task)).toBe('English');
    expect(bench.statusOf(task)).toBe('pending');
    bench.pass(2);
    expect(bench.statusOf(task)).toBe('reserved');
  });

  it('is canceled when it was meant for that worker only', () => {
    const bench = new EngineBench({ assignmentCallbackUrl });
    const task = bench.addTask({}, { routingTarget: bench.alice });
    failures(bench, task);
    expect(bench.task(task)).toMatchObject({ status: 'canceled', heldUntil: null });
    expect(bench.engine.nextDeadline()).toBe(bench.now + 300_000);
  });
});

describe('the Max Assignment Count', () => {
  it('cancels a task when its thousandth offer ends without acceptance', () => {
    const bench = new EngineBench();
    bench.setActivity(bench.alice, 'Idle');
    const task = bench.addTask();
    for (let count = 1; count < 1000; count += 1) bench.updateReservation(bench.pending(task), 'rejected');
    expect(bench.task(task)).toMatchObject({ status: 'reserved', assignmentCount: 1000 });
    bench.updateReservation(bench.pending(task), 'rejected');
    expect(bench.task(task)).toMatchObject({
      status: 'canceled',
      reason: 'Task TTL Exceeded or Max assignment count exceeded',
    });
  });

  it('allows the thousandth offer to be accepted', () => {
    const bench = new EngineBench({ multiTaskEnabled: true });
    bench.setActivity(bench.alice, 'Idle');
    const task = bench.addTask();
    for (let count = 1; count < 1000; count += 1) bench.updateReservation(bench.pending(task), 'rejected');
    bench.updateReservation(bench.pending(task), 'accepted');
    expect(bench.statusOf(task)).toBe('assigned');
  });
});
