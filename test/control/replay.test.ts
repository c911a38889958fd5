import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { validateRequest } from 'twilio';
import { goodCredentials } from '../support/api-bench';
import { startTestService, type TestService, workspaceWithAlice } from '../support/start-test-service';
import { testAccount } from '../support/start-test-taskrouter';

interface Received {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly parameters: Record<string, string>;
}

let running: TestService;
let receiver: Server;
let origin: string;
let received: Received[];
let responseBody: string;

beforeEach(async () => {
  received = [];
  responseBody = '{}';
  receiver = createServer(
    (request, response) =>
      void receive(request).then(() => {
        if (responseBody === 'never') return;
        response.setHeader('content-type', 'application/json').end(responseBody);
      }),
  );
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  running = await startTestService();
  await running.service.startCallbacks();
});
afterEach(async () => {
  await running.service.close();
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
});

async function receive(request: IncomingMessage): Promise<void> {
  let body = '';
  for await (const chunk of request) body += chunk;
  const parameters = Object.fromEntries(new URLSearchParams(body));
  received.push({ path: request.url ?? '', headers: request.headers, parameters });
}

/** A task that Alice is reserved for; returns the ID of its callback. */
async function offered(assignmentCallbackUrl = `${origin}/assignment`) {
  const { workspace } = await workspaceWithAlice(running.client, { assignmentCallbackUrl });
  const { sid } = await workspace.tasks.create({ attributes: '{"selected_language":"es"}' });
  await running.service.idle();
  const [entry] = running.service.callbackLog.list({ kind: 'assignment' });
  if (!entry) throw new Error('no callback');
  return { workspace, sid, id: entry.id };
}

interface Replayed {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: whatever JSON the test is about
  readonly body: any;
}

async function replay(id: number | string, form: Record<string, string> = {}): Promise<Replayed> {
  const response = await fetch(`${running.service.url}/_taskrouter/callbacks/${id}/replay`, {
    method: 'POST',
    headers: { authorization: goodCredentials },
    body: new URLSearchParams(form),
  });
  return { status: response.status, body: await response.json() };
}

it('sends the same request again, signed, and shows it as a replay', async () => {
  const { id, sid } = await offered();
  const { status, body } = await replay(id);
  expect(status).toBe(200);
  expect(body.differences).toEqual([]);
  expect(body.callback).toMatchObject({ replay_of: id, task_sid: sid, outcome: 'no_instruction' });
  const [first, second] = received;
  expect(second?.parameters).toEqual(first?.parameters);
  const signature = String(second?.headers['x-twilio-signature']);
  expect(
    validateRequest(testAccount.authToken, signature, `${origin}/assignment`, second?.parameters ?? {}),
  ).toBe(true);
  expect(second?.headers['i-twilio-idempotency-token']).not.toBe(
    first?.headers['i-twilio-idempotency-token'],
  );
  expect(running.service.callbackLog.list()[0]).toMatchObject({ id: body.callback.id, replayOf: id });
  // A replay signs any parameters, so its signature is for the receiver alone.
  expect(JSON.stringify([body, running.service.callbackLog.list()])).not.toContain(signature);
});

it('changes nothing, whatever the response, and compares it with the first response', async () => {
  const { id, sid, workspace } = await offered();
  responseBody = '{"instruction":"accept"}';
  const { body } = await replay(id);
  expect(body.differences).toEqual(['body', 'outcome']);
  expect(body.callback).toMatchObject({ outcome: 'instruction:accept' });
  expect((await workspace.tasks(sid).fetch()).assignmentStatus).toBe('reserved');
  responseBody = '{ }';
  expect((await replay(id)).body.differences).toEqual([]);
});

it('sends edited parameters to an edited URL, with their signature', async () => {
  const { id } = await offered();
  const parameters = { TaskSid: 'WT1', Added: 'Zoë' };
  const url = `${origin}/other?x=1`;
  await replay(id, { url, parameters: JSON.stringify(parameters) });
  const last = received.at(-1);
  expect([last?.path, last?.parameters]).toEqual(['/other?x=1', parameters]);
  const signature = String(last?.headers['x-twilio-signature']);
  expect(validateRequest(testAccount.authToken, signature, url, parameters)).toBe(true);
});

it('is sent once, and its failure creates no alert', async () => {
  const { id } = await offered();
  responseBody = 'nonsense';
  const { body } = await replay(id);
  expect(body.callback.attempts).toHaveLength(1);
  expect(body.callback.attempts[0].alert).toMatchObject({ code: 40001 });
  expect(running.service.alertLog.list()).toEqual([]);
});

it.each([
  ['https://evil.example/assignment', /only to the callback's own host or to this computer/],
  ['http://127.0.0.1.evil.example/', /only to the callback's own host/],
  ['http://127.0.0.1@evil.example/', /only to the callback's own host/],
  ['http://10.0.0.1/', /only to the callback's own host/],
  ['ftp://127.0.0.1/', /not an http or https URL/],
  ['/assignment', /not an http or https URL/],
  ['http://127.0.0.1/?token=***', /stands for a secret/],
])('is not sent to %s', async (url, message) => {
  const { id } = await offered();
  const { status, body } = await replay(id, { url });
  expect([status, body.code, body.message]).toEqual([400, 20001, expect.stringMatching(message)]);
  expect(received).toHaveLength(1);
});

it.each([
  ['{"TaskSid":', /Invalid JSON provided for parameters/],
  ['["TaskSid"]', /an object of strings/],
  ['{"TaskAge":7}', /an object of strings/],
])('is not sent with the parameters %s', async (parameters, message) => {
  const { id } = await offered();
  const { status, body } = await replay(id, { parameters });
  expect([status, body.message]).toEqual([400, expect.stringMatching(message)]);
  expect(received).toHaveLength(1);
});

it('keeps the secrets of the URL, which are never shown', async () => {
  const secret = 'pw-0815';
  const { id } = await offered(`http://user:${secret}@${origin.slice(7)}/assignment?token=${secret}`);
  const { body } = await replay(id, { url: body0(id).url });
  expect(received.map(({ path, headers }) => [path, headers.authorization])).toEqual(
    Array(2).fill([`/assignment?token=${secret}`, `Basic ${btoa(`user:${secret}`)}`]),
  );
  expect(JSON.stringify(body)).not.toContain(secret);
  expect(body.callback.attempts[0].url).toBe(body0(id).url);
});

const body0 = (id: number) => running.service.callbackLog.find(id)?.attempts[0] ?? { url: '' };

it('is 404 for an unknown callback, and requires credentials', async () => {
  expect((await replay(4711)).status).toBe(404);
  expect((await replay('../reset')).status).toBe(404);
  const url = `${running.service.url}/_taskrouter/callbacks/1/replay`;
  expect((await fetch(url, { method: 'POST' })).status).toBe(401);
});

it('does not delay a service that stops', async () => {
  const { id } = await offered();
  responseBody = 'never';
  const arrived = new Promise((resolve) => receiver.once('request', resolve));
  const replayed = replay(id);
  await arrived;
  await running.service.close();
  expect(await replayed).toMatchObject({ status: 503, body: { code: 20503 } });
  running = await startTestService();
});
