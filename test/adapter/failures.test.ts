import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from '../../src/adapter/client';
import { operatorFunction } from '../../src/adapter/operator-function';
import { parameters } from '../../src/adapter/parameters';
import type { FunctionHandler } from '../../src/adapter/runtime';
import { LifecycleError } from '../../src/steps/errors';
import type { Step } from '../../src/steps/step';
import { errorResponse, listOf, type ScriptedResponse, TaskRouterDouble } from '../support/taskrouter-double';
import { exampleSid, functionContext, functionEvent, invoke, logged } from '../support/twilio-runtime';

const taskRouter = new TaskRouterDouble();
beforeAll(() => taskRouter.start());
afterAll(() => taskRouter.stop());
beforeEach(() => void taskRouter.clear());

const workerPath = `/Workers/${exampleSid('WK')}`;
const read: Step<object> = async ({ workspace }) => ({
  sid: (await workspace.workers(exampleSid('WK')).fetch()).sid,
});
const list: Step<object> = async ({ workspace }) => ({ all: (await workspace.workers.list()).length });
const change: Step<object> = async ({ workspace }) => {
  const worker = await workspace.workers(exampleSid('WK')).update({ friendlyName: 'Alice' });
  return { sid: worker.sid };
};

function functionOf(
  step: Step<object>,
  limits: { requestMs?: number; stepMs?: number; readOnly?: boolean } = {},
) {
  const { requestMs = 2000, stepMs = 2000, readOnly = false } = limits;
  return operatorFunction(
    { name: 'example', parameters: parameters({}), step, readOnly },
    {
      connect: (environment, options) => connect(environment, { ...options, timeoutMs: requestMs }),
      stepTimeoutMs: stepMs,
    },
  );
}

function run(handler: FunctionHandler, variables: Record<string, unknown> = {}) {
  const context = functionContext({ TASKROUTER_BASE_URL: taskRouter.url, ...variables });
  return invoke(handler, { context, event: functionEvent() });
}

function reply(to: 'GET' | 'POST', ...replies: ScriptedResponse[]) {
  taskRouter.on(`${to} ${workerPath}`, ...replies);
}

const busy = (status: number, headers: Record<string, string> = {}): ScriptedResponse => ({
  ...(errorResponse(status, 20000 + status, 'Too Many Requests') as object),
  headers,
});

describe('an error response of TaskRouter', () => {
  it.each([
    [429, 'rate_limited'],
    [503, 'taskrouter_unavailable'],
  ])('%i is returned with its Retry-After', async (status, code) => {
    for (const retryAfter of ['17', 'Wed, 21 Oct 2026 07:28:00 GMT']) {
      reply('POST', busy(status, { 'retry-after': retryAfter }));
      expect(await run(functionOf(change))).toMatchObject({
        status,
        body: { code },
        headers: { 'retry-after': retryAfter, 'cache-control': 'no-store' },
      });
    }
  });

  it.each([429, 503])('%i without a Retry-After gets one', async (status) => {
    reply('GET', busy(status));
    expect(await run(functionOf(read))).toMatchObject({ status, headers: { 'retry-after': '1' } });
  });

  it('429 is retried before it is returned', async () => {
    const activity = { activity_sid: exampleSid('WA'), activity_name: 'Idle', available: true };
    const worker = { sid: exampleSid('WK'), friendly_name: 'Alice', ...activity };
    reply('GET', busy(429), busy(429), { body: worker });
    expect(await run(functionOf(read))).toMatchObject({ status: 200, body: { sid: exampleSid('WK') } });
  });

  it('401 is an error of the configuration, not of the caller’s password', async () => {
    reply('GET', errorResponse(401, 20003, 'Authenticate'));
    const response = await run(functionOf(read));
    expect(response).toMatchObject({
      status: 500,
      body: { code: 'configuration', message: expect.stringContaining('ACCOUNT_SID and AUTH_TOKEN') },
    });
    expect(response.headers).not.toHaveProperty('www-authenticate');
  });

  it.each([
    ['400', errorResponse(400, 20001, 'FriendlyName is too long'), 'FriendlyName is too long'],
    ['403', errorResponse(403, 20403, 'Forbidden'), 'Forbidden'],
    ['412', errorResponse(412, 20412, 'Precondition failed'), 'Precondition failed'],
    ['400 without JSON', { status: 400, body: '<html>' }, 'HTTP 400'],
    ['400 without a message', { status: 400, body: {} }, 'HTTP 400'],
  ])('%s is returned with its message', async (_, refused, words) => {
    reply('POST', refused);
    expect(await run(functionOf(change))).toMatchObject({
      status: 400,
      body: { code: 'taskrouter_refused', message: expect.stringContaining(words) },
    });
  });

  it.each([
    ['500', errorResponse(500, 20500, 'oh')],
    ['502 in HTML', { status: 502, body: '<html>' }],
    ['200 that is not JSON', { body: 'fine' }],
    ['200 that is not an object', { body: '"fine"' }],
    ['200 that is empty', { body: '' }],
    ['200 that is an empty object', { body: {} }],
    ['200 with a sid and nothing else', { body: { sid: exampleSid('WK') } }],
    ['200 with a page of nothing', { body: { meta: { key: 'workers' } } }],
    ['200 with a page of empty objects', listOf('workers', [{}])],
  ])('%s to a read is 502', async (_, failed) => {
    reply('GET', failed);
    expect(await run(functionOf(read))).toMatchObject({ status: 502, body: { code: 'taskrouter_failed' } });
    taskRouter.on('GET /Workers', failed);
    expect(await run(functionOf(list))).toMatchObject({ status: 502, body: { code: 'taskrouter_failed' } });
  });
});

