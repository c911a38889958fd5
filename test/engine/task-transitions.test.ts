import { InvalidTransition } from '../../src/taskrouter/model/errors';
import { type TaskStatus, taskStatuses } from '../../src/taskrouter/model/statuses';
import { EngineBench } from '../support/engine-bench';
import { refusal } from '../support/refusal';

/** A task with at most one reservation, for Alice, moved to each status by commands. */
const waysTo: Record<TaskStatus, (bench: EngineBench, task: string) => void> = {
  pending: () => undefined,
  reserved: (bench) => bench.setActivity(bench.alice, 'Idle'),
  assigned: (bench, task) => {
    waysTo.reserved(bench, task);
    bench.updateReservation(bench.pending(task), 'accepted');
  },
  wrapping: (bench, task) => {
    waysTo.assigned(bench, task);
    bench.updateTask(task, { assignmentStatus: 'wrapping' });
  },
  completed: (bench, task) => {
    waysTo.assigned(bench, task);
    bench.updateTask(task, { assignmentStatus: 'completed' });
  },
  canceled: (bench, task) => bench.updateTask(task, { assignmentStatus: 'canceled' }),
};

function taskIn(status: TaskStatus, multiTaskEnabled: boolean) {
  const bench = new EngineBench({ multiTaskEnabled });
  const task = bench.addTask();
  waysTo[status](bench, task);
  bench.takeEventTypes();
  return { bench, task };
}

const wrap = 'Cannot wrap up a TASK because it is not currently assigned.';
const complete = 'Cannot complete TASK because it is not currently assigned.';
const cancel = 'Cannot cancel TASK because it is not pending or reserved.';
const to = (from: TaskStatus, status: TaskStatus) => `Task SID is ${from} and cannot be updated to ${status}`;

/** By current status: the result when a client requests each status. A string is a refusal. */
const requested: Record<TaskStatus, Record<TaskStatus, string>> = {
  pending: {
    pending: 'pending',
    reserved: to('pending', 'reserved'),
    assigned: to('pending', 'assigned'),
    wrapping: wrap,
    completed: complete,
    canceled: 'canceled',
  },
  reserved: {
    pending: to('reserved', 'pending'),
    reserved: 'reserved',
    assigned: to('reserved', 'assigned'),
    wrapping: wrap,
    completed: complete,
    canceled: 'canceled',
  },
  assigned: {
    pending: to('assigned', 'pending'),
    reserved: to('assigned', 'reserved'),
    assigned: 'assigned',
    wrapping: 'wrapping',
    completed: 'completed',
    canceled: cancel,
  },
  wrapping: {
    pending: to('wrapping', 'pending'),
    reserved: to('wrapping', 'reserved'),
    assigned: to('wrapping', 'assigned'),
    wrapping: wrap,
    completed: 'completed',
    canceled: cancel,
  },
  completed: {
    pending: to('completed', 'pending'),
    reserved: to('completed', 'reserved'),
    assigned: to('completed', 'assigned'),
    wrapping: wrap,
    completed: complete,
    canceled: cancel,
  },
  canceled: {
    pending: to('canceled', 'pending'),
    reserved: to('canceled', 'reserved'),
    assigned: to('canceled', 'assigned'),
    wrapping: wrap,
    completed: complete,
    canceled: cancel,
  },
};

const pairs = taskStatuses.flatMap((from) => taskStatuses.map((wanted) => [from, wanted] as const));

describe.each([
  ['single-tasking', false],
  ['multitasking', true],
])('task transitions in a %s workspace', (_name, multiTaskEnabled) => {
  it.each(pairs)('responds to a client that changes a %s task to %s', (from, wanted) => {
    const { bench, task } = taskIn(from, multiTaskEnabled);
    const expected = requested[from][wanted];
    const ask = () => bench.updateTask(task, { assignmentStatus: wanted });
    if (expected === wanted) {
      ask();
      expect(bench.statusOf(task)).toBe(wanted);
      if (from === wanted) expect(bench.events).toEqual([]);
      return;
    }
    const error = refusal(bench, ask);
    expect(error).toBeInstanceOf(InvalidTransition);
    const { workspaceSid, engine } = bench;
    const account = `AC${'0'.repeat(32)}`;
    const where = `task ${task} in workspace ${workspaceSid} for account ${account}`;
    expect(error.message).toBe(expected.replace('TASK', where).replace('SID', task));
    expect(engine.view.find('tasks', task)?.status).toBe(from);
  });

  it.each([
    ['pending', 'reserved', 1],
    ['reserved', 'reserved', 0],
    ['assigned', 'assigned', 0],
    ['wrapping', 'wrapping', 0],
    ['completed', 'completed', 0],
    ['canceled', 'canceled', 0],
  ] as const)('turns a %s task into %s once another worker becomes available', (from, expected, offers) => {
    const { bench, task } = taskIn(from, multiTaskEnabled);
    const carol = bench.addWorker('Carol', { languages: ['es'] }, 'Idle');
    expect(bench.statusOf(task)).toBe(expected);
    expect(bench.engine.view.reservationsOfWorker(carol)).toHaveLength(offers);
    expect(bench.task(task).assignmentCount).toBe(from === 'pending' || from === 'canceled' ? offers : 1);
  });
});

it('leaves a task unchanged on a refused transition, even if the request has other values', () => {
  const { bench, task } = taskIn('assigned', false);
  const patch = { assignmentStatus: 'canceled', priority: 7, attributes: { text: '{}', value: {} } };
  expect(refusal(bench, () => bench.updateTask(task, patch))).toBeInstanceOf(InvalidTransition);
});
