import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { guardConnections } from '../../src/system/connection-guard';
import { finishRequests } from '../../src/system/finish-requests';
import { RawConnection } from '../support/raw-http';

const head = 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n';
const opened: RawConnection[] = [];
let server: Server;
let respond: () => void = () => undefined;

beforeEach(async () => {
  server = createServer((_request, response) => {
    respond = () => response.end('here');
    server.emit('received');
  });
  guardConnections(server, { maxBodyBytes: 1 }, (status) => ({ status, body: {} }));
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterEach(() => {
  for (const { socket } of opened.splice(0)) socket.destroy();
});

async function connection(): Promise<RawConnection> {
  const accepted = once(server, 'connection');
  const connection = await RawConnection.open((server.address() as AddressInfo).port);
  opened.push(connection);
  await accepted;
  return connection;
}

/** A connection on which a request has begun to arrive. */
async function slowConnection(): Promise<RawConnection> {
  const accepted: Promise<Socket[]> = once(server, 'connection');
  const slow = await connection();
  const [socket] = await accepted;
  slow.write(head);
  while (socket?.bytesRead === 0) await nextTurn();
  return slow;
}

const finish = (graceMs: number) =>
  finishRequests(server, graceMs, new Promise((resolve) => server.close(resolve)));

it('does not wait for a connection without a request, as a browser opens in advance', async () => {
  const silent = await connection();
  await finish(60_000);
  expect(await silent.closed).toBe('');
});

it('does not wait for a connection that is kept open after its response', async () => {
  const kept = await connection();
  const received = once(server, 'received');
  kept.write(`${head}\r\n`);
  await received;
  const finished = finish(60_000);
  respond();
  await finished;
  expect(await kept.closed).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*here$/);
});

it('waits for a request that has begun to arrive, and then closes its connection', async () => {
  const slow = await slowConnection();
  await finish(50);
  expect(await slow.closed).toBe('');
});

it('lets a request arrive and be answered while it waits', async () => {
  const slow = await slowConnection();
  const received = once(server, 'received');
  const finished = finish(60_000);
  slow.write('\r\n');
  await received;
  respond();
  await finished;
  expect(await slow.closed).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
});
