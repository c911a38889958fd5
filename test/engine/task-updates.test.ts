import { InvalidParameter } from '../../src/taskrouter/model/errors';
import { attributes, EngineBench } from '../support/engine-bench';
import { refusal } from '../support/refusal';

function assigned() {
  const bench = new EngineBench();
  const task = bench.addTask();
  bench.setActivity(bench.alice, 'Idle');
  bench.updateReservation(bench.pending(task), 'accepted');
  bench.takeEventTypes();
  return { bench, task };
}

describe('updating a task', () => {
  it('replaces all attributes, records an event, and increments the version', () => {
    const bench = new EngineBench();
    const task = bench.addTask({ selected_language: 'es', more: 1 });
    bench.takeEventTypes();
    const updated = bench.updateTask(task, { attributes: attributes({ selected_language: 'es' }) });
    expect(updated).toMatchObject({ version: 1, attributes: { text: '{"selected_language":"es"}' } });
    expect(bench.takeEventTypes()).toEqual(['task.updated']);
  });

  it.each(['wrapping', 'completed'])('accepts attributes and %s only in two requests', (assignmentStatus) => {
    const { bench, task } = assigned();
    const both = { assignmentStatus, attributes: attributes({}) };
    expect(refusal(bench, () => bench.updateTask(task, both))).toBeInstanceOf(InvalidParameter);
  });

  it('accepts attributes and canceled in one request', () => {
    const bench = new EngineBench();
    const task = bench.addTask();
    const both = { assignmentStatus: 'canceled', reason: 'gone', attributes: attributes({ why: 'hung up' }) };
    expect(bench.updateTask(task, both)).toMatchObject({
      status: 'canceled',
      reason: 'gone',
      attributes: { value: { why: 'hung up' } },
    });
  });

  it.each(['wrapping', 'completed'])(
    'needs no reason for %s, and keeps the one given',
    (assignmentStatus) => {
      const { bench, task } = assigned();
      expect(bench.updateTask(task, { assignmentStatus }).reason).toBeNull();
      const other = assigned();
      const patch = { assignmentStatus, reason: 'because' };
      expect(other.bench.updateTask(other.task, patch).reason).toBe('because');
    },
  );

  it('still works after completion as long as the task exists, except for its status', () => {
    const { bench, task } = assigned();
    bench.updateTask(task, { assignmentStatus: 'completed' });
    const late = bench.updateTask(task, { attributes: attributes({ rating: 5 }) });
    expect(late).toMatchObject({ status: 'completed', attributes: { value: { rating: 5 } } });
    bench.pass(300);
    expect(bench.engine.view.find('tasks', task)).toBeUndefined();
  });

  it('changes nothing when the values are the same', () => {
    const bench = new EngineBench();
    const task = bench.addTask();
    bench.takeEventTypes();
    expect(bench.updateTask(task, {}).version).toBe(0);
    expect(bench.events).toEqual([]);
  });

  it('moves its virtual start time back, but not into the future', () => {
    const bench = new EngineBench();
    const task = bench.addTask();
    const virtualStartTime = bench.now - 1000;
    expect(bench.updateTask(task, { virtualStartTime }).virtualStartTime).toBe(virtualStartTime);
    const future = () => bench.updateTask(task, { virtualStartTime: bench.now + 1 });
    expect(refusal(bench, future).message).toContain('future');
  });
});

describe('a finished task', () => {
  it.each(['completed', 'canceled'])('is deleted without an event 5 minutes after it was %s', (status) => {
    const { bench, task } = status === 'completed' ? assigned() : canceledSoon();
    bench.updateTask(task, { assignmentStatus: status });
    const { sid } = bench.reservations(task)[0] ?? {};
    bench.takeEventTypes();
    bench.pass(299.999);
    expect(bench.statusOf(task)).toBe(status);
    bench.pass(0.001);
    expect(bench.engine.view.find('tasks', task)).toBeUndefined();
    expect(bench.engine.view.find('reservations', sid ?? '')).toBeUndefined();
    expect(bench.events).toEqual([]);
  });
});

describe('an assigned task', () => {
  it('is deleted by the system after a day', () => {
    const { bench, task } = assigned();
    bench.pass(86_399);
    expect(bench.statusOf(task)).toBe('assigned');
    bench.pass(1);
    expect(bench.engine.view.find('tasks', task)).toBeUndefined();
    expect(bench.takeEventTypes()).toEqual(['reservation.completed', 'task.system-deleted']);
  });

  it('is kept when it is wrapping by then', () => {
    const { bench, task } = assigned();
    bench.updateTask(task, { assignmentStatus: 'wrapping' });
    bench.pass(200_000);
    expect(bench.statusOf(task)).toBe('wrapping');
  });
});

function canceledSoon() {
  const bench = new EngineBench();
  bench.setActivity(bench.alice, 'Idle');
  return { bench, task: bench.addTask() };
}
