import type { Reservation, Worker } from 'twilio-taskrouter';
import { connect, next } from '../support/worker-sdk';
import { accepted, agentsForEach, all, offered } from './agents';

describe('in a single-tasking workspace', () => {
  const agents = agentsForEach();

  it('is ready with the worker, the activities, the channels, and the active reservations', async () => {
    await agents.workspace.tasks.create({ attributes: '{"number":1}' });
    const worker = await agents.alice();
    const { friendlyName, sid, workspaceSid, accountSid } = worker;
    expect({ friendlyName, sid, workspaceSid, accountSid }).toEqual({
      friendlyName: 'Alice',
      sid: agents.aliceSid,
      workspaceSid: agents.workspaceSid,
      accountSid: expect.stringMatching(/^AC/),
    });
    expect(worker.activity.name).toBe('Reserved');
    expect([...worker.activities.values()].map(({ name, available }) => [name, available])).toEqual([
      ['Offline', false],
      ['Idle', true],
      ['Busy', false],
      ['Reserved', false],
    ]);
    expect([...worker.channels.values()].map(({ taskChannelUniqueName }) => taskChannelUniqueName)).toEqual(
      expect.arrayContaining(['default', 'voice', 'sms', 'video', 'chat']),
    );
    const [reservation] = [...worker.reservations.values()];
    expect(reservation).toMatchObject({ status: 'pending', timeout: 120 });
    expect(reservation?.task).toMatchObject({ status: 'reserved', attributes: { number: 1 } });
  });

  it('shows a channel as REST does', async () => {
    const worker = await agents.alice();
    const [channel] = [...worker.channels.values()];
    expect(channel).toMatchObject({
      available: true,
      capacity: 1,
      assignedTasks: 0,
      availableCapacityPercentage: 100,
      workerSid: agents.aliceSid,
    });
    await accepted(agents, worker);
    const again = await agents.alice();
    const used = [...again.channels.values()].find(({ assignedTasks }) => assignedTasks === 1);
    expect(used).toMatchObject({ availableCapacityPercentage: 0 });
    expect(used?.lastReservedTime).toEqual(new Date(agents.clock.now()));
  });

  it('sets the activity', async () => {
    const worker = await agents.alice();
    const updated = next(worker, 'activityUpdated');
    await worker.activities.get(agents.activities.Busy as string)?.setAsCurrent();
    await updated;
    expect(worker.activity.name).toBe('Busy');
    expect((await agents.workspace.workers(agents.aliceSid).fetch()).activityName).toBe('Busy');
  });

  it('is told about an activity that REST sets', async () => {
    const worker = await agents.alice();
    await all([
      next(worker, 'activityUpdated'),
      agents.workspace.workers(agents.aliceSid).update({ activitySid: agents.activities.Offline as string }),
    ]);
    expect({ activity: worker.activity.name, available: worker.available }).toEqual({
      activity: 'Offline',
      available: false,
    });
  });

  it('sets its attributes', async () => {
    const worker = await agents.alice();
    await all([next(worker, 'attributesUpdated'), worker.setAttributes({ languages: ['es'] })]);
    expect(worker.attributes).toEqual({ languages: ['es'] });
    expect((await agents.workspace.workers(agents.aliceSid).fetch()).attributes).toBe('{"languages":["es"]}');
  });

  it('rejects pending reservations with an activity', async () => {
    const worker = await agents.alice();
    const reservation = await offered(agents, worker);
    const activity = worker.activities.get(agents.activities.Offline as string);
    await all([
      next(reservation, 'rejected'),
      activity?.setAsCurrent({ rejectPendingReservations: true } as never) as Promise<unknown>,
    ]);
    expect(worker.activity.name).toBe('Offline');
  });

  it('accepts an offer, and the task is assigned', async () => {
    const worker = await agents.alice();
    const reservation = await offered(agents, worker, { language: 'es' });
    expect(reservation.task).toMatchObject({
      status: 'reserved',
      attributes: { language: 'es' },
      queueName: expect.any(String),
      workflowName: expect.any(String),
      priority: 0,
      age: 0,
      timeout: 86_400,
      taskChannelUniqueName: 'default',
      routingTarget: null,
    });
    await all([next(reservation, 'accepted'), reservation.accept()]);
    expect(reservation.status).toBe('accepted');
    expect(reservation.task.status).toBe('assigned');
    expect(worker.activity.name).toBe('Busy');
  });

  it('cannot accept twice', async () => {
    const reservation = await accepted(agents, await agents.alice());
    await expect(reservation.accept()).rejects.toThrow(
      `Request failed with status code 400. Reservation ${reservation.sid} is already in state [accepted] and cannot be updated to [accepted]`,
    );
  });

  it('rejects an offer, and the task waits again', async () => {
    const worker = await agents.alice();
    const reservation = await offered(agents, worker);
    await all([
      next(reservation, 'rejected'),
      reservation.reject({ activitySid: agents.activities.Offline as string } as never),
    ]);
    expect({ status: reservation.status, task: reservation.task.status }).toEqual({
      status: 'rejected',
      task: 'pending',
    });
    expect([...worker.reservations.keys()]).toEqual([]);
    expect((await agents.workspace.workers(agents.aliceSid).fetch()).activityName).toBe('Offline');
  });

  it('is offered the task again after a rejection without an activity', async () => {
    const worker = await agents.alice();
    const first = await offered(agents, worker);
    const [, , second] = await all([
      next(first, 'rejected'),
      first.reject(),
      next(worker, 'reservationCreated') as Promise<Reservation>,
    ]);
    expect((second as Reservation).task.sid).toBe(first.task.sid);
    // A snapshot of its moment, although both happened in one command.
    expect(first.task.status).toBe('pending');
    expect((second as Reservation).task.status).toBe('reserved');
  });

  it('wraps up and completes a reservation', async () => {
    const reservation = await accepted(agents, await agents.alice());
    await all([next(reservation, 'wrapup'), next(reservation.task, 'wrapup'), reservation.wrap()]);
    expect({ status: reservation.status, task: reservation.task.status }).toEqual({
      status: 'wrapping',
      task: 'wrapping',
    });
    await all([next(reservation, 'completed'), next(reservation.task, 'completed'), reservation.complete()]);
    expect(reservation.task).toMatchObject({
      status: 'completed',
      reason: 'All reservations were completed',
    });
  });

  it('wraps up and completes a task', async () => {
    const reservation = await accepted(agents, await agents.alice());
    await all([next(reservation, 'wrapup'), reservation.task.wrapUp({ reason: 'Notes' })]);
    expect(reservation.task).toMatchObject({ status: 'wrapping', reason: 'Notes' });
    await all([next(reservation, 'completed'), reservation.task.complete('Solved')]);
    expect(reservation.task).toMatchObject({ status: 'completed', reason: 'Solved' });
    await expect(reservation.task.complete('Solved')).rejects.toThrow(
      `400. Cannot complete task ${reservation.task.sid} in workspace`,
    );
  });

  it('changes the attributes and the virtual start time of a task', async () => {
    const reservation = await accepted(agents, await agents.alice());
    await all([next(reservation.task, 'updated'), reservation.task.setAttributes({ topic: 'invoice' })]);
    expect(reservation.task.attributes).toEqual({ topic: 'invoice' });
    const date = new Date('2026-01-31T11:00:00Z');
    await all([next(reservation.task, 'updated'), reservation.task.setVirtualStartTime(date)]);
    expect(reservation.task.virtualStartTime).toEqual(date);
    await expect(reservation.task.setVirtualStartTime(new Date('2026-02-01T00:00:00Z'))).rejects.toThrow(
      /future/,
    );
  });

  it('creates a task for its own worker', async () => {
    const worker = await agents.alice();
    const workflow = (await agents.workspace.workflows.list())[0]?.sid as string;
    const queue = (await agents.workspace.taskQueues.list())[0]?.sid as string;
    const [offer, sid] = await all([
      next(worker, 'reservationCreated') as Promise<Reservation>,
      worker.createTask('+1555', '+1444', workflow, queue, {
        attributes: { campaign: 7 },
        taskChannelUniqueName: 'voice',
      } as never),
    ]);
    expect((offer as Reservation).task).toMatchObject({
      sid,
      routingTarget: agents.aliceSid,
      taskChannelUniqueName: 'voice',
      attributes: { campaign: 7, outbound_to: '+1555', from: '+1444' },
    });
  });

  it('is told when an offer times out', async () => {
    const worker = await agents.alice();
    const reservation = await offered(agents, worker);
    await all([next(reservation, 'timeout'), next(worker, 'activityUpdated'), agents.clock.advance(120_000)]);
    expect({ status: reservation.status, task: reservation.task.status }).toEqual({
      status: 'timeout',
      task: 'pending',
    });
    expect(worker.activity.name).toBe('Offline');
  });

  it('is told when the task of an offer is canceled', async () => {
    const worker = await agents.alice();
    const reservation = await offered(agents, worker);
    await all([
      next(reservation, 'canceled'),
      next(reservation.task, 'canceled'),
      agents.workspace
        .tasks(reservation.task.sid)
        .update({ assignmentStatus: 'canceled', reason: 'Caller hung up' }),
    ]);
    expect(reservation.status).toBe('canceled');
    expect(reservation.task).toMatchObject({ status: 'canceled', reason: 'Caller hung up' });
  });

  it('is told that its reservation is completed when the task is deleted', async () => {
    const reservation = await accepted(agents, await agents.alice());
    await all([next(reservation, 'completed'), agents.workspace.tasks(reservation.task.sid).remove()]);
    expect(reservation.status).toBe('completed');
  });

  it('rejects updates of an old version if the version check is on', async () => {
    const worker = await agents.alice({ enableVersionCheck: true });
    const old = worker.version;
    await all([
      next(worker, 'attributesUpdated'),
      agents.workspace.workers(agents.aliceSid).update({ attributes: '{"changed":true}' }),
    ]);
    await worker.setAttributes({ again: 1 });
    worker.version = old;
    await expect(worker.setAttributes({ again: 2 })).rejects.toThrow('status code 412. Precondition failed');
    await worker.fetchLatestVersion();
    await worker.setAttributes({ again: 2 });
  });

  it('knows the version of the worker after every message', async () => {
    const worker = await agents.alice({ enableVersionCheck: true });
    const [reservation] = await Promise.all([offered(agents, worker), next(worker, 'activityUpdated')]);
    expect(worker.version).toBe(await latestVersion(worker));
    const channel = [...worker.channels.values()][0];
    await all([
      next(channel as object, 'capacityUpdated'),
      next(channel as object, 'availabilityUpdated'),
      agents.workspace
        .workers(agents.aliceSid)
        .workerChannels(channel?.sid as string)
        .update({ capacity: 3, available: false }),
    ]);
    expect(channel).toMatchObject({ capacity: 3, available: false });
    expect(worker.version).toBe(await latestVersion(worker));
    await all([next(worker, 'activityUpdated'), reservation.accept()]);
    expect(worker.version).toBe(await latestVersion(worker));
  });

  /** As the service has it. */
  async function latestVersion(worker: Worker): Promise<string> {
    const present = worker.version;
    await worker.fetchLatestVersion();
    const latest = worker.version;
    worker.version = present;
    return latest;
  }

  it('fetches the latest version of a reservation and of its task', async () => {
    const reservation = await offered(agents, await agents.alice());
    const { sid } = reservation.task;
    await agents.workspace.tasks(sid).update({ attributes: '{"a":1}' });
    await reservation.task.fetchLatestVersion();
    expect(reservation.task).toMatchObject({ attributes: { a: 1 }, status: 'reserved' });
    await reservation.fetchLatestVersion();
    expect(reservation).toMatchObject({ status: 'pending', version: '0' });
  });

  it('carries out the instruction call with a simulated call', async () => {
    const reservation = await offered(agents, await agents.alice());
    await all([
      next(reservation, 'accepted'),
      reservation.call('+15550001', 'https://example.com/twiml', {
        accept: true,
        to: '+15550002',
        timeout: 20,
      }),
      agents.clock.advance(1000),
    ]);
    expect(reservation.task.status).toBe('assigned');
  });

  it.each([
    [
      'dequeue',
      (one: Reservation) => one.dequeue({ from: '+15550001', to: '+15550002' }),
      'only tasks created by <Enqueue> can be dequeued',
    ],
    ['redirect', (one: Reservation) => one.redirect('CA0', 'https://example.com/'), 'RedirectCallSid'],
    [
      'conference',
      (one: Reservation) => one.conference({ from: '+15550001', to: '+15550002' } as never),
      'The conference instruction can only be issued on a task that was created using the <Enqueue> TwiML verb.',
    ],
  ])(
    'gets the error of TaskRouter for an instruction %s that cannot be carried out',
    async (_name, instruct, text) => {
      const reservation = await offered(agents, await agents.alice());
      await expect(instruct(reservation)).rejects.toThrow(text);
      await expect(instruct(reservation)).rejects.toThrow('status code 400');
    },
  );
});

