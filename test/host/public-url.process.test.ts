import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { authToken, Project, serveProject } from './project';
import { sendRequest } from './send-request';

const publicUrl = 'https://name.example';
const functions = {
  'functions/callback.protected.ts': `export const handler = (context, event, callback) => callback(null, { domain: context.DOMAIN_NAME });`,
  'functions/operate.ts': `export const handler = (context, event, callback) =>
    callback(null, { signedIn: event.request.headers.authorization !== undefined });`,
};
const form = { TaskSid: 'WT1' };
const signatureOf = (url: string) => ({
  'X-Twilio-Signature': getExpectedTwilioSignature(authToken, url, form),
});
/** What ngrok and cloudflared add. */
const tunnel = { 'X-Forwarded-For': '203.0.113.9', 'X-Forwarded-Proto': 'https' };

// Seen in programs that run behind a tunnel: Twilio signs the public URL (F18).
describe('Functions behind a tunnel', () => {
  const served = serveProject(functions, { publicUrl });

  const post = (path: string, headers: Record<string, string>) =>
    sendRequest(`${served.host.url}${path}`, { method: 'POST', form, headers });

  it.each([
    ['keeps the Host header', { Host: 'name.example' }],
    ['writes the port into it', { Host: 'NAME.example:443' }],
    ['replaces it by the local one', { Host: 'localhost:3000' }],
  ])('accept what Twilio signed for the public URL if the tunnel %s', async (_what, headers) => {
    const signed = signatureOf(`${publicUrl}/callback?x=1`);
    const { status, json } = await post('/callback?x=1', { ...headers, ...tunnel, ...signed });
    expect([status, json]).toEqual([200, { domain: 'name.example' }]);
  });

  it('still accept the callbacks of the local TaskRouter', async () => {
    expect((await post('/callback', signatureOf(`${served.host.url}/callback`))).status).toBe(200);
  });

  it('reject another URL, and name the URL that was checked without its query', async () => {
    const signed = signatureOf('https://other.example/callback');
    const { status, json } = await post('/callback?From=x', { Host: 'name.example', ...tunnel, ...signed });
    expect([status, json.code]).toEqual([403, 'signature_invalid']);
    expect(json.message).toContain('does not match https://name.example/callback?…:');
  });

  it('reject a third name, and say how to allow it', async () => {
    const { status, json } = await post('/callback', { Host: 'other.example', ...tunnel });
    expect([status, json.code]).toEqual([421, 'host_refused']);
    expect(json.message).toMatch(
      /^http:\/\/other\.example\/callback is not .*--public-url https:\/\/other\.example\.$/,
    );
  });

  it.each([
    ['under the public name', { Host: 'name.example' }],
    ['with forwarding headers', tunnel],
  ])('do not sign in a request that comes %s', async (_what, headers) => {
    expect((await post('/operate', headers as Record<string, string>)).json).toEqual({ signedIn: false });
    expect((await post('/operate', {})).json).toEqual({ signedIn: true });
  });
});

it('without a public URL, a rejected signature of a tunnel says which URL was checked and what to do', async () => {
  const project = new Project(functions);
  try {
    const { url } = await project.start();
    const headers = { ...tunnel, ...signatureOf(`${publicUrl}/callback`) };
    const { json } = await sendRequest(`${url}/callback`, { method: 'POST', form, headers });
    expect(json.message).toContain(`does not match ${url}/callback:`);
    expect(json.message).toContain('start the server with --public-url');
  } finally {
    await project.remove();
  }
});
