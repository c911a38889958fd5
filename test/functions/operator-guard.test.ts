import { handler as acceptReservation } from '../../functions/accept-reservation';
import { handler as cancelTask } from '../../functions/cancel-task';
import { handler as completeTask } from '../../functions/complete-task';
import { handler as createTask } from '../../functions/create-task';
import { handler as lifecycle } from '../../functions/lifecycle';
import { handler as rejectReservation } from '../../functions/reject-reservation';
import { handler as setWorkerActivity } from '../../functions/set-worker-activity';
import { handler as workerToken } from '../../functions/worker-token';
import { handler as wrapUpTask } from '../../functions/wrap-up-task';
import type { FunctionEvent, FunctionHandler } from '../../src/adapter/runtime';
import { operator, operatorAuthorization } from '../support/operator';
import { TaskRouterDouble } from '../support/taskrouter-double';
import { basic, exampleSid, functionContext, functionEvent, invoke } from '../support/twilio-runtime';

const changing: [string, FunctionHandler][] = [
  ['create-task', createTask],
  ['accept-reservation', acceptReservation],
  ['reject-reservation', rejectReservation],
  ['wrap-up-task', wrapUpTask],
  ['complete-task', completeTask],
  ['cancel-task', cancelTask],
  ['set-worker-activity', setWorkerActivity],
  ['worker-token', workerToken],
];
const operatorFunctions: [string, FunctionHandler][] = [...changing, ['lifecycle', lifecycle]];

const taskRouter = new TaskRouterDouble();
beforeAll(() => taskRouter.start());
afterAll(() => taskRouter.stop());
beforeEach(() => void taskRouter.clear());

const signedIn = { authorization: operatorAuthorization };
const everything = { task_sid: exampleSid('WT'), worker: 'Alice', activity: 'Idle' };
const local = (changes = {}) => functionContext({ TASKROUTER_BASE_URL: taskRouter.url, ...changes });

async function sendRejected(handler: FunctionHandler, event: FunctionEvent, context = local()) {
  const response = await invoke(handler, { context, event });
  expect(taskRouter.requests).toEqual([]);
  return response;
}

describe.each(operatorFunctions)('%s', (_, handler) => {
  it('asks for the password when there is none', async () => {
    const response = await sendRejected(handler, functionEvent(everything, {}));
    expect(response.status).toBe(401);
    expect(response.body).toEqual({ code: 'sign_in_required', message: expect.any(String) });
    expect(response.headers).toMatchObject({
      'www-authenticate': 'Basic realm="TaskRouter lifecycle", charset="UTF-8"',
      'cache-control': 'no-store',
      'content-type': 'application/json',
    });
  });

  it.each([
    ['a wrong password', basic(operator.username, 'wrong')],
    ['a wrong user name', basic('somebody', operator.password)],
    ['the two exchanged', basic(operator.password, operator.username)],
    ['an empty pair', basic('', '')],
  ])('rejects %s', async (_name, authorization) => {
    expect(await sendRejected(handler, functionEvent(everything, { authorization }))).toMatchObject({
      status: 401,
      body: { code: 'sign_in_required' },
    });
  });

  it('is closed while no operator is configured, even to an empty pair', async () => {
    const event = functionEvent(everything, { authorization: basic('', '') });
    for (const missing of [
      { OPERATOR_USERNAME: undefined },
      { OPERATOR_PASSWORD: '' },
      { OPERATOR_USERNAME: '', OPERATOR_PASSWORD: '' },
    ]) {
      expect(await sendRejected(handler, event, local(missing))).toMatchObject({
        status: 500,
        body: { code: 'operator_not_configured', message: expect.stringContaining('OPERATOR_PASSWORD') },
      });
    }
  });

  it.each(['prefetch', 'prefetch;prerender'])('rejects a prefetch: %s', async (purpose) => {
    for (const name of ['sec-purpose', 'purpose']) {
      expect(
        await sendRejected(handler, functionEvent(everything, { ...signedIn, [name]: purpose })),
      ).toMatchObject({
        status: 403,
        body: { code: 'cross_site_refused', message: expect.stringContaining('address bar') },
      });
    }
  });

  it.each(['cross-site', 'same-site'])('rejects a %s request, even with the password', async (site) => {
    const headers = {
      ...signedIn,
      'sec-fetch-site': site,
      'sec-fetch-mode': 'no-cors',
      'sec-fetch-dest': 'image',
    };
    expect(await sendRejected(handler, functionEvent(everything, headers))).toMatchObject({
      status: 403,
      body: { code: 'cross_site_refused' },
    });
  });

  it.each([
    ['a text', 'nonsense'],
    ['an array', ['authorization', 'Basic x']],
    ['nothing', null],
    ['other headers', { headers: { 'sec-fetch-site': 'none' } }],
    ['headers that are a text', { headers: 'authorization' }],
    ['headers that are an array', { headers: [signedIn.authorization] }],
    ['a password that is an array', { headers: { authorization: [signedIn.authorization] } }],
    ['a password that is an object', { headers: { authorization: { basic: signedIn.authorization } } }],
    ['a password that is a number', { headers: { authorization: 7 } }],
    ['a site that is an array', { headers: { ...signedIn, 'sec-fetch-site': ['none', 'cross-site'] } }],
    ['a purpose that is an object', { headers: { ...signedIn, 'sec-purpose': { a: 'prefetch' } } }],
    ['another scheme', { headers: { authorization: 'Bearer abc' } }],
    ['no base64', { headers: { authorization: 'Basic %%%' } }],
    ['no colon', { headers: { authorization: `Basic ${Buffer.from('operator').toString('base64')}` } }],
    ['the prototype’s names', { headers: Object.create({ authorization: signedIn.authorization }) }],
  ])(
    'responds with 401, and never throws, when the query replaces the request with %s',
    async (_name, request) => {
      expect(await sendRejected(handler, { ...everything, request })).toMatchObject({
        status: 401,
        body: { code: 'sign_in_required' },
      });
    },
  );
});

