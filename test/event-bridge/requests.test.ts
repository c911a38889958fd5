import { jwt } from 'twilio';
import { bridgeCall, postToBridge } from '../support/bridge-call';
import { testAccount } from '../support/start-test-taskrouter';
import { tokenFor } from '../support/worker-sdk';
import { agentsForEach } from './agents';

const agents = agentsForEach();

const worker = () => `Workspaces/${agents.workspaceSid}/Workers/${agents.aliceSid}`;
const call = (details: Partial<Parameters<typeof bridgeCall>[1]> = {}) =>
  bridgeCall(agents.service.url, { url: worker(), token: agents.token(agents.aliceSid), ...details });

it('wraps the response in a payload, with dates in seconds and attributes as text', async () => {
  const { status, body } = await call();
  expect({ status, body }).toEqual({
    status: 200,
    body: {
      payload: {
        account_sid: expect.stringMatching(/^AC/),
        activity_name: 'Idle',
        activity_sid: agents.activities.Idle,
        attributes: '{}',
        available: true,
        date_created: 1_769_860_800,
        date_status_changed: 1_769_860_800,
        date_updated: 1_769_860_800,
        friendly_name: 'Alice',
        sid: agents.aliceSid,
        version: 0,
        workspace_sid: agents.workspaceSid,
      },
    },
  });
});

it.each(['v1', 'v2'])('takes calls with apiVersion %s', async (apiVersion) => {
  expect(await call({ url: `${worker()}/Reservations`, headers: { apiVersion } })).toMatchObject({
    status: 200,
    body: { payload: { contents: [], meta: { list_key: 'contents' } } },
  });
});

it('lists reservations that are active, that are not, or all', async () => {
  const { sid } = await agents.workspace.tasks.create({ attributes: '{}' });
  const [reservation] = await agents.workspace.tasks(sid).reservations.list();
  const activitySid = agents.activities.Offline as string;
  await agents.workspace
    .tasks(sid)
    .reservations(reservation?.sid as string)
    .update({ reservationStatus: 'rejected', workerActivitySid: activitySid });
  const listed = async (params: object) => {
    const { body } = await call({ url: `${worker()}/Reservations`, params });
    return body.payload.contents.map((each: { reservation_status: string }) => each.reservation_status);
  };
  expect(await listed({ Active: 'true' })).toEqual([]);
  expect(await listed({ Active: 'false' })).toEqual(['rejected']);
  expect(await listed({ Active: true })).toEqual([]);
  expect(await listed({})).toEqual(['rejected']);
});

it.each([['application/x-www-form-urlencoded'], ['text/plain;charset=UTF-8'], ['application/json']])(
  'reads JSON sent as %s',
  async (type) => {
    expect((await call({ headers: { 'content-type': type } })).status).toBe(200);
  },
);

it.each([
  ['nothing', '', 'Invalid JSON provided for the body'],
  ['a form', 'token=a&url=b', 'Invalid JSON provided for the body'],
  ['a list', '[]', 'Invalid JSON provided for the body: it must be an object'],
  ['no url', '{"method":"GET"}', 'url field is required'],
  ['no method', '{"url":"Workspaces"}', "Value 'undefined' provided for method is not GET or POST"],
  ['another method', '{"url":"Workspaces","method":"DELETE"}', "Value 'DELETE' provided for method"],
  ['params that are no object', '{"url":"a","method":"GET","params":1}', 'Invalid JSON provided for params'],
  ['deep nesting', `{"url":${'['.repeat(5000)}${']'.repeat(5000)}}`, 'nested more than'],
])('refuses %s', async (_name, body, message) => {
  expect(await postToBridge(agents.service.url, body)).toMatchObject({
    status: 400,
    body: { code: 20001, status: 400, message: expect.stringContaining(message) },
  });
});

it('refuses an unknown apiVersion', async () => {
  expect(await call({ headers: { apiVersion: 'v3' } })).toMatchObject({
    status: 400,
    body: { message: "Value 'v3' provided for apiVersion is not v1 or v2" },
  });
});

it.each(['0', '"0"', 'W/"0"', '*'])('takes If-Match %s for the first version', async (ifMatch) => {
  const update = { method: 'POST', params: { Attributes: { a: 1 } }, headers: { 'if-match': ifMatch } };
  expect((await call(update)).status).toBe(200);
});

it('refuses another version, and changes nothing', async () => {
  const update = { method: 'POST', params: { Attributes: { a: 1 } }, headers: { 'if-match': '7' } };
  expect(await call(update)).toMatchObject({ status: 412, body: { code: 20412 } });
  expect((await call()).body.payload.attributes).toBe('{}');
});

