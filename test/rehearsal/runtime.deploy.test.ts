import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import type { TwilioEmulator } from '../../src/rehearsal/emulator';
import { type HandMadeService, handMadeService } from '../support/hand-made-service';
import { endAll, startTestEmulator } from '../support/rehearsal';

const answer = (expression: string, before = '') =>
  `${before}\nexports.handler = (context, event, callback) => callback(null, ${expression});`;

const functions = {
  'public /context': answer('{ ...context }'),
  'public /process': answer('{ ...process.env }'),
  'public /event': answer('event'),
  'public /memory': `let calls = 0;\n${answer('{ calls: (calls += 1) }')}`,
  'public /sibling': answer('{}', "require('./context.js');"),
  'public /shared': answer('{}', "require('../src/steps/step');"),
  'public /undeclared': answer('{}', "require('fastify');"),
  'public /sdk': answer("{ version: require('twilio/package.json').version }"),
  'public /client': answer('{ sid: context.getTwilioClient().accountSid }'),
  'public /asset': answer("Runtime.getAssets()['/settings.json'].open()"),
  'public /other': answer("require(Runtime.getFunctions()['hidden'].path).secret"),
  'protected /signed': answer('{ signed: true }'),
  'private /hidden': "exports.secret = 'shared';",
};
const assets = {
  'public /assets/index.html': '<h1>root</h1>',
  'public /style.css': 'h1 {}',
  'protected /guarded.txt': 'guarded',
  'private /settings.json': '{"kept":true}',
};

let emulator: TwilioEmulator;
let made: HandMadeService;
beforeAll(async () => {
  emulator = await startTestEmulator();
  made = await handMadeService(emulator);
  await made.environment.variables.create({ key: 'GREETING', value: 'hello' });
  await made.deploy({ functions, assets });
});
afterAll(endAll);

async function ask(url: string, init: NonNullable<Parameters<TwilioEmulator['fetch']>[1]> = {}) {
  const response = await emulator.fetch(made.origin + url, init);
  return { status: response.status, headers: response.headers, text: await response.text() };
}
const json = async (url: string) => JSON.parse((await ask(url)).text);

it('gives variables in context, beside the sids and the credentials of the account', async () => {
  expect(await json('/context')).toEqual({
    GREETING: 'hello',
    ACCOUNT_SID: emulator.account.accountSid,
    AUTH_TOKEN: emulator.account.authToken,
    SERVICE_SID: made.serviceSid,
    ENVIRONMENT_SID: made.environmentSid,
    DOMAIN_NAME: new URL(made.origin).host,
    PATH: '/context',
  });
});

it('gives nothing of them in process.env', async () => {
  const environment = await json('/process');
  expect(Object.keys(environment)).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/GREETING|ACCOUNT_SID|AUTH_TOKEN/)]),
  );
});

it('serves a changed variable from the next request on', async () => {
  const [variable] = await made.environment.variables.list();
  await made.environment.variables(variable?.sid as string).update({ value: 'goodbye' });
  expect(await json('/context')).toMatchObject({ GREETING: 'goodbye' });
});

it('has several instances, which do not share their memory', async () => {
  const calls = [await json('/memory'), await json('/memory'), await json('/memory')];
  expect(calls.map((each) => each.calls)).toEqual([1, 1, 2]);
});

it.each(['/sibling', '/shared', '/undeclared'])(
  'fails %s, which needs a file that was not uploaded',
  async (url) => {
    const { status, text } = await ask(url);
    expect([status, JSON.parse(text)]).toMatchObject([500, { code: 'function_failed' }]);
  },
);

it('has the SDK that was uploaded as a dependency, and no other', async () => {
  expect(await json('/sdk')).toEqual({ version: '6.2.0' });
  expect(await json('/client')).toEqual({ sid: emulator.account.accountSid });
});

it('gives Functions the private files, which have no address', async () => {
  expect((await ask('/asset')).text).toBe('{"kept":true}');
  expect((await ask('/other')).text).toBe('shared');
  expect((await ask('/hidden')).status).toBe(404);
  expect((await ask('/settings.json')).status).toBe(404);
});

it('asks for a signature at protected files, over the https address with its query', async () => {
  expect((await ask('/signed?a=1', { method: 'POST' })).status).toBe(403);
  expect((await ask('/guarded.txt')).status).toBe(403);
  const form = { Name: 'Alice' };
  const signature = getExpectedTwilioSignature(emulator.account.authToken, `${made.origin}/signed?a=1`, form);
  const signed = { method: 'POST', headers: { 'X-Twilio-Signature': signature } };
  const body = new URLSearchParams(form);
  expect((await ask('/signed?a=1', { ...signed, body })).text).toBe('{"signed":true}');
  expect((await ask('/signed?a=2', { ...signed, body })).status).toBe(403);
});

it('takes GET, POST and OPTIONS alone', async () => {
  expect((await ask('/event', { method: 'PUT' })).status).toBe(405);
  const { status, headers } = await ask('/signed', { method: 'OPTIONS' });
  expect([status, headers.get('access-control-allow-origin')]).toEqual([204, '*']);
});

it('hides from a Function what the platform hides', async () => {
  const { request, ...parameters } = await json('/event?x=1');
  expect(parameters).toEqual({ x: '1' });
  expect(Object.keys(request.headers)).not.toContain('host');
});

it('ends a Function that takes too long', async () => {
  const hasty = await startTestEmulator({ limits: { functionTimeoutMs: 100 }, log: () => undefined });
  const service = await handMadeService(hasty);
  await service.deploy({ functions: { 'public /slow': 'exports.handler = () => {};' } });
  expect((await hasty.fetch(`${service.origin}/slow`)).status).toBe(504);
});

it('serves assets, the page at / among them', async () => {
  expect((await ask('/')).text).toBe('<h1>root</h1>');
  const { text, headers } = await ask('/style.css');
  expect([text, headers.get('content-type')]).toEqual(['h1 {}', 'text/css; charset=UTF-8']);
});

it('answers for the build that is deployed, and for an earlier one when that is deployed again', async () => {
  const [first] = emulator.serverless.builds;
  await made.deploy({ functions: { 'public /only': answer("'second'") } });
  expect((await ask('/only')).text).toBe('second');
  expect((await ask('/context')).status).toBe(404);
  await made.environment.deployments.create({ buildSid: first?.sid as string });
  expect((await ask('/only')).status).toBe(404);
  expect((await ask('/context')).status).toBe(200);
});

it('fails a build whose dependencies cannot be installed, saying which', async () => {
  const dependencies = [{ name: 'twilio', version: '6.2.0-never-published' }];
  const { status, failure } = await made.build({ functions: { 'public /x': answer('1') }, dependencies });
  expect([status, failure]).toEqual(['failed', expect.stringContaining('twilio@6.2.0-never-published')]);
});
