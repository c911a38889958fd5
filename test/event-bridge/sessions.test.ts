import { once } from 'node:events';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Worker } from 'twilio-taskrouter';
import { basicAuthorization } from '../../src/common/http-basic';
import type { EventBridgeLimits } from '../../src/taskrouter/http/options';
import { MemoryStore } from '../../src/taskrouter/store/memory';
import { BridgeSocket } from '../support/bridge-socket';
import { startTestService, type TestService, workspaceWithAlice } from '../support/start-test-service';
import { testAccount } from '../support/start-test-taskrouter';
import { connect, disconnectAll, newWorker, next, tokenFor } from '../support/worker-sdk';

const running: TestService[] = [];
afterEach(async () => {
  disconnectAll();
  BridgeSocket.closeAll();
  for (const { service } of running.splice(0)) await service.close();
});

async function start(
  options: {
    readonly eventBridge?: EventBridgeLimits;
    readonly store?: MemoryStore;
    readonly port?: number;
  } = {},
) {
  const started = await startTestService(options);
  running.push(started);
  const { workspace, alice } = await workspaceWithAlice(started.client);
  const grant = { workspaceSid: alice.workspaceSid, workerSid: alice.sid, role: 'worker' as const };
  const token = (ttlSeconds?: number) => tokenFor(started, grant, ttlSeconds);
  const open = (query: object = {}, headers: object = {}) =>
    new BridgeSocket(started.service.url, { token: token(), ...query }, headers);
  /** A connection that has begun. */
  const begun = async (query?: object) => {
    const socket = open(query);
    await socket.message('init');
    return socket;
  };
  const activityOf = async () => (await workspace.workers(alice.sid).fetch()).activityName;
  return { ...started, workspace, alice, grant, token, open, begun, activityOf };
}

it('begins with the worker, the workspace, and the lifetime of the token', async () => {
  const { open, alice, token, clock } = await start();
  const text = token();
  await clock.advance(600_000);
  expect(await open({ token: text }).message('init')).toEqual({
    event_type: 'init',
    payload: {
      channel_id: alice.sid,
      account_sid: testAccount.sid,
      workspace_sid: alice.workspaceSid,
      token_lifetime: 3_000_000,
    },
  });
});

it('sends blank messages as heartbeats', async () => {
  const { open } = await start({ eventBridge: { heartbeatMs: 50 } });
  await open().heartbeats(3);
});

it('disconnects a client that no longer responds to pings', async () => {
  const { begun, workspace, alice } = await start({ eventBridge: { heartbeatMs: 20 } });
  const socket = await begun({ setWorkerOfflineIfDisconnected: 'true' });
  const { service } = running[0] as TestService;
  const gone = new Promise<void>((resolve) => service.taskRouter.onCommit(() => resolve()));
  socket.pause();
  await gone;
  expect((await workspace.workers(alice.sid).fetch()).activityName).toBe('Offline');
});

it('sends every message of a worker, in the order of the events', async () => {
  const { begun, workspace, alice } = await start();
  const socket = await begun();
  const { sid } = await workspace.tasks.create({ attributes: '{"a":1}' });
  const [reservation] = await workspace.tasks(sid).reservations.list();
  const update = (reservationStatus: 'accepted' | 'wrapping' | 'completed') =>
    workspace
      .workers(alice.sid)
      .reservations(reservation?.sid as string)
      .update({ reservationStatus });
  // All in one commit, and yet each message shows the task of its moment.
  await Promise.all([
    update('accepted'),
    workspace.tasks(sid).update({ attributes: '{"a":2}' }),
    workspace.workers(alice.sid).update({ attributes: '{"level":1}' }),
  ]);
  await update('wrapping');
  await update('completed');
  await socket.message('reservation.completed');
  const shown = socket.messages().map(({ event_type, payload }) => {
    const task = payload.task ?? (payload.assignment_status ? payload : undefined);
    return task ? `${event_type} ${task.assignment_status} ${task.attributes}` : event_type;
  });
  expect(shown.slice(0, 3)).toEqual([
    'init',
    'reservation.created reserved {"a":1}',
    'worker.activity.update',
  ]);
  expect(shown.slice(3, 7).sort()).toEqual([
    'reservation.accepted assigned {"a":1}',
    'task.updated assigned {"a":2}',
    'worker.activity.update',
    'worker.attributes.update',
  ]);
  expect(shown.slice(7)).toEqual([
    'task.wrapup wrapping {"a":2}',
    'reservation.wrapup wrapping {"a":2}',
    'task.completed completed {"a":2}',
    'reservation.completed completed {"a":2}',
  ]);
});

