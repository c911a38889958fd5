import type { Worker } from 'twilio-taskrouter';
import { AgentSession, type AgentState } from '../../assets/agent/agent-session';
import { aResponse } from '../page/samples';
import { startTestService, type TestService, workspaceWithAlice } from '../support/start-test-service';
import { disconnectAll, newWorker, tokenFor } from '../support/worker-sdk';

let running: TestService;
let sessions: AgentSession[];
beforeEach(async () => {
  running = await startTestService();
  sessions = [];
});
afterEach(async () => {
  for (const session of sessions) session.stop();
  disconnectAll();
  await running.service.close();
});

type Options = ConstructorParameters<typeof AgentSession>[0];

/**
 * Alice's page, with the genuine SDK.
 * @param statusOf the next response of /worker-token
 */
async function begin(part: Partial<Options> = {}, statusOf = () => 200) {
  const { workspace, alice } = await workspaceWithAlice(running.client, {}, true);
  const grant = { workspaceSid: alice.workspaceSid, workerSid: alice.sid, role: 'worker' as const };
  const tokens: string[] = [];
  const workers: Worker[] = [];
  const session = new AgentSession({
    worker: 'Alice',
    pageUrl: 'http://127.0.0.1:3000/agent.html',
    invoke: async (name) => {
      const token = tokenFor(running, grant);
      tokens.push(token);
      return aResponse(statusOf(), { token, event_bridge_url: null }, { name });
    },
    connect: (token) => {
      const worker = newWorker(running, token);
      workers.push(worker);
      return worker;
    },
    alerts: { offered: () => undefined, ended: () => undefined },
    ...part,
    timing: { lostAfterMs: 0, restartAfterMs: 300, retryAfterMs: 10, ...part.timing },
  });
  sessions.push(session);
  void session.start();
  return { session, workspace, alice, tokens, workers };
}

/** Resolves as soon as the state of the page is like this. */
function until(session: AgentSession, isSo: (state: AgentState) => boolean): Promise<AgentState> {
  return new Promise((resolve) => {
    const check = () => {
      if (!isSo(session.state)) return;
      end();
      resolve(session.state);
    };
    const end = session.subscribe(check);
    check();
  });
}

const ready = ({ connection }: AgentState) => connection.state === 'ready';
const statuses = ({ reservations }: AgentState) => reservations.map(({ status }) => status).join();
const has = (expected: string) => (state: AgentState) => statuses(state) === expected;

it('opens the phone of the worker next to a local TaskRouter, and not on Twilio', async () => {
  const opened: string[] = [];
  for (const event_bridge_url of [null, 'http://127.0.0.1:4040/v1/wschannels']) {
    const session = new AgentSession({
      worker: 'Alice',
      pageUrl: 'http://127.0.0.1:3000/agent.html',
      invoke: async (name) =>
        aResponse(200, { token: 'token', worker_sid: 'WKalice', event_bridge_url }, { name }),
      connect: () => ({ on: () => undefined, disconnect: () => undefined }) as unknown as Worker,
      alerts: { offered: () => undefined, ended: () => undefined },
      openPhone: (workerSid) => opened.push(workerSid),
      timing: { renewAfterMs: () => 60_000 },
    });
    sessions.push(session);
    await session.start();
  }
  expect(opened).toEqual(['WKalice']);
});

it('takes several tasks at once from offer to completion', async () => {
  const { session, workspace } = await begin();
  await until(session, ready);
  expect(session.state.agent).toMatchObject({ name: 'Alice', activity: { available: true } });
  await workspace.tasks.create({ attributes: '{"customer":"Ann"}', taskChannel: 'default' });
  await until(session, has('pending'));
  const [first] = session.state.reservations;
  await session.act(first?.sid ?? '', 'accept');
  await workspace.tasks.create({ attributes: '{"customer":"Ben"}', taskChannel: 'chat' });
  await until(session, has('pending,accepted'));
  const [second] = session.state.reservations;
  await session.act(second?.sid ?? '', 'accept');
  await session.act(first?.sid ?? '', 'wrap');
  await until(session, has('accepted,wrapping'));
  await session.act(first?.sid ?? '', 'complete');
  await until(session, has('completed,accepted'));
  expect(session.state.announcement).toMatch(/^customer Ann: Completed/);
  session.dismiss(first?.sid ?? '');
  expect(statuses(session.state)).toBe('accepted');
});

