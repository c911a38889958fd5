import type { TwilioEmulator } from '../../src/rehearsal/emulator';
import { accountByToken } from '../../src/system/twilio-account';
import {
  dependencies,
  type HandMadeService,
  handMadeService,
  uploadVersion,
} from '../support/hand-made-service';
import { officialClient } from '../support/official-client';
import { endAll, startTestEmulator } from '../support/rehearsal';

let emulator: TwilioEmulator;
let made: HandMadeService;
beforeAll(async () => {
  emulator = await startTestEmulator();
});
beforeEach(async () => {
  made = await handMadeService(emulator);
});
afterEach(() => {
  for (const service of [...emulator.serverless.services]) emulator.serverless.removeService(service);
});
afterAll(endAll);

const nowhere = 'ZS00000000000000000000000000000000';
const services = () => officialClient(emulator).serverless.v1.services;

/** A version of a Function without any dependency, so that nothing is installed. */
async function version(url = '/hello'): Promise<string> {
  const { sid } = await made.service.functions.create({ friendlyName: url });
  const content = "exports.handler = (context, event, callback) => callback(null, 'hello');";
  return uploadVersion(emulator, made.serviceSid, `Functions/${sid}`, {
    path: url,
    visibility: 'public',
    content,
  });
}

it('returns a Service by its sid and by its unique name, with the fields that the official client reads', async () => {
  const service = await services()('hand-made').fetch();
  expect(service).toMatchObject({
    sid: made.serviceSid,
    accountSid: emulator.account.accountSid,
    uniqueName: 'hand-made',
    friendlyName: 'Hand-made',
    includeCredentials: true,
    uiEditable: false,
    url: `https://serverless.twilio.com/v1/Services/${made.serviceSid}`,
  });
  expect(service.dateCreated).toBeInstanceOf(Date);
});