describe('in a multitasking workspace', () => {
  const agents = agentsForEach({ multiTaskEnabled: true });

  it('takes several tasks at once', async () => {
    const worker = await agents.alice();
    const [channel] = [...worker.channels.values()].filter(
      ({ taskChannelUniqueName }) => taskChannelUniqueName === 'default',
    );
    await agents.workspace
      .workers(agents.aliceSid)
      .workerChannels(channel?.sid as string)
      .update({ capacity: 2 });
    const first = await accepted(agents, worker);
    const second = await accepted(agents, worker);
    expect(worker.activity.name).toBe('Available');
    expect([...worker.reservations.keys()]).toEqual([first.sid, second.sid]);
    await all([next(first, 'completed'), first.task.complete('Solved')]);
    expect([...worker.reservations.keys()]).toEqual([second.sid]);
  });

  it('loses the offer when another worker accepts', async () => {
    const [queue] = await agents.workspace.taskQueues.list();
    await agents.workspace.taskQueues(queue?.sid as string).update({ maxReservedWorkers: 2 });
    const bobSid = await agents.addWorker('Bob');
    const alice = await agents.alice();
    const bob = await connect(agents, agents.token(bobSid));
    const atBob = next(bob, 'reservationCreated') as Promise<Reservation>;
    const reservation = await offered(agents, alice);
    const other = await atBob;
    expect(other.task.sid).toBe(reservation.task.sid);
    await all([next(reservation, 'accepted'), next(other, 'rescinded'), reservation.accept()]);
    expect({ status: other.status, task: other.task.status }).toEqual({
      status: 'rescinded',
      task: 'assigned',
    });
    await expect(other.accept()).rejects.toThrow('status code 410');
  });
});
