import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import path from 'node:path';
import { basicAuthorization } from '../../src/common/http-basic';
import { startTwilioProxy, type TwilioProxy } from '../../src/proxy/twilio-proxy';
import { twilioRoutes } from '../../src/proxy/twilio-routes';
import { listening } from '../support/listening';
import { TestProxyClient } from '../support/proxy-client';
import { selfSigned } from '../support/self-signed';
import { startTestService, type TestService } from '../support/start-test-service';
import { testAccount } from '../support/start-test-taskrouter';
import { removeFolders, temporaryFolder } from '../support/taskrouter-process';

const authorization = basicAuthorization(testAccount.sid, testAccount.authToken);
const headers = { authorization };
const workspacesUrl = 'https://taskrouter.twilio.com/v1/Workspaces';
const refused: string[] = [];
const elsewhere = createTlsServer((request, response) => response.end(`elsewhere: ${request.url}`));
let elsewhereUrl: string;
let service: TestService['service'];
let proxy: TwilioProxy;
let client: TestProxyClient;

beforeAll(async () => {
  const certificate = await selfSigned(['localhost']);
  elsewhere.setSecureContext(certificate);
  elsewhereUrl = `https://localhost:${await listening(elsewhere)}`;
  const systemBundle = path.join(temporaryFolder(), 'system.pem');
  writeFileSync(systemBundle, certificate.cert);
  ({ service } = await startTestService());
  proxy = await startTwilioProxy({
    serviceUrl: service.url,
    passed: [],
    onRefused: (target) => refused.push(target),
    preloadProgram: 'redirect-connections.js',
    inherited: { SSL_CERT_FILE: systemBundle },
  });
  client = new TestProxyClient(proxy.url, readFileSync(proxy.caFile, 'utf8'));
});
afterEach(() => refused.splice(0));
afterAll(async () => {
  await client.close();
  await proxy.close();
  await service.close();
  elsewhere.close();
  removeFolders();
});

describe('for the hosts of TaskRouter', () => {
  it.each(['taskrouter.twilio.com', 'taskrouter.ie1.twilio.com', 'taskrouter.dublin.ie1.twilio.com'])(
    'serves %s from the local service, whose URLs keep the name',
    async (name) => {
      const response = await client.fetch(`https://${name}/v1/Workspaces?PageSize=5`, { headers });
      const { meta } = (await response.json()) as { meta: { url: string } };
      expect([response.status, meta.url]).toEqual([200, `https://${name}/v1/Workspaces?PageSize=5&Page=0`]);
    },
  );

  it('passes on bodies and the status of errors', async () => {
    const create = (form: Record<string, string>) =>
      client.fetch(workspacesUrl, { method: 'POST', headers, body: new URLSearchParams(form) });
    expect((await create({ FriendlyName: 'Care' })).status).toBe(201);
    expect((await create({ Friendlyname: 'Care' })).status).toBe(400);
    expect((await client.fetch(workspacesUrl)).status).toBe(401);
  });

  it('serves requests in absolute form, as axios sends them to a proxy', async () => {
    expect((await client.fetchAbsolute(workspacesUrl, headers)).status).toBe(200);
    const misleading = { ...headers, host: 'elsewhere.example' };
    expect((await client.fetchAbsolute(workspacesUrl.replace('.com', '.com:443'), misleading)).status).toBe(
      200,
    );
  });

  it('passes a WebSocket on with its Host and its first bytes', async () => {
    const received: IncomingMessage[] = [];
    const upgrading = createServer().on('upgrade', (request: IncomingMessage, socket, head: Buffer) => {
      received.push(request);
      socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n');
      socket.write(head);
      socket.pipe(socket);
    });
    const other = await startTwilioProxy({
      serviceUrl: `http://127.0.0.1:${await listening(upgrading)}`,
      passed: [],
      onRefused: () => undefined,
      preloadProgram: 'redirect-connections.js',
      inherited: {},
    });
    const ca = readFileSync(other.caFile, 'utf8');
    const socket = await new TestProxyClient(other.url, ca).secureTunnel('event-bridge.ie1.twilio.com');
    const request = 'GET /v1/wschannels?token=x HTTP/1.1\r\nHost: event-bridge.ie1.twilio.com\r\n';
    socket.write(`${request}Connection: Upgrade\r\nUpgrade: echo\r\n\r\nfirst`);
    let text = '';
    for await (const part of socket.setEncoding('utf8')) {
      text += part;
      if (text.endsWith('first')) socket.write(' second');
      if (text.endsWith('second')) break;
    }
    expect(text).toMatch(/^HTTP\/1\.1 101 .*\r\n\r\nfirst second$/s);
    expect(received.map(({ url, headers }) => [headers.host, url])).toEqual([
      ['event-bridge.ie1.twilio.com', '/v1/wschannels?token=x'],
    ]);
    await other.close();
    upgrading.close();
  });
});

