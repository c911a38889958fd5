import type { RestException } from 'twilio';
import { CheckedHttpClient } from '../support/checked-client';
import { startTestTaskRouter, type TestTaskRouter } from '../support/start-test-taskrouter';

const seconds = 1000;

const refusal = (promise: Promise<unknown>): Promise<RestException> =>
  promise.then(
    () => Promise.reject(new Error('was not refused')),
    (error) => error,
  );

/**
 * A workspace with Alice (Spanish and English) and Bob (English), both Offline; a queue for each language, and a
 * workflow that routes by `selected_language`, with a reservation timeout of 20 s.
 */
async function tutorial({ client }: TestTaskRouter, multiTaskEnabled: boolean, maxReservedWorkers = 1) {
  const { workspaces } = client.taskrouter.v1;
  const { sid: workspaceSid } = await workspaces.create({ friendlyName: 'Tutorial', multiTaskEnabled });
  const workspace = workspaces(workspaceSid);
  const activities = new Map(
    (await workspace.activities.list()).map(({ friendlyName, sid }) => [friendlyName, sid]),
  );
  for (const [name, available] of Object.entries({ Idle: true, Busy: false, Reserved: false })) {
    if (activities.has(name)) continue;
    activities.set(name, (await workspace.activities.create({ friendlyName: name, available })).sid);
  }
  const activity = (name: string) => activities.get(name) ?? '';
  const queue = async (friendlyName: string, language: string) => {
    const { sid } = await workspace.taskQueues.create({
      friendlyName,
      targetWorkers: `languages HAS "${language}"`,
      maxReservedWorkers,
      reservationActivitySid: activity('Reserved'),
      assignmentActivitySid: activity('Busy'),
    });
    return { expression: `selected_language == "${language}"`, targets: [{ queue: sid }] };
  };
  const filters = [await queue('Spanish', 'es'), await queue('English', 'en')];
  await workspace.workflows.create({
    friendlyName: 'Incoming',
    configuration: JSON.stringify({ task_routing: { filters } }),
    taskReservationTimeout: 20,
  });
  const worker = async (friendlyName: string, languages: string[]) =>
    (await workspace.workers.create({ friendlyName, attributes: JSON.stringify({ languages }) })).sid;
  const sids = { alice: await worker('Alice', ['en', 'es']), bob: await worker('Bob', ['en']) };

  const activityOf = async (sid: string) => (await workspace.workers(sid).fetch()).activityName;
  const setActivity = (sid: string, name: string) =>
    workspace.workers(sid).update({ activitySid: activity(name) });
  const createTask = async (language: string, timeout?: number) => {
    const attributes = JSON.stringify({ selected_language: language });
    return (await workspace.tasks.create(timeout === undefined ? { attributes } : { attributes, timeout }))
      .sid;
  };
  /** The pending reservations of a task, in order of creation. */
  const offers = async (taskSid: string) => {
    const pending = await workspace.tasks(taskSid).reservations.list({ reservationStatus: 'pending' });
    return pending.map(({ sid, workerSid }) => ({ sid, workerSid }));
  };
  const statusOf = async (taskSid: string) => (await workspace.tasks(taskSid).fetch()).assignmentStatus;
  const eventsOf = async (taskSid: string) =>
    (await workspace.events.list({ taskSid })).map(({ eventType }) => eventType).reverse();
  return {
    workspaceSid,
    workspace,
    ...sids,
    activity,
    activityOf,
    setActivity,
    createTask,
    offers,
    statusOf,
    eventsOf,
  };
}

const modes = [
  { mode: 'multitasking', multiTaskEnabled: true, whenReserved: 'Idle', whenAssigned: 'Idle' },
  { mode: 'single-tasking', multiTaskEnabled: false, whenReserved: 'Reserved', whenAssigned: 'Busy' },
] as const;

