import { handler as acceptReservation } from '../../functions/accept-reservation';
import { handler as cancelTask } from '../../functions/cancel-task';
import { handler as completeTask } from '../../functions/complete-task';
import { handler as createTask } from '../../functions/create-task';
import { handler as lifecycle } from '../../functions/lifecycle';
import { handler as rejectReservation } from '../../functions/reject-reservation';
import { handler as setWorkerActivity } from '../../functions/set-worker-activity';
import { handler as wrapUpTask } from '../../functions/wrap-up-task';
import type { FunctionHandler } from '../../src/adapter/runtime';
import { Tutorial } from './tutorial';

let tutorial: Tutorial;
beforeEach(async () => {
  tutorial = await Tutorial.start();
});
afterEach(() => tutorial.close());

const run = (handler: FunctionHandler, parameters: Record<string, unknown> = {}) =>
  tutorial.run(handler, parameters);

const activityOf = async (worker: string) => {
  const { workers } = (await run(lifecycle)).body;
  return workers.find(({ worker_name }: { worker_name: string }) => worker_name === worker)?.activity_name;
};

it('takes a task from created to completed, and Alice to Busy', async () => {
  const created = await run(createTask);
  expect(created).toMatchObject({
    status: 201,
    body: { assignment_status: 'pending', attributes: { selected_language: 'es' }, reservation_sid: null },
  });
  const { task_sid } = created.body;

  expect(await run(acceptReservation, { task_sid })).toMatchObject({
    status: 409,
    body: {
      code: 'no_pending_reservation',
      message: expect.stringContaining('no available worker is eligible; set one Idle: Alice (Offline)'),
    },
  });
  expect(await run(setWorkerActivity, { worker: 'Alice', activity: 'Idle' })).toMatchObject({
    status: 200,
    body: { worker_name: 'Alice' },
  });
  expect((await run(lifecycle, { task_sid })).body.reservations).toMatchObject([
    { reservation_status: 'pending', worker_name: 'Alice' },
  ]);

  const accepted = await run(acceptReservation, { task_sid });
  expect(accepted).toMatchObject({
    status: 200,
    body: { assignment_status: 'assigned', reservation_status: 'accepted', worker_name: 'Alice' },
  });
  expect(accepted.body).not.toHaveProperty('already');
  const { reservation_sid } = accepted.body;
  for (const again of [{ task_sid }, { task_sid, reservation_sid }]) {
    expect((await run(acceptReservation, again)).body).toEqual({ ...accepted.body, already: true });
  }
  expect(await activityOf('Alice')).toBe('Busy');

  expect((await run(cancelTask, { task_sid })).body.code).toBe('task_is_assigned');
  expect(await run(wrapUpTask, { task_sid })).toMatchObject({
    status: 200,
    body: { assignment_status: 'wrapping', reservation_status: 'wrapping', worker_name: 'Alice' },
  });
  expect(await run(completeTask, { task_sid, reason: 'done' })).toMatchObject({
    status: 200,
    body: { assignment_status: 'completed', reservation_status: 'completed', worker_name: 'Alice' },
  });
  expect((await run(completeTask, { task_sid })).body.already).toBe(true);
  const shown = (await run(lifecycle, { task_sid })).body;
  expect(shown.tasks).toMatchObject([{ assignment_status: 'completed', reason: 'done' }]);
  expect(shown.reservations).toMatchObject([{ reservation_status: 'completed', worker_name: 'Alice' }]);
});

it('explains that the last reservation timed out', async () => {
  const { task_sid } = (await run(createTask)).body;
  await run(setWorkerActivity, { worker: 'Alice', activity: 'Idle' });
  await tutorial.taskRouter.clock.advance(121_000);
  expect(await run(acceptReservation, { task_sid })).toMatchObject({
    status: 409,
    body: { code: 'no_pending_reservation', message: expect.stringContaining('for Alice, ended as timeout') },
  });
});

it('moves a worker who rejects to the given activity, once', async () => {
  const { task_sid } = (await run(createTask)).body;
  await run(setWorkerActivity, { worker: 'Alice', activity: 'Idle' });
  expect(await run(rejectReservation, { task_sid, activity: 'Offline' })).toMatchObject({
    status: 200,
    body: { assignment_status: 'pending', reservation_status: 'rejected', worker_name: 'Alice' },
  });
  expect(await activityOf('Alice')).toBe('Offline');
  expect((await run(rejectReservation, { task_sid, activity: 'Offline' })).body.already).toBe(true);
});

it('asks which reservation to accept, and rejects a second acceptance', async () => {
  const bob = { worker: 'Bob', activity: 'Idle' };
  const { workers } = tutorial.workspace;
  const [found] = await workers.list({ friendlyName: 'Bob' });
  await workers(found?.sid ?? '').update({ attributes: '{"languages":["es"]}' });
  await run(setWorkerActivity, { worker: 'Alice', activity: 'Idle' });
  await run(setWorkerActivity, bob);
  const { task_sid } = (await run(createTask)).body;

  const ambiguous = await run(acceptReservation, { task_sid });
  expect(ambiguous).toMatchObject({ status: 409, body: { code: 'reservation_ambiguous' } });
  const [first, second] = ambiguous.body.reservations;
  expect([first.worker_name, second.worker_name].sort()).toEqual(['Alice', 'Bob']);
  const accepted = await run(acceptReservation, { task_sid, reservation_sid: second.reservation_sid });
  expect(accepted).toMatchObject({ status: 200, body: { worker_name: second.worker_name } });
  expect(await run(acceptReservation, { task_sid, reservation_sid: first.reservation_sid })).toMatchObject({
    status: 409,
    body: { code: 'reservation_not_pending', message: expect.stringContaining('is rescinded') },
  });
});

it('cancels a waiting task, and does not find it once TaskRouter has removed it', async () => {
  const { task_sid } = (await run(createTask)).body;
  expect(await run(cancelTask, { task_sid, reason: 'changed my mind' })).toMatchObject({
    status: 200,
    body: { assignment_status: 'canceled', reservation_sid: null },
  });
  expect((await run(cancelTask, { task_sid })).body.already).toBe(true);
  await tutorial.taskRouter.clock.advance(301_000);
  expect((await run(cancelTask, { task_sid })).body.code).toBe('task_not_found');
});

it('reports that no filter of the workflow matches', async () => {
  expect(await run(createTask, { selected_language: 'fr' })).toMatchObject({
    status: 400,
    body: { code: 'taskrouter_refused' },
  });
});
