import type { Reservation } from 'twilio-taskrouter';
import { startTestService, type TestService, workspaceWithAlice } from '../support/start-test-service';
import { connect, disconnectAll, next, tokenFor } from '../support/worker-sdk';

let running: TestService;
beforeEach(async () => {
  running = await startTestService();
});
afterEach(async () => {
  disconnectAll();
  await running.service.close();
});

it('connects, and accepts a reservation', async () => {
  const { workspace, alice } = await workspaceWithAlice(running.client);
  const token = tokenFor(running, { workspaceSid: alice.workspaceSid, workerSid: alice.sid, role: 'worker' });
  const worker = await connect(running, token, { logLevel: 'error' });
  expect(worker.name).toBe('Alice');
  expect(worker.activity.name).toBe('Idle');
  const offered = next(worker, 'reservationCreated');
  const task = await workspace.tasks.create({ attributes: '{"a":1}' });
  const reservation: Reservation = await offered;
  expect(reservation.task.sid).toBe(task.sid);
  expect(reservation.task.status).toBe('reserved');
  const accepted = next(reservation, 'accepted');
  await reservation.accept();
  await accepted;
  expect(reservation.task.status).toBe('assigned');
});
