import { ApiBench, basic, goodCredentials } from '../support/api-bench';
import { testAccount } from '../support/start-test-taskrouter';

let bench: ApiBench;
beforeEach(async () => {
  bench = await ApiBench.start();
});
afterEach(() => bench.close());

const unauthenticated = {
  code: 20003,
  message: 'Authenticate',
  more_info: 'https://www.twilio.com/docs/errors/20003',
  status: 401,
};

describe('credentials', () => {
  it.each([
    ['none', ''],
    ['another scheme', 'Bearer 0123456789abcdef'],
    ['no base64', 'Basic ???'],
    ['nothing after the scheme', 'Basic '],
    ['no colon', `Basic ${Buffer.from(testAccount.sid).toString('base64')}`],
    ['a wrong token', basic(testAccount.sid, `${testAccount.authToken}0`)],
    ['an empty token', basic(testAccount.sid, '')],
    ['the secret of another API key', basic(testAccount.apiKey.sid, `${testAccount.apiKey.secret}0`)],
    ['an API key with the auth token', basic(testAccount.apiKey.sid, testAccount.authToken)],
    ['the account with the secret of its API key', basic(testAccount.sid, testAccount.apiKey.secret)],
    ['another account', basic(testAccount.sid.replace('abc', 'abd'), testAccount.authToken)],
  ])('refuses %s with 401, 20003 and a challenge', async (_case, authorization) => {
    const response = await bench.get('/v1/Workspaces', { authorization });
    expect(response.body).toEqual(unauthenticated);
    expect(response.status).toBe(401);
    expect(response.headers['www-authenticate']).toBe('Basic realm="Twilio API"');
  });

  it.each(['/v1/Workspaces', '/_taskrouter/state'])('of an API key open %s, too', async (path) => {
    const authorization = basic(testAccount.apiKey.sid, testAccount.apiKey.secret);
    expect((await bench.get(path, { authorization })).status).toBe(200);
  });

  it.each([
    ['the scheme in any case', goodCredentials.replace('Basic', 'basic')],
    ['several spaces', goodCredentials.replace(' ', '   ')],
    ['spaces that fill more than is compared at once', goodCredentials.replace(' ', ' '.repeat(2000))],
    ['base64 without padding', goodCredentials.replace(/=+$/, '')],
  ])('take %s', async (_case, authorization) => {
    expect((await bench.get('/v1/Workspaces', { authorization })).status).toBe(200);
  });

  it('are checked in every request, whatever the one before it had', async () => {
    const statusWith = async (authorization: string) =>
      (await bench.get('/v1/Workspaces', { authorization })).status;
    expect(await statusWith(goodCredentials)).toBe(200);
    expect(await statusWith(goodCredentials.slice(0, -4))).toBe(401);
    expect(await statusWith(`${goodCredentials} 0`)).toBe(401);
    expect(await statusWith(goodCredentials)).toBe(200);
  });

  it.each(['/v1/Workspaces/WSnone', '/nothing/here'])(
    'are required before anything about %s is revealed',
    async (path) => {
      expect((await bench.get(path, { authorization: '' })).body).toEqual(unauthenticated);
    },
  );

  it.each(['/_taskrouter/state', '/_taskrouter/callbacks'])(
    'are required by %s, which says where to find them',
    async (path) => {
      expect((await bench.get(path, { authorization: '' })).body).toEqual({
        ...unauthenticated,
        message: expect.stringContaining('"npx taskrouter env" prints both'),
      });
    },
  );

  it('appear in no response', async () => {
    const wrong = await bench.get('/v1/Workspaces', { authorization: basic(testAccount.sid, 'guess-0815') });
    const state = await bench.get('/_taskrouter/state');
    expect(wrong.text + JSON.stringify(wrong.headers)).not.toContain('guess-0815');
    expect(state.text).not.toContain(testAccount.authToken);
  });
});

