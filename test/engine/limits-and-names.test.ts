import { InvalidParameter } from '../../src/taskrouter/model/errors';
import { EngineBench } from '../support/engine-bench';
import { refusal, refusalOf } from '../support/refusal';

describe('friendly names', () => {
  const bench = new EngineBench();
  const { workspaceSid, workflowSid } = bench;
  const configuration = JSON.stringify({ task_routing: { default_filter: { queue: bench.queues.english } } });
  const commands = {
    'a new workspace': (friendlyName: string) => ({ type: 'CreateWorkspace', friendlyName }) as const,
    'a workspace': (friendlyName: string) =>
      ({ type: 'UpdateWorkspace', workspaceSid, friendlyName }) as const,
    'a new activity': (friendlyName: string) =>
      ({ type: 'CreateActivity', workspaceSid, friendlyName }) as const,
    'a new worker': (friendlyName: string) => ({ type: 'CreateWorker', workspaceSid, friendlyName }) as const,
    'a worker': (friendlyName: string) =>
      ({ type: 'UpdateWorker', workspaceSid, workerSid: bench.alice, friendlyName }) as const,
    'a new channel': (friendlyName: string) =>
      ({ type: 'CreateTaskChannel', workspaceSid, friendlyName, uniqueName: 'fax' }) as const,
  };

  /** https://www.twilio.com/docs/taskrouter/limits lists only the others. */
  const unlimited = {
    'a new queue': (friendlyName: string) =>
      ({ type: 'CreateTaskQueue', workspaceSid, friendlyName }) as const,
    'a new workflow': (friendlyName: string) =>
      ({ type: 'CreateWorkflow', workspaceSid, friendlyName, configuration }) as const,
    'a workflow': (friendlyName: string) =>
      ({ type: 'UpdateWorkflow', workspaceSid, workflowSid, friendlyName }) as const,
  };

  it.each(Object.entries(unlimited))('of %s are not empty, and have no maximum length', (what, command) => {
    expect(refusalOf(bench, command(' ')).message).toBe('FriendlyName field is required');
    expect(() => bench.run(command(what.padEnd(200, '.')))).not.toThrow();
  });

  it.each(Object.entries(commands))(
    'of %s are neither empty nor longer than 64 characters',
    (what, command) => {
      const long = what.padEnd(65, '.');
      expect(refusalOf(bench, command(' ')).message).toBe('FriendlyName field is required');
      expect(refusalOf(bench, command(long)).message).toContain('provided for FriendlyName is out of range');
      expect(() => bench.run(command(long.slice(0, 64)))).not.toThrow();
    },
  );
  it('of workers are unique in the workspace regardless of case', () => {
    const other = new EngineBench();
    const error = refusal(other, () => other.addWorker('ALICE', {}));
    expect(error.message).toBe('Worker with the same friendly name already exists');
    expect(refusal(other, () => other.updateWorker(other.bob, { friendlyName: 'alice' }))).toBeInstanceOf(
      InvalidParameter,
    );
    other.updateWorker(other.alice, { friendlyName: 'aLICE' });
    other.updateWorker(other.alice, { friendlyName: 'Carol' });
    expect(() => other.updateWorker(other.bob, { friendlyName: 'Alice' })).not.toThrow();
  });

  it('of workers may be the same in two workspaces', () => {
    const two = new EngineBench();
    const { sid } = two.run({ type: 'CreateWorkspace', friendlyName: 'Other' });
    const command = { type: 'CreateWorker', workspaceSid: sid, friendlyName: 'Alice' } as const;
    expect(two.run(command).friendlyName).toBe('Alice');
  });

  it('of queues are unique in the workspace, on creation and on rename', () => {
    const other = new EngineBench();
    const text = `Queue named Spanish already exists for workspace ${other.workspaceSid} for account AC${'0'.repeat(32)}`;
    expect(refusal(other, () => other.addQueue('Spanish', '1==1')).message).toBe(text);
    const rename = (taskQueueSid: string, friendlyName: string) =>
      ({ type: 'UpdateTaskQueue', workspaceSid: other.workspaceSid, taskQueueSid, friendlyName }) as const;
    expect(refusalOf(other, rename(other.queues.english, 'Spanish')).message).toBe(text);
    expect(other.run(rename(other.queues.spanish, 'Spanish')).friendlyName).toBe('Spanish');
    other.run(rename(other.queues.spanish, 'Castilian'));
    expect(other.run(rename(other.queues.english, 'Spanish')).friendlyName).toBe('Spanish');
  });

  it('of queues may differ only in case, repeat in another workspace, and be reused after a deletion', () => {
    const other = new EngineBench();
    expect(() => other.addQueue('SPANISH', '1==1')).not.toThrow();
    const { sid } = other.run({ type: 'CreateWorkspace', friendlyName: 'Other' });
    const create = { type: 'CreateTaskQueue', workspaceSid: sid, friendlyName: 'Spanish' } as const;
    const { sid: taskQueueSid } = other.run(create);
    other.run({ type: 'DeleteTaskQueue', workspaceSid: sid, taskQueueSid });
    expect(() => other.run(create)).not.toThrow();
  });

  it('of activities are unique in the workspace regardless of case', () => {
    const other = new EngineBench();
    const error = refusal(other, () => other.addActivity('IDLE', true));
    expect(error.message).toBe('Activity with the same friendly name already exists');
    const activitySid = other.activities.Busy as string;
    const rename = { type: 'UpdateActivity', workspaceSid: other.workspaceSid, activitySid } as const;
    expect(refusalOf(other, { ...rename, friendlyName: 'idle' })).toBeInstanceOf(InvalidParameter);
    expect(other.run({ ...rename, friendlyName: 'busy' }).friendlyName).toBe('busy');
  });
});

