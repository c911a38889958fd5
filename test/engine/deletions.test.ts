import { ResourceInUse, ResourceNotFound } from '../../src/taskrouter/model/errors';
import { EngineBench } from '../support/engine-bench';
import { refusalOf } from '../support/refusal';

const english = { selected_language: 'en' };

/** Shorthands for the delete commands. */
class Deleting extends EngineBench {
  readonly workerIs = (workerSid: string) =>
    ({ type: 'DeleteWorker', workspaceSid: this.workspaceSid, workerSid }) as const;
  readonly activityIs = (name: string) =>
    ({
      type: 'DeleteActivity',
      workspaceSid: this.workspaceSid,
      activitySid: this.activities[name] as string,
    }) as const;
  readonly queueIs = (taskQueueSid: string) =>
    ({ type: 'DeleteTaskQueue', workspaceSid: this.workspaceSid, taskQueueSid }) as const;
  readonly workflowIs = (workflowSid: string) =>
    ({ type: 'DeleteWorkflow', workspaceSid: this.workspaceSid, workflowSid }) as const;
  readonly channelIs = (taskChannelSid: string) =>
    ({ type: 'DeleteTaskChannel', workspaceSid: this.workspaceSid, taskChannelSid }) as const;

  /** A task that Alice has accepted. */
  accepted(): string {
    const task = this.addTask();
    this.setActivity(this.alice, 'Idle');
    this.updateReservation(this.pending(task), 'accepted');
    this.takeEventTypes();
    return task;
  }
}

describe('deleting a task', () => {
  it('cancels its pending reservations first', () => {
    const bench = new Deleting();
    bench.setActivity(bench.alice, 'Idle');
    const task = bench.addTask();
    const { sid } = bench.pending(task);
    bench.takeEventTypes();
    bench.deleteTask(task);
    expect(bench.takeEventTypes()).toEqual([
      'reservation.canceled',
      'worker.activity.update',
      'task.deleted',
    ]);
    expect(bench.engine.view.find('tasks', task)).toBeUndefined();
    expect(bench.engine.view.find('reservations', sid)).toBeUndefined();
    expect(bench.activityOf(bench.alice)).toBe('Idle');
  });

  it('completes its accepted reservations and notifies the worker', () => {
    const bench = new Deleting({ multiTaskEnabled: true });
    const task = bench.accepted();
    bench.deleteTask(task);
    expect(bench.takeEventTypes()).toEqual(['reservation.completed', 'task.deleted']);
    const waiting = bench.addTask();
    expect(bench.offeredTo(waiting)).toEqual(['Alice']);
  });

  it('is refused once the task is gone', () => {
    const bench = new Deleting();
    const { workspaceSid } = bench;
    const taskSid = bench.addTask();
    bench.deleteTask(taskSid);
    const error = refusalOf(bench, { type: 'DeleteTask', workspaceSid, taskSid });
    expect(error).toBeInstanceOf(ResourceNotFound);
    expect(error.message).toBe(
      `The requested resource /Workspaces/${workspaceSid}/Tasks/${taskSid} was not found`,
    );
  });
});

