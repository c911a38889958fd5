import { createHmac } from 'node:crypto';
import { handler } from '../../functions/worker-token';
import { exampleSid } from '../support/twilio-runtime';
import { Tutorial } from './tutorial';

let tutorial: Tutorial;
beforeAll(async () => {
  tutorial = await Tutorial.start();
});
afterAll(() => tutorial.close());

const apiKey = { API_KEY_SID: exampleSid('SK'), API_KEY_SECRET: 'the secret of the key' };
const tokenFor = (worker: unknown, variables: Record<string, unknown> = {}) =>
  tutorial.run(handler, { worker }, { ...apiKey, ...variables });

const parse = (part = '') => JSON.parse(Buffer.from(part, 'base64url').toString());

/** Header and claims of a token that is signed with the secret. */
function read(token: string) {
  const [header, claims, signature] = token.split('.');
  const expected = createHmac('sha256', apiKey.API_KEY_SECRET).update(`${header}.${claims}`);
  expect(signature).toBe(expected.digest('base64url'));
  return { header: parse(header), claims: parse(claims) };
}

it.each([
  ['name', () => 'Alice'],
  ['sid', () => tutorial.sids.alice],
])('signs a token for the worker with this %s, which acts as nobody else', async (_, worker) => {
  const { status, body } = await tokenFor(worker());
  expect({ status, ...body, token: '', expires_at: '' }).toEqual({
    status: 200,
    token: '',
    worker_sid: tutorial.sids.alice,
    worker_name: 'Alice',
    workspace_sid: tutorial.sids.workspace,
    expires_at: '',
    event_bridge_url: `${tutorial.taskRouter.url}/v1/wschannels`,
  });
  const { header, claims } = read(body.token);
  expect(header).toEqual({ alg: 'HS256', typ: 'JWT', cty: 'twilio-fpa;v=1' });
  expect(claims).toMatchObject({
    iss: apiKey.API_KEY_SID,
    sub: tutorial.taskRouter.accountSid,
    grants: {
      identity: 'Alice',
      task_router: {
        workspace_sid: tutorial.sids.workspace,
        worker_sid: tutorial.sids.alice,
        role: 'worker',
      },
    },
  });
});

it('says when the token expires, which is an hour later', async () => {
  const now = jest.spyOn(Date, 'now').mockReturnValue(Math.floor(Date.now() / 1000) * 1000);
  const { body } = await tokenFor('Alice').finally(() => now.mockRestore());
  const { claims } = read(body.token);
  expect(claims.exp - claims.iat).toBe(3600);
  expect(Date.parse(body.expires_at) / 1000).toBe(claims.exp);
});

it.each([
  ['API_KEY_SID', undefined, 'API_KEY_SID must be the sid of an API key (SK…)'],
  ['API_KEY_SID', exampleSid('AC'), 'API_KEY_SID must be the sid of an API key (SK…)'],
  ['API_KEY_SECRET', '', 'API_KEY_SECRET must be the secret of the API key'],
])('names %s if it is %j', async (name, value, sentence) => {
  expect(await tokenFor('Alice', { [name]: value })).toMatchObject({
    status: 500,
    body: { code: 'configuration', message: `Invalid environment variables: ${sentence}.` },
  });
});

it('does not find a worker that does not exist, and needs one', async () => {
  expect(await tokenFor('Nobody')).toMatchObject({ status: 404, body: { code: 'worker_not_found' } });
  expect(await tokenFor(undefined)).toMatchObject({
    status: 400,
    body: { code: 'invalid_parameters', errors: { worker: 'is required' } },
  });
});