describe('names of task channels', () => {
  it.each(['1fax', '', 'fax mail', 'fäx'])('cannot be %j', (uniqueName) => {
    const bench = new EngineBench();
    const { workspaceSid } = bench;
    const command = { type: 'CreateTaskChannel', workspaceSid, friendlyName: 'Fax', uniqueName } as const;
    expect(refusalOf(bench, command)).toBeInstanceOf(InvalidParameter);
  });

  it.each(['fax', '_fax', '$fax1', 'FAX'])('can be %j, once', (uniqueName) => {
    const bench = new EngineBench();
    bench.addTaskChannel(uniqueName);
    const error = refusal(bench, () => bench.addTaskChannel(uniqueName, { friendlyName: 'Other' }));
    expect(error.message).toBe('TaskChannel with the same unique name already exists');
  });

  it('may have hyphens, with a warning about the unique name', () => {
    const bench = new EngineBench();
    const sid = bench.addTaskChannel('email-channel', { friendlyName: 'E-mail' });
    expect(bench.alerts).toEqual([
      expect.objectContaining({
        level: 'warning',
        resourceSid: sid,
        detail: expect.stringContaining('worker.channel.email-channel'),
        remedy: 'Use email_channel.',
      }),
    ]);
  });
});

describe('limits', () => {
  it('allow a hundred activities in a workspace', () => {
    const bench = new EngineBench();
    for (let count = 4; count < 100; count += 1) bench.addActivity(`A${count}`, false);
    expect(refusal(bench, () => bench.addActivity('One more', false)).message).toContain('at most 100');
  });

  it('allow 5,000 task queues in a workspace', () => {
    const bench = new EngineBench();
    for (let count = 2; count < 5000; count += 1) bench.addQueue(`Q${count}`, '1==2');
    expect(refusal(bench, () => bench.addQueue('One more', '1==2')).message).toContain('at most 5000');
  });

  it.each([0, 51])('refuse a MaxReservedWorkers of %i', (maxReservedWorkers) => {
    const bench = new EngineBench();
    expect(refusal(bench, () => bench.addQueue('Q', '1==1', { maxReservedWorkers }))).toBeInstanceOf(
      InvalidParameter,
    );
    expect(
      refusal(bench, () => bench.updateQueue(bench.queues.spanish, { maxReservedWorkers })),
    ).toBeInstanceOf(InvalidParameter);
  });

  it.each([0, 86_401])('refuse a reservation timeout of %i s', (taskReservationTimeoutSeconds) => {
    const bench = new EngineBench();
    const { workspaceSid, workflowSid } = bench;
    const command = { type: 'UpdateWorkflow', workspaceSid, workflowSid } as const;
    expect(refusalOf(bench, { ...command, taskReservationTimeoutSeconds })).toBeInstanceOf(InvalidParameter);
  });

  it('set a reservation timeout of 120 s by default', () => {
    const bench = new EngineBench();
    bench.setActivity(bench.alice, 'Idle');
    expect(bench.pending(bench.addTask()).timeoutSeconds).toBe(120);
    const quick = new EngineBench({ reservationTimeoutSeconds: 7 });
    quick.setActivity(quick.alice, 'Idle');
    expect(quick.pending(quick.addTask()).expiresAt).toBe(quick.now + 7000);
  });

  it('refuse an invalid queue expression, at creation and later', () => {
    const bench = new EngineBench();
    for (const attempt of [
      () => bench.addQueue('Q', 'skill-level > 3'),
      () => bench.updateQueue(bench.queues.spanish, { targetWorkers: 'languages HAS' }),
    ]) {
      expect(refusal(bench, attempt).message).toMatch(/^Invalid TargetWorkers: /);
    }
  });

  it('refuse activities of another workspace wherever an activity is named', () => {
    const bench = new EngineBench();
    const { defaultActivitySid: foreign } = bench.run({ type: 'CreateWorkspace', friendlyName: 'Other' });
    bench.setActivity(bench.alice, 'Idle');
    const task = bench.addTask();
    const attempts = [
      () => bench.updateWorker(bench.bob, { activitySid: foreign }),
      () => bench.updateQueue(bench.queues.spanish, { reservationActivitySid: foreign }),
      () => bench.updateQueue(bench.queues.spanish, { assignmentActivitySid: foreign }),
      () => bench.updateWorkspace({ defaultActivitySid: foreign }),
      () => bench.updateWorkspace({ timeoutActivitySid: foreign }),
      () => bench.updateReservation(bench.pending(task), 'rejected', { workerActivitySid: foreign }),
    ];
    for (const attempt of attempts) expect(refusal(bench, attempt)).toBeInstanceOf(InvalidParameter);
  });
});