describe('deleting a worker', () => {
  it('rescinds pending offers and routes their tasks again', () => {
    const bench = new Deleting();
    bench.setActivity(bench.alice, 'Idle');
    const task = bench.addTask(english);
    bench.setActivity(bench.bob, 'Idle');
    bench.takeEventTypes();
    bench.run(bench.workerIs(bench.alice));
    expect(bench.reservationStatuses(task)).toEqual(['canceled', 'pending']);
    expect(bench.offeredTo(task)).toEqual(['Bob']);
    expect(bench.takeEventTypes()).toEqual([
      'reservation.canceled',
      'worker.activity.update',
      'worker.deleted',
      'reservation.created',
      'worker.activity.update',
    ]);
    expect(bench.engine.view.channelsOfWorker(bench.alice)).toEqual([]);
  });

  it.each(['accepted', 'wrapping'] as const)(
    'is refused while a reservation is %s, and allowed afterwards',
    (status) => {
      const bench = new Deleting();
      const task = bench.accepted();
      if (status === 'wrapping') bench.updateTask(task, { assignmentStatus: 'wrapping' });
      const error = refusalOf(bench, bench.workerIs(bench.alice));
      expect(error).toBeInstanceOf(ResourceInUse);
      expect(error.message).toBe(
        `Cannot delete Worker ${bench.alice} because Task ${task} is assigned to it: complete the Task first`,
      );
      bench.updateTask(task, { assignmentStatus: 'completed' });
      bench.run(bench.workerIs(bench.alice));
      expect(bench.reservationStatuses(task)).toEqual(['completed']);
    },
  );

  it.each(['pending', 'reserved'])('cancels a %s task that only this worker may be offered', (status) => {
    const bench = new Deleting();
    const task = bench.addTask({}, { routingTarget: bench.alice, ignoreCapacity: false });
    if (status === 'reserved') bench.setActivity(bench.alice, 'Idle');
    expect(bench.statusOf(task)).toBe(status);
    bench.run(bench.workerIs(bench.alice));
    expect(bench.task(task)).toMatchObject({
      status: 'canceled',
      reason: `RoutingTarget not available for Reservation acceptance: ${bench.alice}`,
    });
  });

  it('frees the name', () => {
    const bench = new Deleting();
    bench.run(bench.workerIs(bench.alice));
    const again = bench.addWorker('Alice', { languages: ['es'] }, 'Idle');
    expect(bench.offeredTo(bench.addTask())).toEqual(['Alice']);
    expect(again).not.toBe(bench.alice);
  });
});

describe('deleting a task queue', () => {
  it('is refused while the current configuration of a workflow names it', () => {
    const bench = new Deleting();
    const error = refusalOf(bench, bench.queueIs(bench.queues.spanish));
    expect(error).toBeInstanceOf(ResourceInUse);
    expect(error.message).toContain(bench.workflowSid);
  });

  it('is refused while a task follows an older configuration that names it, and allowed afterwards', () => {
    const bench = new Deleting();
    const task = bench.addTask(english);
    bench.updateWorkflow({ default_filter: { queue: bench.queues.english } });
    expect(refusalOf(bench, bench.queueIs(bench.queues.spanish))).toBeInstanceOf(ResourceInUse);
    bench.updateTask(task, { assignmentStatus: 'canceled' });
    bench.run(bench.queueIs(bench.queues.spanish));
    expect(bench.engine.view.find('taskQueues', bench.queues.spanish)).toBeUndefined();
  });

  it('is refused while a task is in it through its RoutingTarget', () => {
    const bench = new Deleting();
    const spare = bench.addQueue('Spare', '1==1');
    const task = bench.addTask({}, { routingTarget: spare });
    expect(refusalOf(bench, bench.queueIs(spare)).message).toContain(task);
    bench.updateTask(task, { assignmentStatus: 'canceled' });
    bench.run(bench.queueIs(spare));
  });
});

describe('deleting a workflow', () => {
  it.each(['pending', 'reserved', 'assigned', 'wrapping'])(
    'is refused while a task is %s in it',
    (status) => {
      const bench = new Deleting();
      if (status === 'reserved') bench.setActivity(bench.alice, 'Idle');
      const isAccepted = status === 'assigned' || status === 'wrapping';
      const task = isAccepted ? bench.accepted() : bench.addTask();
      if (status === 'wrapping') bench.updateTask(task, { assignmentStatus: 'wrapping' });
      const error = refusalOf(bench, bench.workflowIs(bench.workflowSid));
      expect(error).toBeInstanceOf(ResourceInUse);
      expect(error.message).toBe(
        `Cannot delete Workflow ${bench.workflowSid} because Task ${task} is ${status} in it`,
      );
    },
  );

  it('is allowed once its tasks are finished, and later events do not name it', () => {
    const bench = new Deleting();
    const task = bench.accepted();
    bench.updateTask(task, { assignmentStatus: 'completed' });
    bench.run(bench.workflowIs(bench.workflowSid));
    bench.deleteTask(task);
    expect(bench.lastEvent('task.deleted').fields).not.toHaveProperty('WorkflowSid');
    expect([...bench.engine.view.all('workflowVersions')]).toEqual([]);
  });
});

