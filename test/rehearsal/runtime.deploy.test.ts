import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import type { TwilioEmulator } from '../../src/rehearsal/emulator';
import { type HandMadeService, handMadeService } from '../support/hand-made-service';
import { endAll, startTestEmulator } from '../support/rehearsal';

const responding = (expression: string, before = '') =>
  `${before}\nexports.handler = (context, event, callback) => callback(null, ${expression});`;

const functions = {
  'public /context': responding('{ ...context }'),
  'public /process': responding('{ ...process.env }'),
  'public /event': responding('event'),
  'public /memory': `let count = 0;\n${responding('{ count: (count += 1) }')}`,
  'public /sibling': responding('{}', "require('./context.js');"),
  'public /shared': responding('{}', "require('../src/steps/step');"),
  'public /undeclared': responding('{}', "require('fastify');"),
  'public /sdk': responding("{ version: require('twilio/package.json').version }"),
  'public /client': responding('{ sid: context.getTwilioClient().accountSid }'),
  'public /asset': responding("Runtime.getAssets()['/settings.json'].open()"),
  'public /other': responding("require(Runtime.getFunctions()['hidden'].path).secret"),
  'protected /signed': responding('{ signed: true }'),
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

async function send(url: string, init: NonNullable<Parameters<TwilioEmulator['fetch']>[1]> = {}) {
  const response = await emulator.fetch(made.origin + url, init);
  return { status: response.status, headers: response.headers, text: await response.text() };
}
const json = async (url: string) => JSON.parse((await send(url)).text);

it('passes variables in context, with the sids and the credentials of the account', async () => {
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

it('passes none of them in process.env', async () => {
  const environment = await json('/process');
  expect(Object.keys(environment)).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/GREETING|ACCOUNT_SID|AUTH_TOKEN/)]),
  );
});

it('applies a changed variable to the next request', async () => {
  const [variable] = await made.environment.variables.list();
  await made.environment.variables(variable?.sid as string).update({ value: 'goodbye' });
  expect(await json('/context')).toMatchObject({ GREETING: 'goodbye' });
});

it('sends requests to two instances in turn, which do not share their memory', async () => {
  const twofold = await startTestEmulator({ instances: 2 });
  const service = await handMadeService(twofold);
  await service.deploy({ functions: { 'public /memory': functions['public /memory'] } });
  const counts: unknown[] = [];
  for (let request = 0; request < 3; request += 1)
    counts.push(await (await twofold.fetch(`${service.origin}/memory`)).json());
  expect(counts).toEqual([{ count: 1 }, { count: 1 }, { count: 2 }]);
});

it.each(['/sibling', '/shared', '/undeclared'])(
  'fails %s, which needs a file that was not uploaded',
  async (url) => {
    const { status, text } = await send(url);
    expect([status, JSON.parse(text)]).toMatchObject([500, { code: 'function_failed' }]);
  },
);

it('runs Functions with the SDK that is listed as a dependency', async () => {
  expect(await json('/sdk')).toEqual({ version: '6.2.0' });
  expect(await json('/client')).toEqual({ sid: emulator.account.accountSid });
});

it('gives Functions access to private files, which have no URL', async () => {
  expect((await send('/asset')).text).toBe('{"kept":true}');
  expect((await send('/other')).text).toBe('shared');
  expect((await send('/hidden')).status).toBe(404);
  expect((await send('/settings.json')).status).toBe(404);
});

it('requires a signature for protected files, over the https URL with its query', async () => {
  expect((await send('/signed?a=1', { method: 'POST' })).status).toBe(403);
  expect((await send('/guarded.txt')).status).toBe(403);
  const form = { Name: 'Alice' };
  const signature = getExpectedTwilioSignature(emulator.account.authToken, `${made.origin}/signed?a=1`, form);
  const signed = { method: 'POST', headers: { 'X-Twilio-Signature': signature } };
  const body = new URLSearchParams(form);
  expect((await send('/signed?a=1', { ...signed, body })).text).toBe('{"signed":true}');
  expect((await send('/signed?a=2', { ...signed, body })).status).toBe(403);
});

it('accepts only GET, POST and OPTIONS', async () => {
  expect((await send('/event', { method: 'PUT' })).status).toBe(405);
  const { status, headers } = await send('/signed', { method: 'OPTIONS' });
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

it('serves assets, including the page at /', async () => {
  expect((await send('/')).text).toBe('<h1>root</h1>');
  const { text, headers } = await send('/style.css');
  expect([text, headers.get('content-type')]).toEqual(['h1 {}', 'text/css; charset=UTF-8']);
});

it('runs the deployed build, and an earlier one when that is deployed again', async () => {
  const [first] = emulator.serverless.builds;
  await made.deploy({ functions: { 'public /only': responding("'second'") } });
  expect((await send('/only')).text).toBe('second');
  expect((await send('/context')).status).toBe(404);
  await made.environment.deployments.create({ buildSid: first?.sid as string });
  expect((await send('/only')).status).toBe(404);
  expect((await send('/context')).status).toBe(200);
});

it('fails a build whose dependencies cannot be installed, and names them', async () => {
  const dependencies = [{ name: 'twilio', version: '6.2.0-never-published' }];
  const { status, failure } = await made.build({ functions: { 'public /x': responding('1') }, dependencies });
  expect([status, failure]).toEqual(['failed', expect.stringContaining('twilio@6.2.0-never-published')]);
});