describe('a queue without an expression', () => {
  it('includes every worker when it has none, and no worker when it is empty', () => {
    const bench = new EngineBench();
    const { workspaceSid } = bench;
    const everybody = bench.run({ type: 'CreateTaskQueue', workspaceSid, friendlyName: 'Everybody' }).sid;
    const nobody = bench.addQueue('Nobody', '');
    expect(bench.engine.view.isInQueue(bench.alice, everybody)).toBe(true);
    expect(bench.engine.view.isInQueue(bench.alice, nobody)).toBe(false);
  });
});

describe('a new workspace', () => {
  it.each([
    [undefined, { Offline: false, Unavailable: false, Available: true }],
    [false, { Offline: false, Idle: true, Busy: false, Reserved: false }],
  ])('has its activities with MultiTaskEnabled %s', (multiTaskEnabled, expected) => {
    const bench = new EngineBench();
    const workspace = bench.run({ type: 'CreateWorkspace', friendlyName: 'Other', multiTaskEnabled });
    const activities = [...bench.engine.view.all('activities', workspace.sid)];
    expect(Object.fromEntries(activities.map((each) => [each.friendlyName, each.available]))).toEqual(
      expected,
    );
    const offline = activities.find(({ friendlyName }) => friendlyName === 'Offline')?.sid;
    expect(workspace).toMatchObject({ defaultActivitySid: offline, timeoutActivitySid: offline });
  });

  it('from the FIFO template has a queue for everyone and a workflow into it', () => {
    const bench = new EngineBench();
    const { sid } = bench.run({ type: 'CreateWorkspace', friendlyName: 'Other', template: 'FIFO' });
    expect([...bench.engine.view.all('taskQueues', sid)]).toMatchObject([
      { friendlyName: 'Sample Queue', targetWorkers: '1==1', taskOrder: 'FIFO' },
    ]);
    expect([...bench.engine.view.all('workflows', sid)]).toMatchObject([
      {
        friendlyName: 'Default Fifo Workflow',
        taskReservationTimeoutSeconds: 120,
        assignmentCallbackUrl: null,
      },
    ]);
  });

  it('cannot go back to single-tasking', () => {
    const bench = new EngineBench({ multiTaskEnabled: true });
    expect(refusal(bench, () => bench.updateWorkspace({ multiTaskEnabled: false }))).toBeInstanceOf(
      InvalidParameter,
    );
  });
});