describe('for other hosts of Twilio', () => {
  it.each([
    [
      'verify.twilio.com',
      'verify.twilio.com is not local: only TaskRouter is. To reach the real one, start with --pass verify.twilio.com',
    ],
    [
      'care-1234-dev.twil.io',
      'care-1234-dev.twil.io is not local: only TaskRouter is. To reach the real one, start with --pass care-1234-dev.twil.io',
    ],
    [
      'api.dublin.ie1.twilio.com',
      'Of api.dublin.ie1.twilio.com, only the account and its Calls, Conferences, and Queues are local. To reach the real one, start with --pass api.dublin.ie1.twilio.com',
    ],
  ])('responds for %s in the shape of an error of Twilio', async (name, message) => {
    const response = await client.fetch(`https://${name}/v2/Services?x=1`, { headers });
    const moreInfo = 'https://www.twilio.com/docs/errors/20501';
    expect([response.status, await response.json()]).toEqual([
      501,
      { code: 20501, message, more_info: moreInfo, status: 501 },
    ]);
    expect(refused).toEqual([`GET ${name}/v2/Services`]);
  });

  it('refuses them without TLS and on other ports', async () => {
    expect((await client.fetchAbsolute('http://taskrouter.twilio.com/v1/Workspaces', headers)).status).toBe(
      403,
    );
    await expect(client.secureTunnel('taskrouter.twilio.com', 8443)).rejects.toThrow('403');
    expect(refused).toEqual(['taskrouter.twilio.com:80', 'taskrouter.twilio.com:8443']);
  });

  it('lets those pass that are named', () => {
    const routeOf = twilioRoutes({
      serviceUrl: service.url,
      passed: ['api.twilio.com'],
      onRefused: () => undefined,
    });
    expect([routeOf('api.twilio.com'), routeOf('verify.twilio.com')]).toEqual(['pass', expect.anything()]);
  });

  it('serves the account that programs fetch at their start, and nothing else of that API', async () => {
    const url = `https://api.twilio.com/2010-04-01/Accounts/${testAccount.sid}`;
    const found = await client.fetch(`${url}.json`, { headers });
    expect([found.status, await found.json()]).toMatchObject([
      200,
      { sid: testAccount.sid, status: 'active' },
    ]);
    expect((await client.fetch(`${url}.json`, { headers, method: 'POST' })).status).toBe(501);
    expect((await client.fetch(`${url}/Messages.json`, { headers })).status).toBe(501);
    expect((await client.fetch('https://api.twilio.com/v1/Workspaces', { headers })).status).toBe(501);
  });
});

describe('for hosts that are not of Twilio', () => {
  it('passes their TLS untouched', async () => {
    const response = await client.fetch(`${elsewhereUrl}/page`);
    expect(await response.text()).toBe('elsewhere: /page');
    const socket = await client.secureTunnel('localhost', Number(new URL(elsewhereUrl).port));
    expect(socket.getPeerCertificate().subject.CN).toBe('elsewhere');
    socket.destroy();
  });

  it('sends requests in absolute form on, and checks the certificate', async () => {
    expect(await client.fetchAbsolute(`${elsewhereUrl}/page`)).toEqual({
      status: 200,
      text: 'elsewhere: /page',
    });
    const untrusted = await client.fetchAbsolute(elsewhereUrl.replace('localhost', '127.0.0.1'));
    expect([untrusted.status, untrusted.text]).toEqual([502, expect.stringContaining('does not match')]);
  });

  it('says that a host does not respond', async () => {
    const unused = createServer();
    const port = await listening(unused);
    await new Promise((resolve) => unused.close(resolve));
    expect((await client.fetchAbsolute(`http://127.0.0.1:${port}/`)).status).toBe(502);
    await expect(client.secureTunnel('127.0.0.1', port)).rejects.toThrow('502');
  });
});

it('fails for a client that does not trust its authority', async () => {
  const untrusting = new TestProxyClient(proxy.url, (await selfSigned(['localhost'])).cert);
  await expect(untrusting.fetch(workspacesUrl, { headers })).rejects.toMatchObject({
    cause: { code: expect.stringMatching(/SELF_SIGNED|UNABLE_TO/) },
  });
  await untrusting.close();
});

it('keeps its files from other users, writes no key, and removes everything when it closes', async () => {
  const other = await startTwilioProxy({
    serviceUrl: service.url,
    passed: [],
    onRefused: () => undefined,
    preloadProgram: 'redirect-connections.js',
    inherited: {},
  });
  const folder = path.dirname(other.caFile);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(readFileSync(other.caFile, 'utf8')).not.toContain('PRIVATE KEY');
  await other.close();
  expect(existsSync(folder)).toBe(false);
  await expect(fetch(other.url)).rejects.toThrow('fetch failed');
});
