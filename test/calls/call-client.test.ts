import { createServer, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { callClient } from '../../assets/calls/call-client';
import { listening } from '../support/listening';
import { aCall } from './samples';

interface Received {
  readonly request: string;
  readonly response: ServerResponse;
}

const requests: Received[] = [];
let wake = () => {};
const server = createServer(async (request, response) => {
  const form = await text(request);
  requests.push({ request: `${request.method} ${request.url} ${form}`, response });
  wake();
});
let origin: string;
beforeAll(async () => {
  origin = `http://127.0.0.1:${await listening(server)}`;
});
afterEach(() => {
  for (const unanswered of requests.splice(0))
    if (!unanswered.response.writableEnded && !unanswered.response.destroyed) respond(unanswered, aCall());
});
afterAll(() => void server.close().closeAllConnections());

/** The request with this number, from 0, once it has arrived. */
async function received(number: number): Promise<Received> {
  while (!requests[number])
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  return requests[number];
}
const respond = ({ response }: Received, body: object, status = 200) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

it('begins calls and continues them as forms', async () => {
  const client = callClient(origin);
  const begun = client.begin('+15550111', '');
  respond(await received(0), aCall(), 201);
  expect(await begun).toEqual(aCall());
  void client.begin('+15550111', '+15550199');
  void client.say('CA1', 'Spanish, please');
  void client.act('CA1', 'hang_up');
  await received(3);
  expect(requests.map(({ request }) => request).sort()).toEqual([
    'POST /_taskrouter/calls from=%2B15550111',
    'POST /_taskrouter/calls from=%2B15550111&to=%2B15550199',
    'POST /_taskrouter/calls/CA1 action=hang_up',
    'POST /_taskrouter/calls/CA1 speech=Spanish%2C+please',
  ]);
});

it('sends the keys in the order in which they were pressed, however fast', async () => {
  const client = callClient(origin);
  const pressed = ['1', '2', '3'].map((key) => client.press('CA1', key));
  void client.press('CA2', '9');
  await received(1);
  const first = requests.find(({ request }) => request.includes('CA1'));
  expect(first?.request).toBe('POST /_taskrouter/calls/CA1 digits=1');
  if (first) respond(first, aCall());
  const second = await received(2);
  expect(second.request).toBe('POST /_taskrouter/calls/CA1 digits=23');
  respond(second, aCall({ status: 'completed' }));
  expect((await Promise.all(pressed)).map(({ status }) => status)).toEqual(Array(3).fill('completed'));
});

it('presses keys again after a failure', async () => {
  const client = callClient(origin);
  const failed = client.press('CA1', '1');
  respond(await received(0), { code: 20001, message: 'Call CA1 is not in progress' }, 400);
  await expect(failed).rejects.toThrow('Call CA1 is not in progress');
  void client.press('CA1', '2');
  expect((await received(1)).request).toBe('POST /_taskrouter/calls/CA1 digits=2');
});

it('says what it can about other failures', async () => {
  const client = callClient(origin);
  const failed = client.begin('+15550111', '');
  (await received(0)).response.writeHead(502).end('<html>');
  await expect(failed).rejects.toThrow('The response has the status 502.');
  const interrupted = client.act('CA1', 'answer');
  (await received(1)).response.destroy();
  await expect(interrupted).rejects.toThrow('TaskRouter cannot be reached.');
});