it('sends a message only once it is durable', async () => {
  class SlowStore extends MemoryStore {
    release: (() => void) | null = null;
    isSlow = false;
    override async commitBatch(...batch: Parameters<MemoryStore['commitBatch']>): Promise<void> {
      if (this.isSlow)
        await new Promise<void>((resolve) => {
          this.release = resolve;
        });
      return super.commitBatch(...batch);
    }
  }
  const store = new SlowStore();
  const { begun, workspace, service, alice } = await start({ store });
  const socket = await begun();
  store.isSlow = true;
  const updated = workspace.workers(alice.sid).update({ attributes: '{"level":1}' });
  while (!store.release) await new Promise((resolve) => setImmediate(resolve));
  // The engine has decided, and a round trip shows that nothing was sent.
  expect(service.taskRouter.view.find('workers', alice.sid)?.attributes.text).toBe('{"level":1}');
  await fetch(`${service.url}/healthz`);
  expect(socket.messages().map(({ event_type }) => event_type)).toEqual(['init']);
  store.isSlow = false;
  store.release();
  await updated;
  expect(await socket.message('worker.attributes.update')).toMatchObject({ payload: { version: 1 } });
});

it('sends a worker nothing about tasks of others', async () => {
  const { begun, workspace, alice } = await start();
  const bob = await workspace.workers.create({ friendlyName: 'Bob', activitySid: alice.activitySid });
  const socket = await begun();
  const { sid } = await workspace.tasks.create({ attributes: '{}', routingTarget: bob.sid });
  await workspace.tasks(sid).update({ attributes: '{"a":1}' });
  await workspace.workers(bob.sid).update({ attributes: '{"a":1}' });
  await workspace.workers(alice.sid).update({ attributes: '{"end":1}' });
  await socket.message('worker.attributes.update');
  expect(socket.messages().map(({ event_type }) => event_type)).toEqual(['init', 'worker.attributes.update']);
});

it('sends every session of a worker the same', async () => {
  const { begun, workspace, alice } = await start();
  const [first, second] = [await begun(), await begun()];
  await workspace.workers(alice.sid).update({ attributes: '{"level":1}' });
  const type = 'worker.attributes.update';
  expect(await first.message(type)).toEqual(await second.message(type));
});

it('closes the other sessions of the worker if a new one asks for it', async () => {
  const { begun } = await start();
  const first = await begun();
  const closed = first.closed();
  await begun({ closeExistingSessions: 'true' });
  expect(await closed).toEqual({ code: 1000, reason: 'Another session was opened' });
});

