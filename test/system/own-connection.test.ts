import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { connectionOwner, isOwnRequest } from '../../src/system/own-connection';
import { readSocketTables, userOfRemoteEnd } from '../../src/system/socket-table';

const header =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';
const row = (ends: string, user: number, inode: number, state = '01') =>
  `   7: ${ends} ${state} 00000000:00000000 00:00000000 00000000  ${user}        0 ${inode} 1 0000000000000000 20 4 30 10 -1\n`;

/** Our server's port is 4040 (0FC8), the client's 50000 (C350). */
const ofClient = { remotePort: 50_000, localPort: 4040 };
const ipv4 = { ...ofClient, remoteAddress: '127.0.0.1', localAddress: '127.0.0.1' };
const mapped = { ...ofClient, remoteAddress: '::ffff:127.0.0.1', localAddress: '::ffff:127.0.0.1' };
const ipv6 = { ...ofClient, remoteAddress: '::1', localAddress: '::1' };
const client4 = '0100007F:C350 0100007F:0FC8';
const server4 = '0100007F:0FC8 0100007F:C350';
const client6 = `${'0'.repeat(24)}01000000:C350 ${'0'.repeat(24)}01000000:0FC8`;
const clientMapped = `${'0'.repeat(16)}FFFF00000100007F:C350 ${'0'.repeat(16)}FFFF00000100007F:0FC8`;
const tables = (tcp: string, tcp6 = '') => ({ tcp: header + tcp, tcp6: header + tcp6 });

describe('the user at the remote end of a connection', () => {
  it.each([
    ['an IPv4 socket', ipv4, tables(row(server4, 0, 11) + row(client4, 1000, 12))],
    ['an IPv4 socket at a server that listens on ::', mapped, tables(row(client4, 1000, 12))],
    ['an IPv6 socket', ipv6, tables('', row(client6, 1000, 12))],
    ['an IPv6 socket that connects to an IPv4 address', ipv4, tables('', row(clientMapped, 1000, 12))],
    ['an IPv6 socket with a scope', { ...ipv6, remoteAddress: '::1%lo' }, tables('', row(client6, 1000, 12))],
  ])('is in the row of %s', (_what, connection, given) => {
    expect(userOfRemoteEnd(connection, given)).toBe(1000);
  });

  it.each([
    ['no row', ''],
    ["only our own server's row", row(server4, 0, 11)],
    ['a connection to another port', row('0100007F:C350 0100007F:0FC9', 0, 12)],
    ['a socket that its process has closed', row(client4, 0, 0, '06')],
    ['a row without its end', row(client4, 0, 12).slice(0, 60)],
  ])('is unknown with %s', (_what, rows) => {
    expect(userOfRemoteEnd(ipv4, tables(rows))).toBeUndefined();
  });

  it('is found among 20,000 sockets', () => {
    const others = Array.from({ length: 20_000 }, (_, index) =>
      row(`0100007F:${(index + 1024).toString(16).toUpperCase().padStart(4, '0')} 0100007F:0FC9`, 0, 7),
    ).join('');
    expect(userOfRemoteEnd(ipv4, tables(others + row(client4, 1000, 12)))).toBe(1000);
  });
});