describe.each(changing)('%s', (_, handler) => {
  it('rejects a link from another site, because following it would do the work', async () => {
    const navigation = {
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    };
    expect(
      (await sendRejected(handler, functionEvent(everything, { ...signedIn, ...navigation }))).status,
    ).toBe(403);
  });
});

describe('lifecycle, which changes nothing', () => {
  const navigation = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };

  it.each(['cross-site', 'same-site'])('may be opened by a link: %s', async (site) => {
    // Of its own, because requests may still arrive after the first of them has failed.
    const opened = new TaskRouterDouble();
    await opened.start();
    const event = functionEvent({}, { ...signedIn, ...navigation, 'sec-fetch-site': site });
    const context = local({ TASKROUTER_BASE_URL: opened.url });
    const response = await invoke(lifecycle, { context, event });
    expect(response.status).not.toBe(403);
    expect(opened.requests.length).toBeGreaterThan(0);
    await opened.stop();
  });

  it('may not be put into a frame by another site', async () => {
    const frame = { ...navigation, 'sec-fetch-dest': 'iframe', 'sec-fetch-site': 'cross-site' };
    expect((await sendRejected(lifecycle, functionEvent({}, { ...signedIn, ...frame }))).status).toBe(403);
  });

  it('still requires the password from whoever follows the link', async () => {
    const event = functionEvent({}, { ...navigation, 'sec-fetch-site': 'cross-site' });
    expect((await sendRejected(lifecycle, event)).status).toBe(401);
  });
});

it.each(['operator', 'p', 'HTTP'])('does not tell by its words that the password is %s', async (password) => {
  const event = functionEvent(everything, {});
  const usual = await sendRejected(createTask, event);
  expect(await sendRejected(createTask, event, local({ OPERATOR_PASSWORD: password }))).toEqual(usual);
});

describe('the operator', () => {
  it.each([
    ['typed into the address bar', 'none'],
    ['from the page itself', 'same-origin'],
    ['with a value that Fetch Metadata does not define', 'elsewhere'],
  ])('is let in %s', async (_name, site) => {
    const event = functionEvent({}, { ...signedIn, 'sec-fetch-site': site });
    expect((await invoke(createTask, { context: local(), event })).body.code).not.toBe('cross_site_refused');
    expect(taskRouter.sent('POST /Tasks')).toHaveLength(1);
  });

  it('may have a colon and any letters in the password, and write the scheme in any case', async () => {
    const password = 'a:b:ñ→';
    const authorization = basic('operator', password).replace('Basic', 'bAsIc');
    await invoke(createTask, {
      context: local({ OPERATOR_PASSWORD: password }),
      event: functionEvent({}, { authorization }),
    });
    expect(taskRouter.sent('POST /Tasks')).toHaveLength(1);
  });
});
