import { accountByToken } from '../../src/system/twilio-account';
import { createTwilioClient } from '../../src/workspace/client';
import { createLocalClient } from '../../src/workspace/local-client';
import { errorResponse, listOf, TaskRouterDouble } from '../support/taskrouter-double';
import { exampleSid } from '../support/twilio-runtime';

const taskRouter = new TaskRouterDouble();
beforeAll(() => taskRouter.start());
afterAll(() => taskRouter.stop());

const account = accountByToken({ accountSid: exampleSid('AC'), authToken: 'token of the test' });
const unavailable = errorResponse(503, 20503, 'Service unavailable');
const waited: number[] = [];

const waiting = async (milliseconds: number) => waited.push(milliseconds);

beforeEach(() => {
  taskRouter.clear();
  waited.length = 0;
});

describe.each<[string, typeof createLocalClient | typeof createTwilioClient]>([
  ['the official client', createTwilioClient],
  ['the client of a local TaskRouter', createLocalClient],
])('%s', (_name, createClient) => {
  const connected = () =>
    createClient(account, taskRouter.url, waiting).taskrouter.v1.workspaces(exampleSid('WS'));

  it('retries while TaskRouter is unavailable, with growing intervals', async () => {
    taskRouter.on('GET /Workers', unavailable, unavailable, listOf('workers', []));
    expect(await connected().workers.list()).toEqual([]);
    expect(waited).toEqual([500, 1000]);
  });

  it('gives up in the end, with TaskRouter’s own error', async () => {
    taskRouter.on('GET /Workers', unavailable);
    await expect(connected().workers.list()).rejects.toMatchObject({ status: 503, code: 20503 });
    expect(taskRouter.sent('GET /Workers')).toHaveLength(4);
  });

  it('retries an update', async () => {
    const worker = `/Workers/${exampleSid('WK')}`;
    taskRouter.on(`POST ${worker}`, unavailable, { body: { sid: exampleSid('WK') } });
    await connected().workers(exampleSid('WK')).update({ attributes: '{}' });
    expect(taskRouter.sent(`POST ${worker}`)).toHaveLength(2);
  });

  it.each([
    ['POST', 503, unavailable],
    ['DELETE', 503, unavailable],
    ['POST', 429, errorResponse(429, 20429, 'Too Many Requests')],
    ['DELETE', 429, errorResponse(429, 20429, 'Too Many Requests')],
  ])('retries a %s with a version after %i, for the same version', async (method, _, busy) => {
    const route = `${method} /Workers/${exampleSid('WK')}`;
    const good = method === 'POST' ? { body: { sid: exampleSid('WK') } } : { status: 204, body: '' };
    taskRouter.on(route, busy, good);
    const worker = connected().workers(exampleSid('WK'));
    await (method === 'POST'
      ? worker.update({ attributes: '{}', ifMatch: '7' })
      : worker.remove({ ifMatch: '7' }));
    expect(taskRouter.sent(route).map(({ ifMatch }) => ifMatch)).toEqual(['7', '7']);
  });

  it('does not retry a create', async () => {
    taskRouter.on('POST /TaskQueues', unavailable);
    await expect(connected().taskQueues.create({ friendlyName: 'Support' })).rejects.toMatchObject({
      status: 503,
    });
    expect(taskRouter.sent('POST /TaskQueues')).toHaveLength(1);
  });

  it('retries when TaskRouter asks for fewer requests', async () => {
    taskRouter.on('POST /Workers', errorResponse(429, 20429, 'Too Many Requests'), {
      status: 201,
      body: { sid: 'WK' },
    });
    await connected().workers.create({ friendlyName: 'Alice' });
    expect(taskRouter.sent('POST /Workers')).toHaveLength(2);
  });
});

it('calls Twilio when no local address is set', () => {
  expect(createTwilioClient(account, null).taskrouter.baseUrl).toBe('https://taskrouter.twilio.com');
});

it('signs in with an API key of the account', async () => {
  const key = { accountSid: exampleSid('AC'), username: exampleSid('SK'), password: 'secret of the key' };
  taskRouter.on('GET /Workers', listOf('workers', []));
  const client = createTwilioClient(key, taskRouter.url);
  await client.taskrouter.v1.workspaces(exampleSid('WS')).workers.list();
  const [request] = taskRouter.sent('GET /Workers');
  expect(request?.authorization).toBe(
    `Basic ${Buffer.from(`${key.username}:${key.password}`).toString('base64')}`,
  );
  expect(client.accountSid).toBe(key.accountSid);
});
