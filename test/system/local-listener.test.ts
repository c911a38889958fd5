import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createNetServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { type LocalListener, listenLocally } from '../../src/system/local-listener';
import { networkUrls } from '../../src/system/network-urls';

let server: Server;
let listener: LocalListener | undefined;
beforeEach(() => {
  listener = undefined;
  server = createServer((_request, response) => response.setHeader('Connection', 'close').end('here'));
});
afterEach(() => Promise.all([new Promise((resolve) => server.close(resolve)), listener?.close()]));

async function listenOn(host: string, port = 0): Promise<LocalListener> {
  listener = await listenLocally(server, { host, port }, async (at) => {
    server.listen(at);
    await once(server, 'listening');
  });
  return listener;
}

const fetched = async (url: string) => (await fetch(url)).text();

/** An address of this computer that others use; a machine without a network has none. */
const [ownAddress] = Object.values(networkInterfaces())
  .flatMap((addresses = []) => addresses)
  .filter(({ internal, family }) => !internal && family === 'IPv4')
  .map(({ address }) => address);
const onNetwork = ownAddress === undefined ? it.skip : it;

it.each([
  ['127.0.0.1', '127.0.0.1'],
  ['localhost', 'localhost'],
  ['::1', '[::1]'],
  ['0.0.0.0', '127.0.0.1'],
  ['0', '127.0.0.1'],
  ['::', '127.0.0.1'],
])('is reached on a loopback address when it listens on %s', async (host, name) => {
  const { url, port } = await listenOn(host);
  expect(url).toBe(`http://${name}:${port}`);
  expect(await fetched(url)).toBe('here');
});

onNetwork('listens on loopback, too, beside an address of the network, with the same port', async () => {
  const { url, port } = await listenOn(ownAddress ?? '');
  expect(url).toBe(`http://127.0.0.1:${port}`);
  expect([await fetched(url), await fetched(`http://${ownAddress}:${port}`)]).toEqual(['here', 'here']);
});

onNetwork('fails, and leaves nothing open, if one of the two addresses is in use', async () => {
  const other = createNetServer().listen(0, ownAddress);
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  await expect(listenOn(ownAddress ?? '', port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await expect(fetched(`http://127.0.0.1:${port}`)).rejects.toThrow('fetch failed');
  await new Promise((resolve) => other.close(resolve));
});

const address = (text: string, family: 'IPv4' | 'IPv6', internal = false) => ({
  address: text,
  family,
  internal,
});
const interfaces = (...addresses: object[]) => ({ any: addresses }) as ReturnType<typeof networkInterfaces>;

it('names the addresses under which other computers reach it', () => {
  const all = interfaces(
    address('127.0.0.1', 'IPv4', true),
    address('192.168.1.5', 'IPv4'),
    address('fe80::1', 'IPv6'),
    address('fd00::1', 'IPv6'),
  );
  expect(networkUrls('0.0.0.0', 3000, all)).toEqual(['http://192.168.1.5:3000']);
  expect(networkUrls('::', 3000, interfaces(address('fd00::1', 'IPv6')))).toEqual(['http://[fd00::1]:3000']);
  expect(networkUrls('192.168.1.5', 3000, all)).toEqual(['http://192.168.1.5:3000']);
  expect(networkUrls('127.0.0.1', 3000, all)).toEqual([]);
  expect(networkUrls('localhost', 3000, all)).toEqual([]);
});