describe('setWorkerOfflineIfDisconnected', () => {
  const disconnected = async (socket: BridgeSocket, { service }: TestService) => {
    const committed = new Promise<void>((resolve) => service.taskRouter.onCommit(() => resolve()));
    socket.terminate();
    await committed;
  };

  it('sets the worker Offline with the last session', async () => {
    const bench = await start();
    const [first, second] = [
      await bench.begun({ setWorkerOfflineIfDisconnected: 'true' }),
      await bench.begun({ setWorkerOfflineIfDisconnected: 'true' }),
    ];
    const closed = first.closed();
    first.terminate();
    await closed;
    await fetch(`${bench.service.url}/healthz`);
    expect(await bench.activityOf()).toBe('Idle');
    await disconnected(second, bench);
    expect(await bench.activityOf()).toBe('Offline');
  });

  it('does nothing for a session that another one replaces', async () => {
    const bench = await start();
    const first = await bench.begun({ setWorkerOfflineIfDisconnected: 'true' });
    const closed = first.closed();
    await bench.begun({ closeExistingSessions: 'true' });
    await closed;
    await fetch(`${bench.service.url}/healthz`);
    expect(await bench.activityOf()).toBe('Idle');
  });

  it.each([
    ['stays in its activity', true, 'Idle'],
    ['goes Offline', false, 'Offline'],
  ])('gives a new token ten seconds to connect, and the worker %s', async (_what, isRenewed, expected) => {
    const bench = await start();
    const socket = await bench.begun({ token: bench.token(60), setWorkerOfflineIfDisconnected: 'true' });
    const closed = socket.closed();
    await bench.clock.advance(60_000);
    await closed;
    if (isRenewed) await bench.begun();
    await fetch(`${bench.service.url}/healthz`);
    expect(await bench.activityOf()).toBe('Idle');
    await bench.clock.advance(10_000);
    expect(await bench.activityOf()).toBe(expected);
  });

  it('does nothing after a reset for a token that expired before', async () => {
    const bench = await start();
    const socket = await bench.begun({ token: bench.token(60), setWorkerOfflineIfDisconnected: 'true' });
    const closed = socket.closed();
    await bench.clock.advance(60_000);
    await closed;
    await bench.service.clear();
    expect(bench.clock.next()).toBeNull();
  });

  it('uses the timeout activity in a workspace without Offline', async () => {
    const bench = await start();
    const [busy] = await bench.workspace.activities.list({ friendlyName: 'Busy' });
    const [offline] = await bench.workspace.activities.list({ friendlyName: 'Offline' });
    await bench.workspace.update({ timeoutActivitySid: busy?.sid as string });
    await bench.workspace.activities(offline?.sid as string).update({ friendlyName: 'Away' });
    await disconnected(await bench.begun({ setWorkerOfflineIfDisconnected: 'true' }), bench);
    expect(await bench.activityOf()).toBe('Busy');
  });

  it.each([{}, { setWorkerOfflineIfDisconnected: 'false' }])('does nothing with %j', async (query) => {
    const { begun, activityOf, service } = await start();
    const socket = await begun(query);
    const closed = socket.closed();
    socket.terminate();
    await closed;
    await fetch(`${service.url}/healthz`);
    expect(await activityOf()).toBe('Idle');
  });

  it('does nothing when the service is reset', async () => {
    const bench = await start();
    const socket = await bench.begun({ setWorkerOfflineIfDisconnected: 'true' });
    const closed = socket.closed();
    await bench.service.clear();
    expect(await closed).toEqual({ code: 1012, reason: 'The TaskRouter was reset' });
  });
});

describe('an Access Token', () => {
  it('ends its session when it expires, by the virtual clock', async () => {
    const { begun, clock, open, token } = await start();
    const text = token(60);
    const socket = await begun({ token: text });
    const closed = socket.closed();
    await clock.advance(60_000);
    expect(await closed).toEqual({ code: 4001, reason: 'The Access Token has expired' });
    expect(await open({ token: text }).closed()).toMatchObject({ code: 4001 });
  });

  it('that expires is announced by the SDK, which then takes a new one', async () => {
    const bench = await start();
    const text = bench.token(60);
    // Shortly before the SDK announces it: five seconds before it expires.
    await bench.clock.advance(54_990);
    const worker = newWorker(bench, text);
    await Promise.all([next(worker, 'tokenExpired'), next(worker, 'ready')]);
    const disconnected = next(worker, 'disconnected');
    await bench.clock.advance(5_010);
    await disconnected;
    const ready = next(worker, 'ready');
    worker.updateToken(bench.token());
    await ready;
  });

  it.each([
    ['forged', (bench: Bench) => `${bench.token()}x`, 'Invalid Access Token signature'],
    ['missing', () => '', 'Invalid Access Token'],
    [
      'an admin',
      (bench: Bench) => tokenFor(bench, { ...bench.grant, workerSid: null, role: 'admin' }),
      'Invalid Access Token grants',
    ],
    [
      'for a worker that does not exist',
      (bench: Bench) => tokenFor(bench, { ...bench.grant, workerSid: `WK${'f'.repeat(32)}` }),
      'Invalid Access Token grants: there is no such Workspace, or no such Worker in it',
    ],
  ])('that is %s closes the connection with a reason', async (_name, tokenOf, reason) => {
    const bench = await start();
    const { code, reason: given } = await bench.open({ token: tokenOf(bench) }).closed();
    expect({ code, given }).toEqual({ code: 4001, given: expect.stringContaining(reason) });
  });
});
type Bench = Awaited<ReturnType<typeof start>>;

