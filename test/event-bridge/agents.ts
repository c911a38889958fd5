import type { Reservation, Task, Worker } from 'twilio-taskrouter';
import { startTestService, type TestService, workspaceWithAlice } from '../support/start-test-service';
import { connect, disconnectAll, next, tokenFor } from '../support/worker-sdk';

type WorkspaceContext = Awaited<ReturnType<typeof workspaceWithAlice>>['workspace'];

/** A service with Alice, who is available, and what the tests of the worker SDK do with it. */
export interface Agents extends TestService {
  readonly workspaceSid: string;
  readonly workspace: WorkspaceContext;
  readonly aliceSid: string;
  /** The activities of the workspace, by name. */
  readonly activities: Readonly<Record<string, string>>;
  token(workerSid: string, role?: 'worker' | 'supervisor', ttlSeconds?: number): string;
  /** Alice, ready. */
  alice(options?: object): Promise<Worker>;
  /** Adds another available worker. */
  addWorker(friendlyName: string): Promise<string>;
}

/** Starts a service before each test, and ends it and every connection after the test. */
export function agentsForEach(
  options: { readonly multiTaskEnabled?: boolean; readonly workflow?: Readonly<Record<string, number>> } = {},
): Agents {
  let current: Agents;
  beforeEach(async () => {
    current = await startAgents(options.multiTaskEnabled, options.workflow);
  });
  afterEach(async () => {
    disconnectAll();
    await current.service.close();
  });
  return new Proxy({} as Agents, { get: (_target, name) => Reflect.get(current, name) });
}

async function startAgents(
  multiTaskEnabled = false,
  workflow: Readonly<Record<string, number>> = {},
): Promise<Agents> {
  const running = await startTestService();
  const { workspace, alice } = await workspaceWithAlice(running.client, workflow, multiTaskEnabled);
  const { sid: aliceSid, workspaceSid, activitySid } = alice;
  const all = await workspace.activities.list();
  const token = (workerSid: string, role: 'worker' | 'supervisor' = 'worker', ttlSeconds?: number) =>
    tokenFor(running, { workspaceSid, workerSid, role }, ttlSeconds);
  return {
    ...running,
    workspaceSid,
    workspace,
    aliceSid,
    activities: Object.fromEntries(all.map(({ friendlyName, sid }) => [friendlyName, sid])),
    token,
    alice: (options) => connect(running, token(aliceSid), options),
    addWorker: async (friendlyName) => (await workspace.workers.create({ friendlyName, activitySid })).sid,
  };
}

/** Creates a task, and resolves with its reservation when the worker is offered it. */
export async function offered(agents: Agents, worker: Worker, attributes: object = {}): Promise<Reservation> {
  const offer = next(worker, 'reservationCreated') as Promise<Reservation>;
  await agents.workspace.tasks.create({ attributes: JSON.stringify(attributes) });
  return offer;
}

/** The same, accepted. */
export async function accepted(agents: Agents, worker: Worker): Promise<Reservation & { task: Task }> {
  const reservation = await offered(agents, worker);
  await all([next(reservation, 'accepted'), reservation.accept()]);
  return reservation;
}

export const all = (steps: readonly Promise<unknown>[]) => Promise.all(steps);