describe('no response at all', () => {
  it.each([
    ['close the connection', 'close the connection' as const],
    ['never respond', 'never respond' as const],
    ['no JSON', { body: 'fine' }],
  ])('leaves the result of a change unknown: %s', async (_, lost) => {
    reply('POST', lost);
    expect(await run(functionOf(change, { requestMs: 50 }))).toMatchObject({
      status: 504,
      body: { code: 'outcome_unknown' },
    });
  });

  it.each(['close the connection' as const, 'never respond' as const])(
    'to a read is 504: %s',
    async (lost) => {
      reply('GET', lost);
      expect(await run(functionOf(read, { requestMs: 50 }))).toMatchObject({
        status: 504,
        body: { code: 'taskrouter_timeout' },
      });
    },
  );

  it.each(['127.0.0.1', 'localhost'])('changes nothing when no server listens: %s', async (host) => {
    const unusedUrl = `http://${host}:${await unusedPort()}`;
    for (const step of [read, change]) {
      expect(await run(functionOf(step), { TASKROUTER_BASE_URL: unusedUrl })).toMatchObject({
        status: 503,
        body: { code: 'taskrouter_unreachable' },
      });
    }
  });
});

describe('a step', () => {
  it.each<[string, Step<object>]>([
    [
      'throws',
      () => {
        throw new Error('boom');
      },
    ],
    [
      'rejects',
      async () => {
        throw new TypeError('boom');
      },
    ],
    ['rejects with a text', () => Promise.reject('boom')],
    ['rejects with nothing', () => Promise.reject(undefined)],
  ])('that %s gets one 500 response, and is logged once', async (_, step) => {
    const response = await run(functionOf(step));
    expect(response).toMatchObject({ status: 500, body: { code: 'internal_error' } });
    expect(JSON.stringify(response)).not.toMatch(/boom|\.ts|at /);
    expect(logged).toHaveLength(1);
    expect(logged[0]).toMatch(/^example internal_error: /);
  });

  it.each([
    [false, 'outcome_unknown'],
    [true, 'taskrouter_timeout'],
  ])(
    'that never ends gets a response before the platform’s limit (read-only: %s)',
    async (readOnly, code) => {
      const forever: Step<object> = () => new Promise(() => {});
      expect(await run(functionOf(forever, { stepMs: 20, readOnly }))).toMatchObject({
        status: 504,
        body: { code },
      });
    },
  );

  it('that ends too late gets no second response', async () => {
    let finish: (body: object) => void = () => {};
    const late: Step<object> = () =>
      new Promise((resolve) => {
        finish = resolve;
      });
    expect((await run(functionOf(late, { stepMs: 20 }))).status).toBe(504);
    finish({ late: true });
    await new Promise((resolve) => setImmediate(resolve));
  });

  it('whose response cannot be sent still gets one response', async () => {
    const handler = functionOf(async () => ({}));
    const genuine = globalThis.Twilio;
    try {
      (globalThis as Record<string, unknown>).Twilio = undefined;
      expect(await run(handler)).toMatchObject({ status: 500, body: { code: 'internal_error' } });
    } finally {
      globalThis.Twilio = genuine;
    }
  });

  it('is not run again, and nothing else fails, when the runtime’s own callback throws', async () => {
    let calls = 0;
    const context = functionContext({ TASKROUTER_BASE_URL: taskRouter.url });
    const reported = new Promise<void>((resolve) => {
      jest.spyOn(console, 'error').mockImplementation(() => resolve());
    });
    functionOf(async () => ({}))(context, functionEvent(), () => {
      calls += 1;
      throw new Error('the connection is gone');
    });
    await reported;
    expect(calls).toBe(1);
  });

  it('that fails because of the caller is not logged', async () => {
    await run(functionOf(() => Promise.reject(new LifecycleError('worker_not_found', 'There is none.'))));
    expect(logged).toEqual([]);
  });
});

it('shows no secret and no request data, neither in the response nor in the log', async () => {
  const { AUTH_TOKEN, OPERATOR_PASSWORD } = functionContext();
  const leak = `token ${AUTH_TOKEN} password ${OPERATOR_PASSWORD}`;
  const basic = Buffer.from(`${functionContext().ACCOUNT_SID}:${AUTH_TOKEN}`).toString('base64');
  reply('POST', 'close the connection', errorResponse(400, 20001, leak), errorResponse(500, 20500, leak));
  const responses = [
    await run(functionOf(change)),
    await run(functionOf(change)),
    await run(functionOf(change)),
    await run(functionOf(() => Promise.reject(new Error(leak)))),
  ];
  expect(responses.map(({ status }) => status)).toEqual([504, 400, 502, 500]);
  for (const secret of [AUTH_TOKEN, OPERATOR_PASSWORD, basic]) {
    expect(JSON.stringify(responses)).not.toContain(secret);
    expect(logged.join('\n')).not.toContain(secret);
  }
  expect(JSON.stringify(responses)).not.toMatch(/"(stack|config|request)"/);
});

async function unusedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
