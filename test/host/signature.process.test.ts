import { createHash } from 'node:crypto';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { operatorAuthorization } from '../support/operator';
import { authToken, serveProject } from './project';
import { sendRequest } from './send-request';

const functions = {
  'functions/callback.protected.ts': `export const handler = (context, event, callback) => callback(null, event);`,
  'functions/broken.protected.ts': `export const handler = ;`,
  'dist/assets/report.protected.txt': 'for Twilio only',
};

describe('a protected Function or asset', () => {
  const served = serveProject(functions);

  const sign = (path: string, parameters: Record<string, string | string[]> = {}, token = authToken) => ({
    'X-Twilio-Signature': getExpectedTwilioSignature(token, `${served.host.url}${path}`, parameters),
  });
  const post = (path: string, form: Record<string, string | string[]>, headers: Record<string, string>) =>
    sendRequest(`${served.host.url}${path}`, { method: 'POST', form, headers });

  it('runs when URL and form are signed, repeated parameters included', async () => {
    const form = { TaskSid: 'WT1', TaskAttributes: '{"a":"ü"}', Repeated: ['b', 'a'] };
    const response = await post('/callback?x=1', form, sign('/callback?x=1', form));
    expect(response.status).toBe(200);
    expect(response.json).toMatchObject({ ...form, x: '1' });
  });

  it('runs when a GET is signed by its URL alone', async () => {
    const path = '/callback?TaskSid=WT1&Name=a%20b';
    expect((await sendRequest(`${served.host.url}${path}`, { headers: sign(path) })).status).toBe(200);
  });

  it('is signed under the host name in the request', async () => {
    const url = `http://localhost:${served.host.port}/callback`;
    const headers = { 'X-Twilio-Signature': getExpectedTwilioSignature(authToken, url, {}) };
    expect((await sendRequest(url, { headers })).status).toBe(200);
    expect((await sendRequest(`${served.host.url}/callback`, { headers })).status).toBe(403);
  });

  it('is rejected with 403 when unsigned, even with the operator’s credentials', async () => {
    for (const headers of [{}, { Authorization: operatorAuthorization }, { 'X-Twilio-Signature': '' }]) {
      const response = await post('/callback', { TaskSid: 'WT1' }, headers as Record<string, string>);
      expect([response.status, response.json.code]).toEqual([403, 'signature_missing']);
    }
  });

  it.each<[string, Record<string, string>, string, string | undefined]>([
    ['another body was signed', { TaskSid: 'WT2' }, '/callback', undefined],
    ['a parameter was added', {}, '/callback', undefined],
    ['another URL was signed', { TaskSid: 'WT1' }, '/callback?more=1', undefined],
    ['another token signed', { TaskSid: 'WT1' }, '/callback', 'another-token'],
  ])('is rejected with 403 when %s, and logged', async (_what, form, path, token) => {
    served.project.log.length = 0;
    const response = await post('/callback', { TaskSid: 'WT1' }, sign(path, form, token));
    expect([response.status, response.json.code]).toEqual([403, 'signature_invalid']);
    expect(served.project.logged).toMatch(/POST \/callback: 403 signature_invalid/);
  });

  it('needs a JSON body signed by its hash', async () => {
    const body = '{"a":1}';
    const hash = createHash('sha256').update(body).digest('hex');
    const send = (path: string) =>
      sendRequest(`${served.host.url}${path}`, {
        method: 'POST',
        body,
        headers: { ...sign(path), 'Content-Type': 'application/json' },
      });
    expect((await send(`/callback?bodySHA256=${hash}`)).json).toMatchObject({ a: 1 });
    expect((await send(`/callback?bodySHA256=${'0'.repeat(64)}`)).status).toBe(403);
    expect((await send('/callback')).status).toBe(403);
  });

  it('protects an asset in the same way', async () => {
    expect((await sendRequest(`${served.host.url}/report.txt`)).status).toBe(403);
    const response = await sendRequest(`${served.host.url}/report.txt`, { headers: sign('/report.txt') });
    expect([response.status, response.text]).toEqual([200, 'for Twilio only']);
  });

  it('hides from unsigned requests that it fails to compile', async () => {
    expect((await sendRequest(`${served.host.url}/broken`)).status).toBe(403);
    expect((await sendRequest(`${served.host.url}/broken`, { headers: sign('/broken') })).json.code).toBe(
      'function_not_built',
    );
  });
});
