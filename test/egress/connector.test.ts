import type { LookupAddress } from 'node:dns';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { Agent, request } from 'undici';
import { checkedConnector, type Resolve } from '../../src/taskrouter/egress/connector';
import { EgressRule } from '../../src/taskrouter/egress/egress-rule';

const hosts: (string | undefined)[] = [];
let server: Server;
let port: number;
let agent: Agent | undefined;

beforeAll(async () => {
  server = createServer((incoming, response) => {
    hosts.push(incoming.headers.host);
    response.end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  port = (server.address() as AddressInfo).port;
});
afterEach(async () => {
  hosts.length = 0;
  await agent?.destroy();
});
afterAll(() => server.close());

/** Resolves every name to the next of these lists of addresses; the last one stays. */
function resolving(...answers: string[][]) {
  const names: string[] = [];
  const resolve: Resolve = (name, done) => {
    names.push(name);
    const addresses = (answers.length > 1 ? answers.shift() : answers[0]) ?? [];
    done(
      null,
      addresses.map((address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
  return { names, resolve };
}

function post(url: string, resolve?: Resolve, rule = new EgressRule()) {
  agent = new Agent({ connect: checkedConnector(rule, 5000, resolve) });
  return request(url, { method: 'POST', dispatcher: agent });
}

describe('a connection to a name', () => {
  it('goes to the address that was checked, with the name as its Host', async () => {
    const { names, resolve } = resolving(['127.0.0.1'], ['169.254.169.254']);
    const { statusCode } = await post(`http://receiver.test:${port}/`, resolve);
    expect(statusCode).toBe(200);
    expect(names).toEqual(['receiver.test']);
    expect(hosts).toEqual([`receiver.test:${port}`]);
  });

  it.each([['169.254.169.254'], ['::ffff:169.254.169.254'], ['fe80::1%eth0'], ['fd00:ec2::254']])(
    'is refused if it resolves to %s',
    async (address) => {
      const { resolve } = resolving([address]);
      await expect(post(`http://receiver.test:${port}/`, resolve)).rejects.toThrow(
        `receiver.test is a link-local or metadata address (${address})`,
      );
    },
  );

  it('uses only the addresses that are allowed', async () => {
    const { resolve } = resolving(['fe80::1', '169.254.169.254', '127.0.0.1']);
    expect((await post(`http://receiver.test:${port}/`, resolve)).statusCode).toBe(200);
  });

  it('is refused if it resolves to the service itself', async () => {
    const { resolve } = resolving(['::1', '127.0.0.1']);
    const own = new EgressRule(() => port);
    await expect(post(`http://receiver.test:${port}/`, resolve, own)).rejects.toThrow('TaskRouter itself');
    expect(hosts).toEqual([]);
  });

  it('fails if it has no address', async () => {
    await expect(post('http://receiver.test/', resolving([]).resolve)).rejects.toThrow('without an address');
    const failing: Resolve = (_, done) =>
      done(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }), []);
    await expect(post('http://receiver.test/', failing)).rejects.toMatchObject({ code: 'ENOTFOUND' });
  });

  it('names the host to TLS', async () => {
    let name: string | undefined;
    const tls = createTlsServer({
      SNICallback: (servername, done) => {
        name = servername;
        done(new Error('no certificate'));
      },
    });
    await new Promise<void>((listening) => tls.listen(0, '127.0.0.1', listening));
    const { port: tlsPort } = tls.address() as AddressInfo;
    await expect(
      post(`https://receiver.test:${tlsPort}/`, resolving(['127.0.0.1']).resolve),
    ).rejects.toThrow();
    expect(name).toBe('receiver.test');
    tls.close();
  });
});

it('a connection to an address is refused before it is made', async () => {
  await expect(post('http://169.254.169.254/')).rejects.toMatchObject({ code: 'EGRESS_REFUSED' });
  await expect(post(`http://127.0.0.1:${port}/`, undefined, new EgressRule(() => port))).rejects.toThrow(
    'itself',
  );
  expect(hosts).toEqual([]);
});
