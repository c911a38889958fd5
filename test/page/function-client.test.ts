import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { functionClient } from '../../assets/lifecycle/function-client';

type Receive = (request: IncomingMessage, response: ServerResponse, body: string) => void;

async function serve(receive: Receive) {
  const server = createServer(async (request, response) => receive(request, response, await text(request)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.add(server);
  return functionClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

const servers = new Set<ReturnType<typeof createServer>>();
afterEach(() => {
  for (const server of servers) server.close().closeAllConnections();
  servers.clear();
});

it('reads /lifecycle by GET', async () => {
  const invoke = await serve(({ method, url }, response) => response.end(JSON.stringify({ method, url })));
  expect(await invoke('lifecycle')).toMatchObject({
    name: 'lifecycle',
    status: 200,
    body: { method: 'GET', url: '/lifecycle' },
  });
});

it('sends an action as a form, with any characters in its parameters', async () => {
  const invoke = await serve(({ method, url, headers }, response, body) => {
    response.writeHead(201).end(JSON.stringify({ method, url, type: headers['content-type'], body }));
  });
  const { status, body } = await invoke('create-task', { attributes: '{"a":"ñ & b=c"}' });
  expect(status).toBe(201);
  expect(body).toEqual({
    method: 'POST',
    url: '/create-task',
    type: 'application/x-www-form-urlencoded;charset=UTF-8',
    body: new URLSearchParams({ attributes: '{"a":"ñ & b=c"}' }).toString(),
  });
});

it('returns an error unchanged, with the time to wait', async () => {
  const invoke = await serve((_request, response) => {
    response.writeHead(503, { 'Retry-After': '7' }).end('<h1>Not now');
  });
  expect(await invoke('lifecycle')).toMatchObject({
    status: 503,
    text: '<h1>Not now',
    body: undefined,
    retryAfterMs: 7000,
  });
});

it('has status 0 without a response', async () => {
  const invoke = await serve((_request, response) => response.destroy());
  expect(await invoke('cancel-task', {})).toMatchObject({
    status: 0,
    text: 'The Functions cannot be reached.',
  });
});

it('counts its requests', async () => {
  const invoke = await serve((_request, response) => response.end('{}'));
  const numbers = await Promise.all([invoke('lifecycle'), invoke('lifecycle')]);
  expect(numbers.map(({ number }) => number)).toEqual([1, 2]);
});