it.each([
  ['', (bench: Bench) => bench.workspace.workers(bench.alice.sid).remove()],
  [' with its workspace', (bench: Bench) => bench.workspace.remove()],
])('closes the session of a worker that is deleted%s', async (_how, remove) => {
  const bench = await start();
  const socket = await bench.begun();
  const closed = socket.closed();
  await remove(bench);
  expect(await closed).toEqual({ code: 4001, reason: 'The Worker was deleted' });
});

it.each([
  ['a valid token', (bench: Bench) => bench.token(), 1009],
  ['a forged token', (bench: Bench) => `${bench.token()}x`, 4001],
])('is not harmed by a client with %s that sends too much', async (_name, tokenOf, expected) => {
  const bench = await start();
  const socket = bench.open({ token: tokenOf(bench) });
  socket.send('x'.repeat(100_000));
  expect(await socket.closed()).toMatchObject({ code: expected });
  expect((await fetch(`${bench.service.url}/healthz`)).status).toBe(200);
});

it('disconnects a client that does not read', async () => {
  const { begun, service, alice } = await start({ eventBridge: { maxBufferedBytes: 100_000 } });
  const socket = await begun();
  socket.pause();
  const { workspaceSid, sid: workerSid } = alice;
  // More than the buffers of the system hold.
  for (let round = 0; round < 4000; round += 1) {
    const text = JSON.stringify({ round, filling: 'x'.repeat(4000) });
    const attributes = { text, value: JSON.parse(text) };
    void service.taskRouter.execute({ type: 'UpdateWorker', workspaceSid, workerSid, attributes });
  }
  await service.taskRouter.read(() => undefined);
  const closed = socket.closed();
  socket.resume();
  expect(await closed).toMatchObject({ code: 1006 });
  expect(socket.messages().length).toBeLessThan(4001);
});

it('reconnects after the service has stopped and started again', async () => {
  const first = await start();
  const worker = await connect(first, first.token());
  immediately(worker);
  const disconnected = next(worker, 'disconnected') as Promise<unknown>;
  const { port } = new URL(first.service.url);
  await first.service.close();
  running.length = 0;
  expect(await disconnected).toEqual({ message: 'The TaskRouter is stopping' });
  const ready = next(worker, 'ready');
  await start({ port: Number(port) });
  await ready;
  expect(worker.name).toBe('Alice');
});

/** The SDK waits for a second or more before it connects again. */
function immediately(worker: Worker): void {
  const { _signaling } = worker as unknown as { _signaling: { generateBackOffInterval(): number } };
  _signaling.generateBackOffInterval = () => 10;
}

it('reports an error and tries again when it cannot connect', async () => {
  const bench = await start();
  const worker = newWorker(bench, bench.token(), { wsServer: 'ws://127.0.0.1:9/v1/wschannels' });
  expect(await next(worker, 'error')).toMatchObject({ message: "Could not connect to Twilio's servers." });
});

describe('an upgrade', () => {
  it.each([
    ['/v1/elsewhere', {}, 404],
    ['/v1/wschannels', { host: 'evil.example' }, 403],
  ])('of %s with %j is refused', async (path, headers, expected) => {
    const { service } = await start();
    const outgoing = request(`${service.url}${path}`, {
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
        ...headers,
      },
    });
    outgoing.end();
    const [response] = await once(outgoing, 'response');
    expect(response.statusCode).toBe(expected);
    response.resume();
  });

  it('takes any origin', async () => {
    const { open } = await start();
    await open({}, { origin: 'https://agents.example' }).message('init');
  });

  it('to another protocol is handled as an ordinary request', async () => {
    const { service, workspace, alice } = await start();
    const outgoing = request(`${service.url}/v1/Workspaces/${alice.workspaceSid}/Workers`, {
      method: 'POST',
      headers: {
        authorization: basicAuthorization(testAccount.sid, testAccount.authToken),
        'content-type': 'application/x-www-form-urlencoded',
        // As Java's HTTP client sends it.
        connection: 'Upgrade, HTTP2-Settings',
        upgrade: 'h2c',
        'http2-settings': 'AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA',
      },
    });
    outgoing.end('FriendlyName=Bob');
    const [response] = await once(outgoing, 'response');
    expect(response.statusCode).toBe(201);
    expect(JSON.parse(await text(response))).toMatchObject({ friendly_name: 'Bob' });
    expect((await workspace.workers.list()).map(({ friendlyName }) => friendlyName)).toEqual([
      'Alice',
      'Bob',
    ]);
  });
});