describe('from a page of another origin', () => {
  const origin = 'https://agents.example';

  it('a preflight is answered for the headers of the SDK', async () => {
    const response = await fetch(`${agents.service.url}/v1/wschannels`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'apiversion,clientversion,if-match',
        'access-control-request-private-network': 'true',
        'sec-fetch-site': 'cross-site',
      },
    });
    expect(response.status).toBe(204);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'apiVersion, clientVersion, Content-Type, If-Match',
      'access-control-allow-private-network': 'true',
    });
  });

  it('responses and errors can be read', async () => {
    const headers = { origin, 'sec-fetch-site': 'cross-site' };
    const good = await call({ headers });
    expect([good.status, good.headers.get('access-control-allow-origin')]).toEqual([200, '*']);
    const bad = await call({ headers, token: 'forged' });
    expect([bad.status, bad.headers.get('access-control-allow-origin')]).toEqual([401, '*']);
  });

  it('the REST API stays closed', async () => {
    const { status } = await fetch(`${agents.service.url}/v1/Workspaces`, { headers: { origin } });
    expect(status).toBe(403);
  });
});

const shownRequests = () => {
  const { journal } = agents.service;
  const requests = journal.since(0).filter(({ type }) => type === 'request');
  // biome-ignore lint/suspicious/noExplicitAny: whatever JSON the test is about
  return requests.map((one) => journal.toJson(one) as any);
};

it('keeps tokens out of everything that the inspector shows', async () => {
  const token = agents.token(agents.aliceSid);
  await call({ token, method: 'POST', params: { ActivitySid: 'WA', Attributes: { token } } });
  await call({ token: `${token}forged` });
  await call({ token, url: 'nowhere' });
  const { url } = agents.service;
  await fetch(`${url}/v1/wschannels?token=${token}`);
  for (const type of ['text/plain', 'application/json', 'application/x-www-form-urlencoded'])
    await fetch(`${url}/v1/elsewhere`, {
      method: 'POST',
      headers: { 'content-type': type },
      body: JSON.stringify({ token }),
    });
  expect(shownRequests().length).toBeGreaterThan(5);
  expect(JSON.stringify(shownRequests())).not.toContain(token);
});

it('shows a call in the inspector as the request that it wraps', async () => {
  await call({ method: 'POST', params: { Attributes: { level: 1 }, Unknown: 2 } });
  await call({ url: `${worker()}/Reservations`, params: { Active: 'true' } });
  const [update, list] = shownRequests().slice(-2);
  expect(update).toMatchObject({
    method: 'POST',
    operation: 'UpdateWorker',
    path: `/v1/${worker()}`,
    parameters: [
      ['Attributes', '{"level":1}'],
      ['Unknown', '2'],
    ],
    ignored_parameters: [{ name: 'Unknown' }],
    status: 200,
    worker_sid: agents.aliceSid,
    response: { friendly_name: 'Alice' },
  });
  expect(list).toMatchObject({
    method: 'GET',
    operation: 'ListWorkerReservation',
    url: `/v1/${worker()}/Reservations?Active=true`,
    response: { rows: 'contents', count: 0 },
  });
});

it('shows in the inspector why a token was refused', async () => {
  await call({ token: 'forged' });
  expect(shownRequests().at(-1)).toMatchObject({ status: 401, error_code: 20101, operation: null });
});

it('counts a token by the clock that was nearer to its date of issue', async () => {
  // A program of its own signs with the time of the computer, from which the virtual clock differs.
  const { clock } = agents;
  const grant = { workspaceSid: agents.workspaceSid, workerSid: agents.aliceSid, role: 'worker' as const };
  const now = Date.now();
  const byComputer = tokenFor({ ...agents, clock: { ...clock, now: () => now } as never }, grant);
  const expired = tokenFor({ ...agents, clock: { ...clock, now: () => now - 3_700_000 } as never }, grant);
  expect((await call({ token: byComputer })).status).toBe(200);
  expect((await call({ token: expired })).body).toMatchObject({ code: 20104 });
  await clock.advance(7_200_000);
  expect((await call({ token: byComputer })).status).toBe(200);
});

it('refuses a token that is not valid yet', async () => {
  const { sid, apiKey } = testAccount;
  const made = new jwt.AccessToken(sid, apiKey.sid, apiKey.secret, { identity: 'Alice' });
  Object.assign(made, { nbf: Math.floor(Date.now() / 1000) + 600 });
  const { workspaceSid, aliceSid: workerSid } = agents;
  made.addGrant(new jwt.AccessToken.TaskRouterGrant({ workspaceSid, workerSid, role: 'worker' }));
  expect(await call({ token: made.toJwt() })).toMatchObject({ status: 401, body: { code: 20105 } });
});
