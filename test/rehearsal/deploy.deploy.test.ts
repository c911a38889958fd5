import { rmSync } from 'node:fs';
import path from 'node:path';
import {
  copyOfProject,
  deployedFiles,
  deployInProcess,
  endAll,
  expectedFiles,
  runTwilioRun,
  startTestEmulator,
  variables,
} from '../support/rehearsal';

afterEach(endAll);

it('deploys a second time from a clean checkout, into the same Service and domain, and keeps that when a build fails', async () => {
  const emulator = await startTestEmulator();
  await deployInProcess(await copyOfProject(), emulator);
  const { buildSid, domainName } = { ...emulator.serverless.environments[0] };
  const changed = { ...variables, ASSIGNMENT_INSTRUCTION: 'accept', OPERATOR_USERNAME: 'supervisor' };
  await deployInProcess(await copyOfProject(changed), emulator);
  const { serverless } = emulator;
  expect(serverless.services).toHaveLength(1);
  expect(serverless.environments).toMatchObject([{ domainName }]);
  expect(serverless.environments[0]?.buildSid).not.toBe(buildSid);
  expect(deployedFiles(emulator)).toEqual(expectedFiles);
  const values = Object.fromEntries(serverless.variables.map(({ key, value }) => [key, value]));
  const { ACCOUNT_SID: _, AUTH_TOKEN: __, ...uploaded } = changed;
  expect(values).toEqual(uploaded);

  const deployedAgain = serverless.environments[0]?.buildSid;
  serverless.failNextBuild();
  await expect(deployInProcess(await copyOfProject(), emulator)).rejects.toThrow('told to fail');
  expect(serverless.builds.map(({ status }) => status)).toEqual(['completed', 'completed', 'failed']);
  expect(serverless.deployments).toHaveLength(2);
  expect(serverless.environments[0]?.buildSid).toBe(deployedAgain);
});

// A failed build leaves neither folder behind. twilio-run by itself would not notice if one of the two is missing.
it('rejects a missing build, and uploads nothing', async () => {
  const emulator = await startTestEmulator();
  const project = await copyOfProject();
  rmSync(path.join(project.folder, 'dist'), { recursive: true });
  const { code, output } = await runTwilioRun(project, emulator);
  const refusal = 'At least one Function Version or Asset Version is required';
  expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining(refusal) });
  expect(emulator.serverless.versions).toEqual([]);
  expect(emulator.serverless.builds).toEqual([]);
  expect(emulator.serverless.deployments).toEqual([]);
});

it('requires credentials before the first request', async () => {
  const emulator = await startTestEmulator();
  const account = { ...emulator.account, accountSid: '', authToken: '' };
  const { code, output } = await runTwilioRun(await copyOfProject(), { ...emulator, account });
  expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining('Missing Credentials') });
  expect(emulator.serverless.requests).toEqual([]);
});

it('requires .env.deploy before the first request', async () => {
  const emulator = await startTestEmulator();
  const { code, output } = await runTwilioRun(await copyOfProject(null), emulator);
  expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining('.env.deploy') });
  expect(emulator.serverless.requests).toEqual([]);
});

it('rejects a wrong auth token', async () => {
  const emulator = await startTestEmulator();
  const account = { ...emulator.account, authToken: 'f'.repeat(32) };
  const { code, output } = await runTwilioRun(await copyOfProject(), { ...emulator, account });
  expect({ code, output }).toEqual({ code: 1, output: expect.stringMatching(/authenticate|401/i) });
  expect(emulator.serverless.services).toEqual([]);
});

it('refuses every other host', async () => {
  const emulator = await startTestEmulator();
  await expect(emulator.fetch('https://api.twilio.com/2010-04-01/Accounts.json')).rejects.toThrow();
  await expect(emulator.fetch('https://nobody-1234-dev.twil.io/')).rejects.toThrow();
  expect(emulator.refused).toEqual(['api.twilio.com:443', 'nobody-1234-dev.twil.io:443']);
});
