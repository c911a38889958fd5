import type { CreateTransfer } from '../../src/taskrouter/model/commands';
import type { Reservation, Transfer } from '../../src/taskrouter/model/entities';
import { attributes, EngineBench } from '../support/engine-bench';

const spanish = { selected_language: 'es' };

/** Alice has accepted a task, and Bob is Idle. */
function assigned(options: object = {}) {
  const bench = new EngineBench({ multiTaskEnabled: true, ...options });
  bench.setActivity(bench.alice, 'Idle');
  const task = bench.addTask(spanish);
  const reservation = bench.updateReservation(bench.pending(task), 'accepted');
  bench.setActivity(bench.bob, 'Idle');
  bench.takeEventTypes();
  return { bench, task, reservation };
}
type Assigned = ReturnType<typeof assigned>;

function transfer({ bench, task, reservation }: Assigned, options: Partial<CreateTransfer> = {}): Transfer {
  const { workspaceSid } = bench;
  const command = {
    type: 'CreateTransfer',
    workspaceSid,
    taskSid: task,
    reservationSid: reservation.sid,
  } as const;
  return bench.run({ ...command, to: bench.bob, ...options });
}

function cancel({ bench }: Assigned, { sid: transferSid }: Transfer): Transfer {
  return bench.run({ type: 'CancelTransfer', workspaceSid: bench.workspaceSid, transferSid });
}

const statusOf = ({ bench }: Assigned, { sid }: Transfer) => bench.engine.view.find('transfers', sid)?.status;
const now = ({ bench }: Assigned, { sid }: Reservation) => bench.reservation(sid).status;

describe('a warm transfer to a worker', () => {
  it('offers the task to that worker, while the first one keeps it', () => {
    const scene = assigned();
    const made = transfer(scene);
    const { bench, task } = scene;
    expect(made).toMatchObject({
      status: 'initiated',
      mode: 'WARM',
      type: 'WORKER',
      to: bench.bob,
      initiatingReservationSid: scene.reservation.sid,
      initiatingWorkerSid: bench.alice,
    });
    expect(bench.offeredTo(task)).toEqual(['Bob']);
    expect(bench.pending(task).transferSid).toBe(made.sid);
    expect(bench.statusOf(task)).toBe('reserved');
    expect(now(scene, scene.reservation)).toBe('accepted');
    expect(bench.takeEventTypes()).toEqual(['task.transfer-initiated', 'reservation.created']);
  });

  it('is completed when the worker accepts; both have the task then', () => {
    const scene = assigned();
    const made = transfer(scene);
    const { bench, task } = scene;
    bench.takeEventTypes();
    bench.updateReservation(bench.pending(task), 'accepted');
    expect(bench.reservationStatuses(task)).toEqual(['accepted', 'accepted']);
    expect(bench.statusOf(task)).toBe('assigned');
    expect(statusOf(scene, made)).toBe('completed');
    expect(bench.takeEventTypes()).toEqual(['reservation.accepted', 'task.transfer-completed']);
  });

  it('leaves the task with the second worker when the first one wraps up and completes', () => {
    const scene = assigned();
    transfer(scene);
    const { bench, task } = scene;
    const second = bench.updateReservation(bench.pending(task), 'accepted');
    bench.updateReservation(scene.reservation, 'wrapping');
    bench.updateReservation(scene.reservation, 'completed');
    expect(bench.statusOf(task)).toBe('assigned');
    bench.updateReservation(second, 'wrapping');
    expect(bench.statusOf(task)).toBe('wrapping');
    bench.updateReservation(second, 'completed');
    expect(bench.statusOf(task)).toBe('completed');
    expect(bench.lastEvent('task.completed').fields.WorkerName).toBe('Bob');
  });

  it('fails when the worker rejects it, and the task is assigned again', () => {
    const scene = assigned();
    const made = transfer(scene);
    const { bench, task } = scene;
    bench.takeEventTypes();
    bench.updateReservation(bench.pending(task), 'rejected');
    expect(statusOf(scene, made)).toBe('failed');
    expect(bench.statusOf(task)).toBe('assigned');
    expect(bench.takeEventTypes()).toEqual(['reservation.rejected', 'task.transfer-failed', 'task.updated']);
  });

  it('fails when the offer times out', () => {
    const scene = assigned({ reservationTimeoutSeconds: 30 });
    const made = transfer(scene);
    scene.bench.pass(30);
    expect(statusOf(scene, made)).toBe('failed');
    expect(scene.bench.statusOf(scene.task)).toBe('assigned');
    expect(scene.bench.activityOf(scene.bench.bob)).toBe('Offline');
  });

  it('can be repeated after it failed', () => {
    const scene = assigned();
    transfer(scene);
    scene.bench.updateReservation(scene.bench.pending(scene.task), 'rejected');
    const again = transfer(scene);
    scene.bench.updateReservation(scene.bench.pending(scene.task), 'accepted');
    expect(statusOf(scene, again)).toBe('completed');
  });

  it('waits while the worker has no capacity, and then offers the task', () => {
    const scene = assigned();
    const { bench, task } = scene;
    bench.updateChannel(bench.bob, 'default', { capacity: 0 });
    transfer(scene);
    expect(bench.statusOf(task)).toBe('pending');
    bench.updateChannel(bench.bob, 'default', { capacity: 1 });
    expect(bench.offeredTo(task)).toEqual(['Bob']);
  });

  it('fails when the worker is deleted while the task waits', () => {
    const scene = assigned();
    const { bench, task } = scene;
    bench.updateChannel(bench.bob, 'default', { capacity: 0 });
    const made = transfer(scene);
    bench.run({ type: 'DeleteWorker', workspaceSid: bench.workspaceSid, workerSid: bench.bob });
    expect(statusOf(scene, made)).toBe('failed');
    expect(bench.statusOf(task)).toBe('assigned');
  });
});