it('returns 404, 401 and 409 as the platform does', async () => {
  await expect(services()(nowhere).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
  const wrong = { ...accountByToken(emulator.account), password: 'f'.repeat(32) };
  const impostor = officialClient(emulator, wrong).serverless.v1.services;
  await expect(impostor(made.serviceSid).fetch()).rejects.toMatchObject({ status: 401, code: 20003 });
  const again = { uniqueName: 'hand-made', friendlyName: 'Again' };
  await expect(services().create(again)).rejects.toMatchObject({ status: 409 });
  expect(emulator.serverless.services).toHaveLength(1);
});

it('has one environment for each suffix, whose domain ends with it', async () => {
  const { domainName, buildSid } = await made.environment.fetch();
  expect([domainName, buildSid]).toEqual([expect.stringMatching(/^hand-made-\d{4}-dev\.twil\.io$/), null]);
  const same = { uniqueName: 'other', domainSuffix: 'dev' };
  await expect(made.service.environments.create(same)).rejects.toMatchObject({ status: 409 });
  const production = await made.service.environments.create({ uniqueName: 'production' });
  expect(production).toMatchObject({ domainSuffix: null, domainName: domainName.replace('-dev', '') });
});

it('returns lists page by page, without repetitions', async () => {
  const keys = Array.from({ length: 7 }, (_, index) => `KEY_${index}`);
  for (const key of keys) await made.environment.variables.create({ key, value: key.toLowerCase() });
  const listed = await made.environment.variables.list({ pageSize: 3 });
  expect(listed.map(({ key }) => key)).toEqual(keys);
  const second = await (await made.environment.variables.page({ pageSize: 3 })).nextPage();
  expect(second?.instances.map(({ key }) => key)).toEqual(keys.slice(3, 6));
  expect((await second?.previousPage())?.instances.map(({ key }) => key)).toEqual(keys.slice(0, 3));
});

it('creates, changes and deletes variables within their limits', async () => {
  const { variables } = made.environment;
  const { sid } = await variables.create({ key: 'GREETING', value: 'x'.repeat(450) });
  await expect(variables.create({ key: 'GREETING', value: '1' })).rejects.toMatchObject({ status: 409 });
  await expect(variables.create({ key: '1ST', value: '1' })).rejects.toThrow("Key '1ST'");
  const long = 'é'.repeat(226);
  const tooLong: Error = await variables.create({ key: 'LONG', value: long }).catch((error) => error);
  expect(tooLong.message).toMatch(/'LONG'.*450 bytes/);
  expect(tooLong.message).not.toContain(long);
  await made.environment.variables(sid).update({ value: 'hello' });
  expect(emulator.serverless.variables).toMatchObject([{ key: 'GREETING', value: 'hello' }]);
  await made.environment.variables(sid).remove();
  expect(emulator.serverless.variables).toEqual([]);
});

it.each([
  ['a blank', '/with blank', "must not contain ' '"],
  ['a colon', '/with:colon', "must not contain ':'"],
  ['256 characters', `/${'x'.repeat(255)}`, 'at most 255 characters'],
  ['no slash', 'relative', 'must begin with /'],
])('rejects a file at a path with %s', async (_, url, fault) => {
  const { sid } = await made.service.functions.create({ friendlyName: 'file' });
  const file = { path: url, visibility: 'public', content: '' };
  await expect(uploadVersion(emulator, made.serviceSid, `Functions/${sid}`, file)).rejects.toThrow(fault);
  expect(emulator.serverless.versions).toEqual([]);
});

it('returns what was uploaded', async () => {
  const sid = await version();
  const [file] = await made.service.functions.list();
  const content = await made.service
    .functions(file?.sid as string)
    .functionVersions(sid)
    .functionVersionContent()
    .fetch();
  expect(content.content).toContain('exports.handler');
});

it.each([
  ['nothing at all', { functionVersions: [] }, 'At least one Function Version or Asset Version'],
  ['an unknown version', { functionVersions: ['ZN00000000000000000000000000000000'] }, 'is no version'],
  ['an old runtime', { runtime: 'node18' }, "'node18' is not supported"],
  ['a range for the handler', { dependencies: [{ ...dependencies[0], version: '^2.1.0' }] }, 'exact version'],
  ['a file as dependency', { dependencies: [{ name: 'mine', version: 'file:../mine' }] }, 'public registry'],
  ['dependencies of another shape', { dependencies: [{ twilio: '6.2.0' }] }, 'name and version'],
])('rejects a build of %s', async (_, given, fault) => {
  const { dependencies: listed = [], ...others } = given as { dependencies?: object[] };
  const build = { functionVersions: [await version()], dependencies: JSON.stringify(listed), ...others };
  await expect(made.service.builds.create(build)).rejects.toMatchObject({
    status: 400,
    message: expect.stringContaining(fault),
  });
  expect(emulator.serverless.builds).toEqual([]);
});

it('rejects a build with two files at one path', async () => {
  const asset = await made.service.assets.create({ friendlyName: '/hello' });
  const same = { path: '/hello', visibility: 'public', content: 'an asset' };
  const assetVersions = [await uploadVersion(emulator, made.serviceSid, `Assets/${asset.sid}`, same)];
  const functionVersions = [await version()];
  await expect(made.service.builds.create({ functionVersions, assetVersions })).rejects.toThrow(
    'Two files have the same path /hello',
  );
});

it('deploys only completed builds', async () => {
  emulator.serverless.failNextBuild();
  const failed = await made.service.builds.create({ functionVersions: [await version()] });
  const status = await made.service.builds(failed.sid).buildStatus().fetch();
  expect(status.status).toBe('failed');
  const { deployments } = made.environment;
  await expect(deployments.create({ buildSid: failed.sid })).rejects.toThrow('is failed, and not completed');
  expect(await deployments.list()).toEqual([]);
});

it('rejects a deployment with more variables than fit into a context', async () => {
  const { sid } = await made.build({ assets: { 'public /x.txt': 'x' }, dependencies: [] });
  const value = 'x'.repeat(450);
  for (let index = 0; index < 7; index += 1)
    await made.environment.variables.create({ key: `KEY_${index}`, value });
  await expect(made.environment.deployments.create({ buildSid: sid })).rejects.toThrow('82006');
  expect(emulator.serverless.environments[0]?.buildSid).toBeNull();
});

it('deletes a Service with everything in it', async () => {
  await version();
  await made.environment.variables.create({ key: 'GREETING', value: 'hello' });
  await services()(made.serviceSid).remove();
  const { environments, files, versions, variables } = emulator.serverless;
  expect([environments, files, versions, variables]).toEqual([[], [], [], []]);
  await expect(made.environment.fetch()).rejects.toMatchObject({ status: 404 });
});