describe('the Host header', () => {
  it.each([
    'localhost',
    'localhost:4040',
    '127.0.0.1',
    '127.0.0.1:80',
    '127.1.2.3:5',
    '[::1]:4040',
    'LOCALHOST:1',
  ])('may be %s', async (host) => {
    const { status, body } = await bench.get('/v1/Workspaces', { host });
    expect(status).toBe(200);
    expect(body.meta.url).toBe(`http://${host}/v1/Workspaces?PageSize=50&Page=0`);
  });

  it.each([
    'taskrouter.twilio.com',
    'taskrouter.twilio.com:443',
    'taskrouter.dublin.ie1.twilio.com',
    'event-bridge.ie1.twilio.com',
    'api.twilio.com',
  ])('may be %s, for clients that a proxy sends here, and URLs then are https', async (host) => {
    const { body } = await bench.get('/v1/Workspaces', { host });
    expect(body.meta.first_page_url).toBe(`https://${host}/v1/Workspaces?PageSize=50&Page=0`);
  });

  it.each([
    'evil.example',
    'verify.twilio.com',
    'taskrouter.twilio.com.evil.example',
    'localhost.evil.example',
    '127.0.0.1.nip.io',
    'localhost:4040@evil.example',
    '10.0.0.1',
  ])('may not be %s, even with good credentials', async (host) => {
    const response = await bench.get('/v1/Workspaces', { host });
    expect(response.status).toBe(403);
    expect(response.body.code).toBe(20403);
    expect(response.body.message).toBe(
      `Host '${host}' is not a name of this service: use localhost or taskrouter.twilio.com, or start the service with --public-url`,
    );
  });

  it('may be a name that was allowed at start', async () => {
    const other = await ApiBench.start({ host: 'taskrouter.internal' });
    expect((await other.get('/v1/Workspaces', { host: 'taskrouter.internal:4040' })).status).toBe(200);
    await other.close();
  });

  it('may be the one of the public URL, which is then the origin of every link', async () => {
    // Behind a tunnel, clients use the public URL (F18).
    const other = await ApiBench.start({ publicUrl: 'https://name.example' });
    const { status, body } = await other.get('/v1/Workspaces', { host: 'name.example' });
    expect([status, body.meta.url]).toEqual([
      200,
      expect.stringMatching(/^https:\/\/name\.example\/v1\/Workspaces/),
    ]);
    await other.close();
  });

  it('is checked for the open pages too', async () => {
    expect((await bench.get('/healthz', { host: 'evil.example' })).status).toBe(403);
  });
});

describe('the Origin header', () => {
  it.each(['https://evil.example', 'http://127.0.0.1:3000', 'null'])('may not be %s', async (origin) => {
    const response = await bench.post('/v1/Workspaces', { FriendlyName: 'Not ours' }, { origin });
    expect(response.status).toBe(403);
    expect(response.headers['access-control-allow-origin']).toBeUndefined();
    expect((await bench.get('/v1/Workspaces')).body.workspaces).toEqual([]);
  });

  it('may be our own', async () => {
    const origin = 'http://127.0.0.1:4040';
    expect((await bench.post('/v1/Workspaces', { FriendlyName: 'Ours' }, { origin })).status).toBe(201);
  });
});

describe('the open pages', () => {
  it('tell without credentials that the service lives', async () => {
    const response = await bench.get('/healthz', { authorization: '' });
    expect([response.status, response.body]).toEqual([200, { status: 'ok' }]);
  });

  it('tell that it is ready only once it is', async () => {
    let ready = false;
    const starting = await ApiBench.start({ ready: () => ready });
    const before = await starting.get('/readyz', { authorization: '' });
    ready = true;
    const after = await starting.get('/readyz', { authorization: '' });
    await starting.close();
    expect([before.status, before.body]).toEqual([503, { status: 'starting' }]);
    expect([after.status, after.body]).toEqual([200, { status: 'ready' }]);
  });

  it('give directions at / where the inspector does not come along', async () => {
    const page = await bench.get('/', { authorization: '' });
    expect(page.status).toBe(200);
    expect(page.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(page.text).toContain('/_taskrouter/callbacks');
  });
});