describe.each(modes)('a task, $mode', ({ multiTaskEnabled, whenReserved, whenAssigned }) => {
  let taskrouter: TestTaskRouter;
  let place: Awaited<ReturnType<typeof tutorial>>;
  beforeEach(async () => {
    taskrouter = await startTestTaskRouter({ httpClient: new CheckedHttpClient() });
    place = await tutorial(taskrouter, multiTaskEnabled);
  });
  afterEach(() => taskrouter.close());

  const onlyOffer = async (taskSid: string) => {
    const [offer, ...others] = await place.offers(taskSid);
    if (!offer || others.length) throw new Error(`${others.length} offers too many, or none`);
    return offer;
  };

  it('goes from created to completed', async () => {
    const { workspace, alice } = place;
    const taskSid = await place.createTask('es');
    expect(await place.statusOf(taskSid)).toBe('pending');

    await place.setActivity(alice, 'Idle');
    const offer = await onlyOffer(taskSid);
    expect(offer.workerSid).toBe(alice);
    expect([await place.statusOf(taskSid), await place.activityOf(alice)]).toEqual([
      'reserved',
      whenReserved,
    ]);

    const { workerChannels } = workspace.workers(alice);
    const [offered] = await workerChannels.list({ limit: 1 });
    expect([offered?.assignedTasks, offered?.availableCapacityPercentage]).toEqual([0, 0]);

    const task = workspace.tasks(taskSid);
    const accepted = await task.reservations(offer.sid).update({ reservationStatus: 'accepted' });
    expect([accepted.reservationStatus, accepted.workerName]).toEqual(['accepted', 'Alice']);
    expect([await place.statusOf(taskSid), await place.activityOf(alice)]).toEqual([
      'assigned',
      whenAssigned,
    ]);
    const channel = await workspace.workers(alice).workerChannels('default').fetch();
    expect([channel.assignedTasks, channel.availableCapacityPercentage]).toEqual([1, 0]);

    expect((await task.update({ assignmentStatus: 'wrapping', reason: 'notes' })).assignmentStatus).toBe(
      'wrapping',
    );
    expect((await task.reservations(offer.sid).fetch()).reservationStatus).toBe('wrapping');
    expect(await task.update({ assignmentStatus: 'completed', reason: 'done' })).toMatchObject({
      assignmentStatus: 'completed',
      reason: 'done',
    });
    expect((await task.reservations(offer.sid).fetch()).reservationStatus).toBe('completed');
    expect((await workspace.workers(alice).workerChannels('default').fetch()).assignedTasks).toBe(0);
    expect(await place.eventsOf(taskSid)).toEqual([
      'workflow.target-matched',
      'task.created',
      'task-queue.entered',
      'workflow.entered',
      'reservation.created',
      'reservation.accepted',
      'task.wrapup',
      'reservation.wrapup',
      'task.completed',
      'reservation.completed',
    ]);
  });

  it('is accepted by the instruction as by the status', async () => {
    const taskSid = await place.createTask('es');
    await place.setActivity(place.alice, 'Idle');
    const { sid } = await onlyOffer(taskSid);
    const reservation = place.workspace.workers(place.alice).reservations(sid);
    expect((await reservation.update({ instruction: 'accept' })).reservationStatus).toBe('accepted');
    expect(await place.statusOf(taskSid)).toBe('assigned');
  });

  it('is offered to the next worker when the first rejects and becomes unavailable', async () => {
    await place.setActivity(place.alice, 'Idle');
    await place.setActivity(place.bob, 'Idle');
    const taskSid = await place.createTask('en');
    const first = await onlyOffer(taskSid);
    const rejected = await place.workspace
      .tasks(taskSid)
      .reservations(first.sid)
      .update({ reservationStatus: 'rejected', workerActivitySid: place.activity('Offline') });
    expect(rejected.reservationStatus).toBe('rejected');
    expect(await place.activityOf(first.workerSid)).toBe('Offline');
    const second = await onlyOffer(taskSid);
    expect(new Set([first.workerSid, second.workerSid])).toEqual(new Set([place.alice, place.bob]));
  });

  it('waits again when the offer times out, and the worker moves to the timeout activity', async () => {
    await place.setActivity(place.alice, 'Idle');
    const taskSid = await place.createTask('es');
    const { sid } = await onlyOffer(taskSid);
    await taskrouter.clock.advance(19 * seconds);
    expect(await place.statusOf(taskSid)).toBe('reserved');
    await taskrouter.clock.advance(1 * seconds);
    expect((await place.workspace.tasks(taskSid).reservations(sid).fetch()).reservationStatus).toBe(
      'timeout',
    );
    expect([await place.statusOf(taskSid), await place.activityOf(place.alice)]).toEqual([
      'pending',
      'Offline',
    ]);
  });

  it('is canceled by its time-to-live and deleted five minutes later, and its events remain', async () => {
    const taskSid = await place.createTask('es', 60);
    await taskrouter.clock.advance(60 * seconds);
    expect(await place.workspace.tasks(taskSid).fetch()).toMatchObject({
      assignmentStatus: 'canceled',
      reason: 'Task TTL Exceeded',
      age: 60,
    });
    await taskrouter.clock.advance(300 * seconds);
    expect((await refusal(place.workspace.tasks(taskSid).fetch())).code).toBe(20404);
    expect(await place.eventsOf(taskSid)).toContain('task.canceled');
  });

  it('is canceled together with its pending reservation', async () => {
    await place.setActivity(place.alice, 'Idle');
    const taskSid = await place.createTask('es');
    const { sid } = await onlyOffer(taskSid);
    const task = place.workspace.tasks(taskSid);
    expect((await task.update({ assignmentStatus: 'canceled', reason: 'hung up' })).reason).toBe('hung up');
    expect((await task.reservations(sid).fetch()).reservationStatus).toBe('canceled');
    expect(await place.activityOf(place.alice)).toBe('Idle');
  });

  it('cannot be completed before it is assigned, nor canceled after, with the known messages', async () => {
    await place.setActivity(place.alice, 'Idle');
    const taskSid = await place.createTask('es');
    const task = place.workspace.tasks(taskSid);
    const where = `in workspace ${place.workspaceSid} for account ${taskrouter.accountSid}`;
    expect(await refusal(task.update({ assignmentStatus: 'completed' }))).toMatchObject({
      status: 400,
      code: 20001,
      message: `Cannot complete task ${taskSid} ${where} because it is not currently assigned.`,
    });
    await task.reservations((await onlyOffer(taskSid)).sid).update({ reservationStatus: 'accepted' });
    expect(await refusal(task.update({ assignmentStatus: 'canceled' }))).toMatchObject({
      status: 400,
      code: 20001,
      message: `Cannot cancel task ${taskSid} ${where} because it is not pending or reserved.`,
    });
  });

  it('cannot be accepted twice, with the known message', async () => {
    await place.setActivity(place.alice, 'Idle');
    const taskSid = await place.createTask('es');
    const { sid } = await onlyOffer(taskSid);
    const reservation = place.workspace.tasks(taskSid).reservations(sid);
    await reservation.update({ reservationStatus: 'accepted' });
    expect(await refusal(reservation.update({ reservationStatus: 'accepted' }))).toMatchObject({
      status: 400,
      code: 20001,
      message: `Reservation ${sid} is already in state [accepted] and cannot be updated to [accepted]`,
      moreInfo: 'https://www.twilio.com/docs/errors/20001',
    });
  });

  it('goes to the first of several workers who accepts, and the others get 410', async () => {
    place = await tutorial(taskrouter, multiTaskEnabled, 2);
    await place.setActivity(place.alice, 'Idle');
    await place.setActivity(place.bob, 'Idle');
    const taskSid = await place.createTask('en');
    const [first, second] = await place.offers(taskSid);
    const reservation = (offer = { sid: '' }) => place.workspace.tasks(taskSid).reservations(offer.sid);
    await reservation(second).update({ reservationStatus: 'accepted' });
    expect((await reservation(first).fetch()).reservationStatus).toBe('rescinded');
    const refused = await refusal(reservation(first).update({ reservationStatus: 'accepted' }));
    expect([refused.status, refused.code]).toEqual([410, 20001]);
  });

  it('is deleted, and its reservation is reported to the worker as completed', async () => {
    await place.setActivity(place.alice, 'Idle');
    const taskSid = await place.createTask('es');
    const { sid } = await onlyOffer(taskSid);
    await place.workspace.tasks(taskSid).reservations(sid).update({ reservationStatus: 'accepted' });
    expect(await place.workspace.tasks(taskSid).remove()).toBe(true);
    expect((await place.eventsOf(taskSid)).slice(-2)).toEqual(['reservation.completed', 'task.deleted']);
  });

  it('may omit the workflow only if there is exactly one', async () => {
    const [{ configuration } = { configuration: '' }] = await place.workspace.workflows.list();
    await place.workspace.workflows.create({ friendlyName: 'Another', configuration });
    const refused = await refusal(place.createTask('es'));
    expect([refused.status, refused.code]).toEqual([400, 20001]);
    expect(refused.message).toContain('WorkflowSid field is required');
  });
});
