import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from '../../src/adapter/client';
import { operatorFunction } from '../../src/adapter/operator-function';
import { parameters } from '../../src/adapter/parameters';
import type { FunctionHandler } from '../../src/adapter/runtime';
import { LifecycleError } from '../../src/steps/errors';
import type { Step } from '../../src/steps/step';
import { type Reply, refusal, TaskRouterDouble } from '../support/taskrouter-double';
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

function reply(to: 'GET' | 'POST', ...replies: Reply[]) {
  taskRouter.on(`${to} ${workerPath}`, ...replies);
}

const busy = (status: number, headers: Record<string, string> = {}): Reply => ({
  ...(refusal(status, 20000 + status, 'Too Many Requests') as object),
  headers,
});

describe('what TaskRouter answers instead of success', () => {
  it.each([
    [429, 'rate_limited'],
    [503, 'taskrouter_unavailable'],
  ])('%i is passed on with its Retry-After', async (status, code) => {
    for (const retryAfter of ['17', 'Wed, 21 Oct 2026 07:28:00 GMT']) {
      reply('POST', busy(status, { 'retry-after': retryAfter }));
      expect(await run(functionOf(change))).toMatchObject({
        status,
        body: { code },
        headers: { 'retry-after': retryAfter, 'cache-control': 'no-store' },
      });
    }
  });

  it.each([429, 503])('%i without a Retry-After is given one', async (status) => {
    reply('GET', busy(status));
    expect(await run(functionOf(read))).toMatchObject({ status, headers: { 'retry-after': '1' } });
  });

  it('429 is tried again before it is passed on', async () => {
    reply('GET', busy(429), busy(429), { body: { sid: exampleSid('WK') } });
    expect(await run(functionOf(read))).toMatchObject({ status: 200, body: { sid: exampleSid('WK') } });
  });

  it('401 is our configuration, and not the caller’s password', async () => {
    reply('GET', refusal(401, 20003, 'Authenticate'));
    const answer = await run(functionOf(read));
    expect(answer).toMatchObject({
      status: 500,
      body: { code: 'configuration', message: expect.stringContaining('ACCOUNT_SID and AUTH_TOKEN') },
    });
    expect(answer.headers).not.toHaveProperty('www-authenticate');
  });

  it.each([
    ['400', refusal(400, 20001, 'FriendlyName is too long'), 'FriendlyName is too long'],
    ['403', refusal(403, 20403, 'Forbidden'), 'Forbidden'],
    ['412', refusal(412, 20412, 'Precondition failed'), 'Precondition failed'],
    ['400 without JSON', { status: 400, body: '<html>' }, 'HTTP 400'],
    ['400 without a message', { status: 400, body: {} }, 'HTTP 400'],
  ])('%s is passed on in its words', async (_, refused, words) => {
    reply('POST', refused);
    expect(await run(functionOf(change))).toMatchObject({
      status: 400,
      body: { code: 'taskrouter_refused', message: expect.stringContaining(words) },
    });
  });

  it.each([
    ['500', refusal(500, 20500, 'oh')],
    ['502 in HTML', { status: 502, body: '<html>' }],
    ['200 that is no JSON', { body: 'fine' }],
    ['200 that is no object', { body: '"fine"' }],
    ['200 that is empty', { body: '' }],
  ])('%s to a question is 502', async (_, failed) => {
    reply('GET', failed);
    expect(await run(functionOf(read))).toMatchObject({ status: 502, body: { code: 'taskrouter_failed' } });
    taskRouter.on('GET /Workers', failed);
    expect(await run(functionOf(list))).toMatchObject({ status: 502, body: { code: 'taskrouter_failed' } });
  });
});