describe('a connection', () => {
  const owner = (rows: string, ownUser = 1000) =>
    connectionOwner({ platform: 'linux', ownUser, readTables: async () => tables(rows) });

  it.each([
    ['the same user', 1000, true],
    ['root', 0, true],
    ['another user', 1001, false],
  ])('of %s: %d', async (_who, user, expected) => {
    expect(await owner(row(client4, user, 12))({ ...ipv4 })).toBe(expected);
  });

  it('is not our own if it is not in the tables, or the tables cannot be read', async () => {
    const readTables = async () => Promise.reject(new Error('EACCES'));
    expect(await owner('')({ ...ipv4 })).toBe(false);
    expect(await connectionOwner({ platform: 'linux', ownUser: 1000, readTables })({ ...ipv4 })).toBe(false);
  });

  it('is looked up again if the tables missed it', async () => {
    const answers = [tables(''), tables(row(client4, 1000, 12))];
    const readTables = async () => answers.shift() ?? tables('');
    expect(await connectionOwner({ platform: 'linux', ownUser: 1000, readTables })({ ...ipv4 })).toBe(true);
  });

  it('is looked up once, and connections at the same time share a reading', async () => {
    let readings = 0;
    const readTables = async () => {
      readings += 1;
      return tables(row(client4, 1000, 12));
    };
    const owns = connectionOwner({ platform: 'linux', ownUser: 1000, readTables });
    const one = { ...ipv4 };
    await owns(one);
    await owns(one);
    expect(readings).toBe(1);
    await Promise.all(Array.from({ length: 50 }, () => owns({ ...ipv4 })));
    expect(readings).toBe(3);
  });

  it('counts as our own on systems that do not tell', async () => {
    expect(await connectionOwner({ platform: 'darwin' })({ ...ipv4 })).toBe(true);
    expect(await connectionOwner({ platform: 'win32', ownUser: undefined })({ ...ipv4 })).toBe(true);
  });
});

describe('a request', () => {
  const asks = (headers: object, remoteAddress = '127.0.0.1') =>
    isOwnRequest({ headers, socket: { remoteAddress } } as unknown as IncomingMessage, async () => true);

  it.each([
    ['under a loopback name', { host: 'localhost:4040' }, '127.0.0.1', true],
    ['over IPv6', { host: '[::1]:4040' }, '::1', true],
    ['from another computer', { host: 'localhost:4040' }, '192.168.1.7', false],
    ['under a name that can be rebound', { host: 'evil.example:4040' }, '127.0.0.1', false],
    ['without a name', {}, '127.0.0.1', false],
    ['through a tunnel', { host: 'localhost:4040', 'x-forwarded-for': '1.2.3.4' }, '127.0.0.1', false],
  ])('%s', async (_how, headers, address, expected) => {
    expect(await asks(headers, address)).toBe(expected);
  });
});

const isRootOnLinux = process.platform === 'linux' && process.geteuid?.() === 0;
const nobody = 65_534;

(isRootOnLinux ? describe : describe.skip)('with the tables of this computer', () => {
  const owns = connectionOwner({ ownUser: 4711 });
  let server: Server;
  let client: Socket;
  let accepted: Socket;
  afterEach(async () => {
    client.destroy();
    accepted.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  async function connectAs(user: number, listenOn: string, address: string): Promise<void> {
    server = createServer().listen(0, listenOn);
    await once(server, 'listening');
    const arrives = once(server, 'connection');
    process.seteuid?.(user);
    try {
      client = connect((server.address() as AddressInfo).port, address);
      await once(client, 'connect');
    } finally {
      process.seteuid?.(0);
    }
    [accepted] = await arrives;
  }

  it.each([
    ['127.0.0.1', '127.0.0.1'],
    ['::', '127.0.0.1'],
    ['::1', '::1'],
  ])('tells users apart: listening on %s, called at %s', async (listenOn, address) => {
    await connectAs(nobody, listenOn, address);
    expect(userOfRemoteEnd(accepted, await readSocketTables())).toBe(nobody);
    expect(await owns(accepted)).toBe(false);
    expect(await connectionOwner({ ownUser: nobody })(accepted)).toBe(true);
  });

  it('accepts root', async () => {
    await connectAs(0, '127.0.0.1', '127.0.0.1');
    expect(await owns(accepted)).toBe(true);
  });

  it('does not take a connection for that of root because its client has closed it', async () => {
    await connectAs(nobody, '127.0.0.1', '127.0.0.1');
    const ended = once(accepted.resume(), 'end');
    client.destroy();
    await ended;
    expect(await owns(accepted)).toBe(false);
  });
});
