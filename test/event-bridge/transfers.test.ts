import type { Reservation, Worker } from 'twilio-taskrouter';
import { startTestService, type TestService, workspaceWithAlice } from '../support/start-test-service';
import { connect, disconnectAll, next, tokenFor } from '../support/worker-sdk';

type Workspace = Awaited<ReturnType<typeof workspaceWithAlice>>['workspace'];

let running: TestService;
let workspace: Workspace;
let alice: Worker;
let bob: Worker;
/** Alice's, which she has accepted. */
let reservation: Reservation;

beforeEach(async () => {
  running = await startTestService();
  const made = await workspaceWithAlice(running.client, {}, true);
  workspace = made.workspace;
  const idle = made.alice.activitySid;
  const { sid: bobSid } = await workspace.workers.create({ friendlyName: 'Bob' });
  const agent = (workerSid: string) =>
    connect(running, tokenFor(running, { workspaceSid: made.alice.workspaceSid, workerSid, role: 'worker' }));
  [alice, bob] = await Promise.all([agent(made.alice.sid), agent(bobSid)]);
  const offered = next(alice, 'reservationCreated');
  await workspace.tasks.create({ attributes: '{"customer":"Ann"}' });
  reservation = await offered;
  const accepted = next(reservation, 'accepted');
  await reservation.accept();
  await accepted;
  await workspace.workers(bobSid).update({ activitySid: idle });
});
afterEach(async () => {
  disconnectAll();
  await running.service.close();
});

interface Transfer {
  readonly status: string;
  readonly mode: string;
  readonly type: string;
  cancel(): Promise<Transfer>;
}
/** The SDK's types leave out the transfer of a reservation. */
type Offer = Reservation & { readonly transfer: Transfer };

/** Alice transfers her task; resolves to Bob's reservation, and to the transfer as Alice sees it. */
async function transfer(to: string, options: object = {}) {
  const offered = next(bob, 'reservationCreated');
  const initiated = next(reservation.task, 'transferInitiated');
  await reservation.task.transfer(to, options);
  const [offer, outgoing]: [Offer, Transfer] = [await offered, await initiated];
  return { offer, outgoing };
}

it('offers the task to another worker, with the transfer in the reservation', async () => {
  const { offer, outgoing } = await transfer(bob.sid, {
    attributes: { note: 'wants a refund' },
    priority: 7,
  });
  expect(outgoing).toMatchObject({ status: 'initiated', mode: 'WARM', type: 'WORKER', to: bob.sid });
  expect(offer.task).toMatchObject({
    status: 'reserved',
    priority: 7,
    attributes: { note: 'wants a refund' },
  });
  const incoming = { status: 'initiated', workerSid: alice.sid, reservationSid: reservation.sid };
  expect(offer.transfer).toMatchObject(incoming);
  expect(offer.task.transfers.incoming).toMatchObject(incoming);
});

it('is completed when the other worker accepts, and leaves the task with that worker', async () => {
  const { offer, outgoing } = await transfer(bob.sid);
  const completed = next(outgoing, 'completed');
  const accepted = next(offer, 'accepted');
  await offer.accept();
  await Promise.all([completed, accepted]);
  expect(outgoing.status).toBe('completed');
  const left = next(reservation, 'completed');
  await reservation.complete();
  await left;
  expect(offer.task.status).toBe('assigned');
  const done = next(offer, 'completed');
  await offer.complete();
  await done;
  expect(offer.task.status).toBe('completed');
});

it('puts the first worker into wrap-up at once when it is cold', async () => {
  const wrapUp = next(reservation, 'wrapup');
  const { offer, outgoing } = await transfer(bob.sid, { mode: 'COLD' });
  await wrapUp;
  expect(outgoing.mode).toBe('COLD');
  expect(reservation.status).toBe('wrapping');
  expect(offer.transfer.mode).toBe('COLD');
});

it('fails when the other worker rejects it, and the task is assigned again', async () => {
  const { offer, outgoing } = await transfer(bob.sid);
  const failed = next(outgoing, 'failed');
  const updated = next(reservation.task, 'updated');
  const rejected = next(offer, 'rejected');
  await offer.reject();
  await Promise.all([failed, updated, rejected]);
  expect(reservation.task.status).toBe('assigned');
  expect(offer.transfer.status).toBe('failed');
});

it('is canceled by the first worker, once', async () => {
  const { offer, outgoing } = await transfer(bob.sid);
  const canceled = [next(outgoing, 'canceled'), next(offer, 'canceled')];
  expect((await outgoing.cancel()).status).toBe('canceled');
  await Promise.all(canceled);
  expect(offer.task.status).toBe('assigned');
  expect(offer.transfer.status).toBe('canceled');
  await expect(outgoing.cancel()).rejects.toThrow(/is already canceled \. Cannot cancel transfer\./);
});

it('stays initiated in a queue while its workers reject it', async () => {
  const [queue] = await workspace.taskQueues.list();
  const { offer, outgoing } = await transfer(queue?.sid as string);
  expect(offer.transfer.type).toBe('QUEUE');
  const attempt = next(outgoing, 'attemptFailed');
  const rejected = next(offer, 'rejected');
  const unavailable = [...bob.activities.values()].find(({ available }) => !available);
  await offer.reject({ activitySid: unavailable?.sid as string });
  await Promise.all([attempt, rejected]);
  expect(offer.transfer.status).toBe('initiated');
});

it('is in the reservations that the worker loads after a reconnect', async () => {
  await transfer(bob.sid);
  const { workspaceSid } = await workspace.workers(bob.sid).fetch();
  const again = async (workerSid: string) => {
    const token = tokenFor(running, { workspaceSid, workerSid, role: 'worker' });
    return [...(await connect(running, token)).reservations.values()];
  };
  const [[outgoing], [incoming]] = await Promise.all([again(alice.sid), again(bob.sid)]);
  expect(outgoing?.task.transfers.outgoing).toMatchObject({ status: 'initiated', to: bob.sid });
  expect(incoming?.task.transfers.incoming).toMatchObject({ status: 'initiated', workerSid: alice.sid });
});

it('is refused for a worker who is not available, and for what is not there', async () => {
  const { sid } = await workspace.workers.create({ friendlyName: 'Carol' });
  await expect(reservation.task.transfer(sid, {})).rejects.toThrow(/400.*is not available/);
  await expect(reservation.task.transfer(alice.sid, {})).rejects.toThrow(/400.*who has the Task already/);
  await expect(reservation.task.transfer(`WQ${'0'.repeat(32)}`, {})).rejects.toThrow(/400.*does not exist/);
});
