import { operatorAuthorization } from '../support/operator';
import { authToken, serveProject } from './project';
import { sendRequest } from './send-request';

const functions = {
  'functions/who.ts': `export const handler = (context, event, callback) =>
    callback(null, { authorization: event.request.headers.authorization ?? null });`,
  'functions/called.protected.ts': `export const handler = (context, event, callback) =>
    callback(null, { authorization: event.request.headers.authorization ?? null });`,
};

describe('local sign-in', () => {
  const served = serveProject(functions);

  const who = async (headers: Record<string, string> = {}, url = served.host.url) =>
    (await sendRequest(`${url}/who`, { headers })).json.authorization;

  it('signs in a command line, a typed-in address and our own page', async () => {
    expect(await who()).toBe(operatorAuthorization);
    expect(await who({ 'Sec-Fetch-Site': 'none' })).toBe(operatorAuthorization);
    expect(await who({ 'Sec-Fetch-Site': 'same-origin', Origin: served.host.url })).toBe(
      operatorAuthorization,
    );
    expect(await who({ Origin: served.host.url, Referer: `${served.host.url}/` })).toBe(
      operatorAuthorization,
    );
  });

  it.each<[string, Record<string, string>]>([
    ['another site', { 'Sec-Fetch-Site': 'cross-site' }],
    ['another port of this machine', { 'Sec-Fetch-Site': 'same-site' }],
    ['an unknown value', { 'Sec-Fetch-Site': 'sideways' }],
  ])('forwards a request from %s without credentials', async (_what, headers) => {
    expect(await who(headers)).toBeNull();
  });

  it.each<[string, Record<string, string>]>([
    ['another origin, from a browser without Fetch Metadata', { Origin: 'http://evil.example' }],
    ['an opaque origin', { Origin: 'null' }],
    ['a page of another site, by its Referer', { Referer: 'http://evil.example/page' }],
    ['an origin that only begins like ours', { Referer: 'http://127.0.0.1.evil.example/' }],
  ])('refuses a request of %s, with remembered credentials, too', async (_what, headers) => {
    for (const authorization of [{}, { Authorization: operatorAuthorization }]) {
      const response = await sendRequest(`${served.host.url}/who`, {
        headers: { ...headers, ...authorization },
      });
      expect([response.status, response.json.code]).toEqual([403, 'cross_site_refused']);
    }
  });

  it('keeps the credentials of a request', async () => {
    expect(await who({ Authorization: 'Basic b3RoZXI6b3RoZXI=' })).toBe('Basic b3RoZXI6b3RoZXI=');
    expect(await who({ Authorization: '' })).not.toBe(operatorAuthorization);
  });

  it('adds no credentials to a request for a protected Function', async () => {
    const { getExpectedTwilioSignature } = await import('twilio/lib/webhooks/webhooks');
    const signature = getExpectedTwilioSignature(authToken, `${served.host.url}/called`, {});
    const response = await sendRequest(`${served.host.url}/called`, {
      headers: { 'X-Twilio-Signature': signature },
    });
    expect(response.json.authorization).toBeNull();
  });

  it('signs in nobody whose connection belongs to another user', async () => {
    const shared = await served.project.start({ ownsConnection: async () => false });
    expect(await who({ 'Sec-Fetch-Site': 'same-origin', Origin: shared.url }, shared.url)).toBeNull();
  });

  it('is off without an operator', async () => {
    const rehearsal = await served.project.start({ operator: null });
    expect(await who({}, rehearsal.url)).toBeNull();
  });
});