describe('a cold transfer', () => {
  it('puts the first worker into wrap-up at once, and completes with the second', () => {
    const scene = assigned();
    const { bench, task } = scene;
    transfer(scene, { mode: 'COLD' });
    expect(bench.reservationStatuses(task)).toEqual(['wrapping', 'pending']);
    bench.updateReservation(scene.reservation, 'completed');
    expect(bench.statusOf(task)).toBe('reserved');
    const second = bench.updateReservation(bench.pending(task), 'accepted');
    bench.updateReservation(second, 'completed');
    expect(bench.statusOf(task)).toBe('completed');
  });

  it('gives the task back to the queue if it fails after the first worker has completed', () => {
    const scene = assigned();
    const { bench, task } = scene;
    bench.setActivity(bench.alice, 'Offline');
    transfer(scene, { mode: 'COLD' });
    bench.updateReservation(scene.reservation, 'completed');
    bench.updateReservation(bench.pending(task), 'rejected');
    expect(bench.statusOf(task)).toBe('pending');
    bench.setActivity(bench.alice, 'Idle');
    expect(bench.offeredTo(task)).toEqual(['Alice']);
  });

  it('leaves the task in wrap-up while only the first worker has it', () => {
    const scene = assigned();
    const { bench, task } = scene;
    transfer(scene, { mode: 'COLD' });
    const second = bench.updateReservation(bench.pending(task), 'accepted');
    bench.updateReservation(second, 'completed');
    expect(bench.statusOf(task)).toBe('wrapping');
    bench.updateReservation(scene.reservation, 'completed');
    expect(bench.statusOf(task)).toBe('completed');
  });
});

describe('a transfer to a queue', () => {
  const toEnglish = (scene: Assigned, options: Partial<CreateTransfer> = {}) =>
    transfer(scene, { to: scene.bench.queues.english, ...options });

  it('offers the task to the workers of the queue until one accepts', () => {
    const scene = assigned();
    const { bench, task } = scene;
    const made = toEnglish(scene);
    expect(made.type).toBe('QUEUE');
    expect(bench.queueOf(task)).toBe('English');
    bench.takeEventTypes();
    const away = { workerActivitySid: bench.activities.Offline };
    bench.updateReservation(bench.pending(task, 'Bob'), 'rejected', away);
    expect(statusOf(scene, made)).toBe('initiated');
    expect(bench.statusOf(task)).toBe('pending');
    expect(bench.takeEventTypes().slice(0, 3)).toEqual([
      'reservation.rejected',
      'task.transfer-attempt-failed',
      'task.updated',
    ]);
    bench.addWorker('Carol', { languages: ['en'] }, 'Idle');
    bench.updateReservation(bench.pending(task, 'Carol'), 'accepted');
    expect(statusOf(scene, made)).toBe('completed');
  });

  it('can offer the task to the worker who transferred it, if no one else is there', () => {
    const scene = assigned();
    const { bench, task } = scene;
    bench.setActivity(bench.bob, 'Offline');
    bench.updateChannel(bench.alice, 'default', { capacity: 2 });
    toEnglish(scene, { mode: 'COLD' });
    expect(bench.offeredTo(task)).toEqual(['Alice']);
  });

  it('goes back to the former queue when it is canceled', () => {
    const scene = assigned();
    const { bench, task } = scene;
    const made = toEnglish(scene);
    bench.takeEventTypes();
    expect(cancel(scene, made).status).toBe('canceled');
    expect(bench.queueOf(task)).toBe('Spanish');
    expect(bench.statusOf(task)).toBe('assigned');
    expect(bench.reservationStatuses(task)).toEqual(['accepted', 'canceled']);
    expect(bench.takeEventTypes()).toEqual([
      'task-queue.moved',
      'task-queue.entered',
      'reservation.canceled',
      'task.transfer-canceled',
      'task.updated',
    ]);
  });

  it('does not end when the time-to-live of the task has passed, because work has begun', () => {
    const scene = assigned();
    const { bench, task } = scene;
    bench.setActivity(bench.bob, 'Offline');
    bench.pass(23 * 3600);
    toEnglish(scene);
    bench.pass(1800);
    expect(bench.statusOf(task)).toBe('pending');
    bench.pass(1801);
    expect(bench.engine.view.find('tasks', task)).toBeUndefined();
    expect([...bench.engine.view.all('transfers')]).toEqual([]);
  });
});

