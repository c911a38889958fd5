import { EngineBench } from '../support/engine-bench';

const english = { selected_language: 'en' };

function round(maxReservedWorkers: number, options: object = {}) {
  const bench = new EngineBench({ queue: { maxReservedWorkers }, ...options });
  const carol = bench.addWorker('Carol', { languages: ['en'] });
  for (const worker of [bench.alice, bench.bob, carol]) {
    bench.setActivity(worker, 'Idle');
    bench.pass(1);
  }
  bench.takeEventTypes();
  const task = bench.addTask(english);
  return { bench, task, carol };
}

describe('a queue that offers a task to several workers', () => {
  it('offers it to as many as allowed, longest idle first, each with a reservation and a callback', () => {
    const { bench, task } = round(2, { assignmentCallbackUrl: 'http://localhost/a' });
    expect(bench.offeredTo(task)).toEqual(['Alice', 'Bob']);
    expect(bench.deliveries('assignment').map(({ sid }) => sid)).toEqual(
      bench.reservations(task).map(({ sid }) => sid),
    );
    expect(new Set(bench.reservations(task).map(({ expiresAt }) => expiresAt)).size).toBe(1);
    expect(bench.task(task).assignmentCount).toBe(1);
  });

  it('offers it to fewer when fewer are available', () => {
    const { bench, task } = round(50);
    expect(bench.offeredTo(task)).toEqual(['Alice', 'Bob', 'Carol']);
  });

  it('gives the task to the first who accepts and rescinds the other reservations', () => {
    const { bench, task } = round(3);
    bench.takeEventTypes();
    bench.updateReservation(bench.pending(task, 'Bob'), 'accepted');
    expect(bench.reservationStatuses(task)).toEqual(['rescinded', 'accepted', 'rescinded']);
    expect(bench.statusOf(task)).toBe('assigned');
    expect(bench.takeEventTypes()).toEqual([
      'reservation.accepted',
      'reservation.rescinded',
      'worker.activity.update',
      'reservation.rescinded',
      'worker.activity.update',
      'worker.activity.update',
    ]);
  });

  it('offers the others the next task as soon as they are rescinded', () => {
    const { bench, task } = round(3);
    const next = bench.addTask(english);
    expect(bench.statusOf(next)).toBe('pending');
    bench.updateReservation(bench.pending(task, 'Bob'), 'accepted');
    expect(bench.offeredTo(next)).toEqual(['Alice', 'Carol']);
  });

  it('keeps the task reserved until the last has declined, and adds no one to the round', () => {
    const { bench, task } = round(2);
    const away = { workerActivitySid: bench.activities.Offline };
    bench.addWorker('Dave', { languages: ['en'] }, 'Idle');
    bench.updateReservation(bench.pending(task, 'Alice'), 'rejected', away);
    expect(bench.statusOf(task)).toBe('reserved');
    expect(bench.offeredTo(task)).toEqual(['Bob']);
    bench.updateReservation(bench.pending(task, 'Bob'), 'rejected', away);
    expect(bench.offeredTo(task)).toEqual(['Carol', 'Dave']);
    expect(bench.task(task).assignmentCount).toBe(2);
  });

  it('uses the number in the queue when the round starts', () => {
    const { bench, task } = round(2);
    bench.updateQueue(bench.queues.english, { maxReservedWorkers: 1 });
    for (const name of ['Alice', 'Bob']) {
      const away = { workerActivitySid: bench.activities.Offline };
      bench.updateReservation(bench.pending(task, name), 'rejected', away);
    }
    expect(bench.offeredTo(task)).toEqual(['Carol']);
  });

  it('cancels all of the reservations with the task', () => {
    const { bench, task } = round(3);
    bench.updateTask(task, { assignmentStatus: 'canceled' });
    expect(bench.reservationStatuses(task)).toEqual(['canceled', 'canceled', 'canceled']);
  });

  it('times all of them out together', () => {
    const { bench, task } = round(3);
    bench.pass(120);
    expect(bench.reservationStatuses(task)).toEqual(['timeout', 'timeout', 'timeout']);
    expect(bench.statusOf(task)).toBe('pending');
  });

  it('continues the round when one of its workers is deleted', () => {
    const { bench, task } = round(2);
    const { workspaceSid } = bench;
    bench.run({ type: 'DeleteWorker', workspaceSid, workerSid: bench.alice });
    expect(bench.statusOf(task)).toBe('reserved');
    bench.run({ type: 'DeleteWorker', workspaceSid, workerSid: bench.bob });
    expect(bench.offeredTo(task)).toEqual(['Carol']);
  });

  it('offers a task that names its worker to that worker only', () => {
    const bench = new EngineBench({ queue: { maxReservedWorkers: 5 } });
    bench.setActivity(bench.alice, 'Idle');
    bench.setActivity(bench.bob, 'Idle');
    expect(bench.offeredTo(bench.addTask(english, { routingTarget: bench.bob }))).toEqual(['Bob']);
  });
});