it('tells an offer that timed out, and where that leaves the worker', async () => {
  const { session, workspace } = await begin();
  await until(session, ready);
  await workspace.tasks.create({ attributes: '{}' });
  await until(session, has('pending'));
  const timeoutMs = session.state.reservations[0]?.timeoutMs ?? 0;
  await running.clock.advance(timeoutMs);
  const state = await until(session, has('timeout'));
  expect(state.reservations[0]?.ending).toMatch('The time to accept is over.');
  const { agent } = await until(session, ({ agent }) => agent?.activity.available === false);
  expect(agent?.activity.activity_name).toBe('Offline');
});

it('shows at the reservation why an action failed', async () => {
  const { session, workspace } = await begin();
  await until(session, ready);
  const task = await workspace.tasks.create({ attributes: '{}' });
  await until(session, has('pending'));
  const sid = session.state.reservations[0]?.sid ?? '';
  await session.act(sid, 'wrap');
  expect(session.state.reservations[0]?.error).toMatch(/400/);
  await workspace.tasks(task.sid).update({ assignmentStatus: 'canceled', reason: 'hung up' });
  await until(session, has('canceled'));
  expect(session.state.reservations[0]).toMatchObject({ error: null });
});

it('reconnects after an interruption, and says what ended meanwhile', async () => {
  const { session, workspace, workers } = await begin();
  await until(session, ready);
  const task = await workspace.tasks.create({ attributes: '{}' });
  await until(session, has('pending'));
  workers.at(-1)?.disconnect();
  await workspace.tasks(task.sid).update({ assignmentStatus: 'canceled', reason: 'hung up' });
  await until(session, ({ connection }) => connection.state === 'lost');
  await until(session, ready);
  const state = await until(session, has('canceled'));
  expect(state.reservations).toHaveLength(1);
  expect(workers.length).toBeGreaterThan(1);
});

it('renews its token before it expires', async () => {
  let renewals = 0;
  const renewAfterMs = () => {
    renewals += 1;
    return renewals > 2 ? 60_000 : 0;
  };
  const { session, workers, tokens } = await begin({ timing: { renewAfterMs } });
  const updated = new Promise((resolve) => {
    void until(session, () => workers.length > 0).then(() =>
      workers[0]?.on('tokenUpdated', () => resolve(0)),
    );
  });
  await until(session, ready);
  await updated;
  expect(workers).toHaveLength(1);
  expect(tokens.length).toBeGreaterThan(1);
});

it('says so if it is signed out when its token expires, and asks no more until the agent is back', async () => {
  const statuses = [200, 401, 200];
  const { session, workers, tokens } = await begin({}, () => statuses.shift() ?? 500);
  await until(session, ready);
  workers[0]?.emit('tokenExpired');
  await until(session, ({ connection }) => connection.state === 'signed-out');
  session.resume();
  await until(session, ready);
  expect(tokens).toHaveLength(3);
});

it('says what is wrong, and connects as soon as it can', async () => {
  const refusal = { code: 'worker_not_found', message: 'No worker is named “Alice”.' };
  const { session } = await begin({ invoke: async (name) => aResponse(404, refusal, { name }) });
  const { connection } = await until(session, ({ connection }) => connection.state !== 'connecting');
  expect(connection).toEqual({ state: 'refused', message: refusal.message });
});

it('stays signed out until the agent comes back to the page', async () => {
  let status = 401;
  const { session } = await begin({}, () => status);
  await until(session, ({ connection }) => connection.state === 'signed-out');
  status = 200;
  session.resume();
  await until(session, ready);
});
