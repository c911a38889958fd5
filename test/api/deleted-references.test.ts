import { ApiBench } from '../support/api-bench';
import { simpleWorkspace } from '../support/simple-workspace';

let bench: ApiBench;
let simple: Awaited<ReturnType<typeof simpleWorkspace>>;
let alice: string;
let task: string;
let reservation: string;

/** Alice has a task assigned that was routed to her alone. */
beforeEach(async () => {
  bench = await ApiBench.start();
  simple = await simpleWorkspace(bench);
  const ActivitySid = simple.activities.Available as string;
  alice = await bench.create(`${simple.path}/Workers`, { FriendlyName: 'Alice', ActivitySid });
  const { workflowSid: WorkflowSid } = simple;
  const taskSid = await bench.create(`${simple.path}/Tasks`, { WorkflowSid, RoutingTarget: alice });
  task = `${simple.path}/Tasks/${taskSid}`;
  const { body } = await bench.get(`${task}/Reservations`);
  reservation = `${task}/Reservations/${body.reservations[0].sid}`;
  await bench.post(reservation, { ReservationStatus: 'accepted' });
});
afterEach(() => bench.close());

const complete = () => bench.post(task, { AssignmentStatus: 'completed' });

it('keeps a worker, a workflow, and a task queue while a task is assigned', async () => {
  const { workflowSid, taskQueueSid } = simple;
  for (const path of [`Workers/${alice}`, `Workflows/${workflowSid}`, `TaskQueues/${taskQueueSid}`]) {
    const { status, body } = await bench.remove(`${simple.path}/${path}`);
    expect([status, body.code]).toEqual([400, 20001]);
    expect((await bench.get(`${simple.path}/${path}`)).status).toBe(200);
  }
});

it('shows null for the deleted worker of a finished task, and keeps the name', async () => {
  await complete();
  expect((await bench.remove(`${simple.path}/Workers/${alice}`)).status).toBe(204);
  expect((await bench.get(reservation)).body).toMatchObject({
    reservation_status: 'completed',
    worker_sid: null,
    worker_name: 'Alice',
    links: { worker: null },
  });
  expect((await bench.get(task)).body.routing_target).toBeNull();
});

it('shows null for the deleted workflow and task queue of a finished task', async () => {
  await complete();
  expect((await bench.remove(`${simple.path}/Workflows/${simple.workflowSid}`)).status).toBe(204);
  expect((await bench.remove(`${simple.path}/TaskQueues/${simple.taskQueueSid}`)).status).toBe(204);
  expect((await bench.get(task)).body).toMatchObject({
    assignment_status: 'completed',
    workflow_sid: null,
    workflow_friendly_name: null,
    task_queue_sid: null,
    task_queue_friendly_name: null,
    routing_target: alice,
    links: { workflow: null, task_queue: null },
  });
});

it('names nothing deleted in the events that follow', async () => {
  await complete();
  await bench.remove(`${simple.path}/Workers/${alice}`);
  await bench.remove(`${simple.path}/Workflows/${simple.workflowSid}`);
  await bench.remove(`${simple.path}/TaskQueues/${simple.taskQueueSid}`);
  await bench.remove(task);
  const { body } = await bench.get(`${simple.path}/Events?EventType=task.deleted`);
  const text = JSON.stringify(body.events[0].event_data);
  for (const sid of [alice, simple.workflowSid, simple.taskQueueSid]) expect(text).not.toContain(sid);
});

describe('a repeat of the accept that won', () => {
  it('is refused with 400, on both paths and by instruction, and changes nothing', async () => {
    const sid = reservation.slice(-34);
    const before = (await bench.get(reservation)).body;
    for (const path of [reservation, `${simple.path}/Workers/${alice}/Reservations/${sid}`]) {
      for (const form of [{ ReservationStatus: 'accepted' }, { Instruction: 'accept' }]) {
        const { status, body } = await bench.post(path, form);
        expect([status, body.code, body.message]).toEqual([
          400,
          20001,
          `Reservation ${sid} is already in state [accepted] and cannot be updated to [accepted]`,
        ]);
      }
    }
    expect((await bench.get(reservation)).body).toEqual(before);
  });

  it('is refused for one of two that arrive at the same time', async () => {
    await complete();
    const { workflowSid: WorkflowSid } = simple;
    const taskSid = await bench.create(`${simple.path}/Tasks`, { WorkflowSid, RoutingTarget: alice });
    const { body } = await bench.get(`${simple.path}/Tasks/${taskSid}/Reservations`);
    const path = `${simple.path}/Tasks/${taskSid}/Reservations/${body.reservations[0].sid}`;
    const accept = () => bench.post(path, { ReservationStatus: 'accepted' });
    const statuses = (await Promise.all([accept(), accept()])).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 400]);
  });
});