describe('a transfer', () => {
  it('sets the priority and the attributes that it names', () => {
    const scene = assigned();
    transfer(scene, { priority: 7, attributes: attributes({ note: 'wants a refund' }) });
    expect(scene.bench.task(scene.task)).toMatchObject({
      priority: 7,
      attributes: { value: { note: 'wants a refund' } },
    });
  });

  it('names itself in its events, with the task', () => {
    const scene = assigned();
    const made = transfer(scene);
    const event = scene.bench.lastEvent('task.transfer-initiated');
    expect(event).toMatchObject({ resourceType: 'transfer', resourceSid: made.sid });
    expect(event.fields).toMatchObject({
      TaskSid: scene.task,
      TransferMode: 'WARM',
      TransferInitiatingReservationSid: scene.reservation.sid,
    });
  });

  it('fails when the task is canceled; who has the task completes it', () => {
    const scene = assigned();
    const made = transfer(scene);
    scene.bench.updateTask(scene.task, { assignmentStatus: 'canceled', reason: 'hangup' });
    expect(statusOf(scene, made)).toBe('failed');
    expect(scene.bench.reservationStatuses(scene.task)).toEqual(['completed', 'canceled']);
  });

  it('is forgotten with its task', () => {
    const scene = assigned();
    transfer(scene);
    scene.bench.deleteTask(scene.task);
    expect(scene.bench.engine.view.count('transfers')).toBe(0);
  });

  it('is refused without change in every other situation', () => {
    const scene = assigned();
    const { bench, task, reservation } = scene;
    const offline = bench.addWorker('Carol', { languages: ['en'] });
    const other = bench.addTask({ selected_language: 'en' });
    const unknown = `WK${'f'.repeat(32)}`;
    expect(() => transfer(scene, { to: offline })).toThrow('is not available');
    expect(() => transfer(scene, { to: bench.alice })).toThrow('who has the Task already');
    expect(() => transfer(scene, { to: unknown })).toThrow(
      `Value '${unknown}' provided for To does not exist`,
    );
    expect(() => transfer(scene, { to: bench.workflowSid })).toThrow('provided for To has an invalid format');
    expect(() => transfer(scene, { taskSid: other })).toThrow('does not belong to Task');
    expect(() => transfer(scene, { priority: -1 })).toThrow('Priority');
    bench.updateReservation(reservation, 'wrapping');
    expect(() => transfer(scene)).toThrow('is [wrapping]: only an accepted one can be transferred');
    expect(bench.statusOf(task)).toBe('wrapping');
    expect(bench.engine.view.count('transfers')).toBe(0);
  });

  it('cannot begin while another has not ended, or be canceled twice', () => {
    const scene = assigned();
    const made = transfer(scene);
    expect(() => transfer(scene)).toThrow('it is not currently assigned');
    cancel(scene, made);
    expect(() => cancel(scene, made)).toThrow(
      `Transfer ${made.sid} is already canceled . Cannot cancel transfer.`,
    );
  });

  it('allows no wrap-up of the task before the receiver accepts', () => {
    const scene = assigned();
    transfer(scene);
    const wrapUp = () => scene.bench.updateTask(scene.task, { assignmentStatus: 'wrapping' });
    expect(wrapUp).toThrow('it is not currently assigned');
  });

  it('refuses the instructions that a transferred task cannot get', () => {
    const scene = assigned();
    transfer(scene);
    const { workspaceSid } = scene.bench;
    const reservationSid = scene.bench.pending(scene.task).sid;
    const instruction = { name: 'redirect', parameters: {} } as never;
    const redirect = () =>
      scene.bench.run({ type: 'InstructReservation', workspaceSid, reservationSid, instruction });
    expect(redirect).toThrow(expect.objectContaining({ code: 40151 }));
  });
});