describe('no answer at all', () => {
  it.each([
    ['hang up', 'hang up' as const],
    ['say nothing', 'say nothing' as const],
    ['no JSON', { body: 'fine' }],
  ])('leaves the outcome of a change unknown: %s', async (_, lost) => {
    reply('POST', lost);
    expect(await run(functionOf(change, { requestMs: 50 }))).toMatchObject({
      status: 504,
      body: { code: 'outcome_unknown' },
    });
  });

  it.each(['hang up' as const, 'say nothing' as const])('to a question is 504: %s', async (lost) => {
    reply('GET', lost);
    expect(await run(functionOf(read, { requestMs: 50 }))).toMatchObject({
      status: 504,
      body: { code: 'taskrouter_timeout' },
    });
  });

  it.each(['127.0.0.1', 'localhost'])('changes nothing when nobody listens: %s', async (host) => {
    const nobody = `http://${host}:${await unusedPort()}`;
    for (const step of [read, change]) {
      expect(await run(functionOf(step), { TASKROUTER_BASE_URL: nobody })).toMatchObject({
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
    ['rejects with no error', () => Promise.reject('boom')],
    ['rejects with nothing', () => Promise.reject(undefined)],
  ])('that %s is answered once with 500, and logged once', async (_, step) => {
    const answer = await run(functionOf(step));
    expect(answer).toMatchObject({ status: 500, body: { code: 'internal_error' } });
    expect(JSON.stringify(answer)).not.toMatch(/boom|\.ts|at /);
    expect(logged).toHaveLength(1);
    expect(logged[0]).toMatch(/^example internal_error: /);
  });

  it.each([
    [false, 'outcome_unknown'],
    [true, 'taskrouter_timeout'],
  ])('that never ends is answered before the platform gives up (read-only: %s)', async (readOnly, code) => {
    const forever: Step<object> = () => new Promise(() => {});
    expect(await run(functionOf(forever, { stepMs: 20, readOnly }))).toMatchObject({
      status: 504,
      body: { code },
    });
  });

  it('that ends too late is not answered a second time', async () => {
    let finish: (body: object) => void = () => {};
    const late: Step<object> = () =>
      new Promise((resolve) => {
        finish = resolve;
      });
    expect((await run(functionOf(late, { stepMs: 20 }))).status).toBe(504);
    finish({ late: true });
    await new Promise((resolve) => setImmediate(resolve));
  });

  it('that answers what cannot be sent is still answered once', async () => {
    const handler = functionOf(async () => ({}));
    const genuine = globalThis.Twilio;
    try {
      (globalThis as Record<string, unknown>).Twilio = undefined;
      expect(await run(handler)).toMatchObject({ status: 500, body: { code: 'internal_error' } });
    } finally {
      globalThis.Twilio = genuine;
    }
  });

  it('is not run again, and nothing else breaks, when the runtime’s own callback throws', async () => {
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

  it('that fails by the caller’s doing is not logged', async () => {
    await run(functionOf(() => Promise.reject(new LifecycleError('worker_not_found', 'There is none.'))));
    expect(logged).toEqual([]);
  });
});

it('shows no secret and no request data, neither in the answer nor in the log', async () => {
  const { AUTH_TOKEN, OPERATOR_PASSWORD } = functionContext();
  const leak = `token ${AUTH_TOKEN} password ${OPERATOR_PASSWORD}`;
  const basic = Buffer.from(`${functionContext().ACCOUNT_SID}:${AUTH_TOKEN}`).toString('base64');
  reply('POST', 'hang up', refusal(400, 20001, leak), refusal(500, 20500, leak));
  const answers = [
    await run(functionOf(change)),
    await run(functionOf(change)),
    await run(functionOf(change)),
    await run(functionOf(() => Promise.reject(new Error(leak)))),
  ];
  expect(answers.map(({ status }) => status)).toEqual([504, 400, 502, 500]);
  for (const secret of [AUTH_TOKEN, OPERATOR_PASSWORD, basic]) {
    expect(JSON.stringify(answers)).not.toContain(secret);
    expect(logged.join('\n')).not.toContain(secret);
  }
  expect(JSON.stringify(answers)).not.toMatch(/"(stack|config|request)"/);
});

async function unusedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