describe('deleting an activity', () => {
  it.each([
    ['is the default activity of its Workspace', 'Offline', () => undefined],
    [
      'is the timeout activity of its Workspace',
      'Reserved',
      (bench: Deleting) => bench.updateWorkspace({ timeoutActivitySid: bench.activities.Reserved }),
    ],
    ['is the activity of Worker', 'Idle', (bench: Deleting) => bench.setActivity(bench.alice, 'Idle')],
    [
      'is used by TaskQueue',
      'Busy',
      (bench: Deleting) =>
        bench.updateQueue(bench.queues.spanish, { assignmentActivitySid: bench.activities.Busy }),
    ],
    [
      'is used by TaskQueue',
      'Busy',
      (bench: Deleting) =>
        bench.updateQueue(bench.queues.spanish, { reservationActivitySid: bench.activities.Busy }),
    ],
  ])('is refused when it %s', (why, name, arrange) => {
    const bench = new Deleting();
    arrange(bench);
    const error = refusalOf(bench, bench.activityIs(name));
    expect(error).toBeInstanceOf(ResourceInUse);
    expect(error.message).toContain(`Activity ${bench.activities[name]} because it ${why}`);
  });

  it('is allowed when nothing uses it', () => {
    const bench = new Deleting();
    bench.run(bench.activityIs('Busy'));
    expect(bench.takeEventTypes()).toEqual(['activity.deleted']);
  });
});

describe('deleting a task channel', () => {
  it.each(['default', 'voice', 'chat', 'sms', 'video'])('is refused for the built-in %s', (name) => {
    const bench = new Deleting();
    const channel = [...bench.engine.view.all('taskChannels')].find(({ uniqueName }) => uniqueName === name);
    expect(refusalOf(bench, bench.channelIs(channel?.sid ?? ''))).toBeInstanceOf(ResourceInUse);
  });

  it('is refused while a task uses it, then removes the worker channels as well', () => {
    const bench = new Deleting();
    const fax = bench.addTaskChannel('fax');
    const task = bench.addTask(english, { taskChannel: 'fax' });
    expect(refusalOf(bench, bench.channelIs(fax)).message).toContain(task);
    bench.deleteTask(task);
    bench.run(bench.channelIs(fax));
    expect(bench.engine.view.channelsOfWorker(bench.alice)).toHaveLength(5);
    bench.setActivity(bench.bob, 'Idle');
    expect(bench.offeredTo(bench.addTask(english))).toEqual(['Bob']);
  });
});

describe('deleting a workspace', () => {
  it('deletes everything inside and nothing else', () => {
    const bench = new Deleting();
    const other = bench.run({ type: 'CreateWorkspace', friendlyName: 'Other', template: 'FIFO' });
    bench.accepted();
    bench.setActivity(bench.bob, 'Idle');
    bench.addTask(english);
    bench.run({ type: 'DeleteWorkspace', workspaceSid: bench.workspaceSid });
    expect(bench.takeEventTypes().slice(-1)).toEqual(['workspace.deleted']);
    for (const table of ['activities', 'taskQueues', 'workflows', 'workflowVersions'] as const) {
      expect([...bench.engine.view.all(table)].every(({ workspaceSid }) => workspaceSid === other.sid)).toBe(
        true,
      );
    }
    for (const table of ['workers', 'workerChannels', 'tasks', 'reservations'] as const) {
      expect([...bench.engine.view.all(table)]).toEqual([]);
    }
    expect([...bench.engine.view.all('workspaces')]).toEqual([other]);
    expect(bench.engine.nextDeadline()).toBeNull();
  });

  it('leaves nothing to be found in it', () => {
    const bench = new Deleting();
    bench.run({ type: 'DeleteWorkspace', workspaceSid: bench.workspaceSid });
    expect(refusalOf(bench, bench.workerIs(bench.alice)).message).toBe(
      `The requested resource /Workspaces/${bench.workspaceSid} was not found`,
    );
  });
});

it('finds nothing of another workspace', () => {
  const bench = new Deleting();
  const { sid: workspaceSid } = bench.run({ type: 'CreateWorkspace', friendlyName: 'Other' });
  const error = refusalOf(bench, { type: 'DeleteWorker', workspaceSid, workerSid: bench.alice });
  expect(error).toBeInstanceOf(ResourceNotFound);
  expect(error.message).toContain(`/Workspaces/${workspaceSid}/Workers/${bench.alice}`);
});
