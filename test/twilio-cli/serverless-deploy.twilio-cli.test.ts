import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TwilioEmulator } from '../../src/rehearsal/emulator';
import type { ProjectCopy } from '../../src/rehearsal/project';
import { runTool } from '../../src/rehearsal/run-tool';
import { installDependencies } from '../../src/rehearsal/runtime/install-dependencies';
import { copyOfProject, deployedFiles, endAll, runTwilioRun, startTestEmulator } from '../support/rehearsal';
import { emptyEnvironmentFile, TaskrouterProcess } from '../support/taskrouter-process';

// The CLI has a thousand packages: this suite is apart from `npm test`, and installs them once.
jest.setTimeout(600_000);

const pluginName = '@twilio-labs/plugin-serverless';
const cli = [
  { name: 'twilio-cli', version: '6.2.4' },
  { name: pluginName, version: '3.1.3' },
];

const home = realpathSync(mkdtempSync(path.join(tmpdir(), 'taskrouter-twilio-cli-')));
afterAll(() => rmSync(home, { recursive: true, force: true }));
afterEach(endAll);
afterEach(() => TaskrouterProcess.endAll());

let installed: string;
beforeAll(async () => {
  installed = await installDependencies(cli);
  linkPlugin(path.join(installed, 'node_modules', pluginName));
});

/** What `twilio plugins:link` writes, without the package installation that it runs first. */
function linkPlugin(root: string): void {
  const plugins = [{ type: 'link', name: pluginName, root }];
  mkdirSync(path.join(home, 'data'));
  writeFileSync(
    path.join(home, 'data', 'package.json'),
    JSON.stringify({ private: true, oclif: { schema: 1, plugins } }),
  );
}

const twilioScript = () => path.join(installed, 'node_modules', 'twilio-cli', 'bin', 'run');

const atHome = {
  HOME: home,
  TWILIO_DATA_DIR: path.join(home, 'data'),
  TWILIO_CONFIG_DIR: path.join(home, 'config'),
  TWILIO_CACHE_DIR: path.join(home, 'cache'),
  TWILIO_DISABLE_AUTOUPDATE: '1',
};

/** `twilio …`, at home nowhere but in a temporary folder. */
function twilio(project: ProjectCopy, { account, environment }: TwilioEmulator, ...args: string[]) {
  return runTool({
    script: twilioScript(),
    args,
    cwd: project.folder,
    environment: {
      ...process.env,
      ...environment,
      ...atHome,
      TWILIO_ACCOUNT_SID: account.accountSid,
      TWILIO_AUTH_TOKEN: account.authToken,
    },
  });
}

const summary = (emulator: TwilioEmulator) => ({
  files: deployedFiles(emulator),
  builds: emulator.serverless.builds.map(({ runtime, dependencies, status }) => ({
    runtime,
    dependencies,
    status,
  })),
  variables: emulator.serverless.variables.map(({ key }) => key).sort(),
  services: emulator.serverless.services.map(({ uniqueName, includeCredentials }) => ({
    uniqueName,
    includeCredentials,
  })),
  environments: emulator.serverless.environments.map(({ domainSuffix }) => domainSuffix),
  deployments: emulator.serverless.deployments.length,
});

const typed = (project: ProjectCopy, emulator: TwilioEmulator) =>
  twilio(project, emulator, 'serverless:deploy');

it('uploads with "twilio serverless:deploy" what twilio-run uploads, and again', async () => {
  const [byCli, byTwilioRun] = [await startTestEmulator(), await startTestEmulator()];
  for (const _ of ['first', 'second']) {
    const { code, output } = await typed(await copyOfProject(), byCli);
    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('successfully deployed') });
    expect(output).not.toContain(byCli.account.authToken);
    await runTwilioRun(await copyOfProject(), byTwilioRun);
  }
  expect(summary(byCli)).toEqual(summary(byTwilioRun));
  expect(byCli.serverless.deployments).toHaveLength(2);
  // It asks the package registry for newer versions of itself, and Twilio for nothing else.
  expect(byCli.refused.filter((target) => /twilio|twil\.io/.test(target))).toEqual([]);
});

it('refuses to deploy a build that is missing', async () => {
  const emulator = await startTestEmulator();
  const project = await copyOfProject();
  rmSync(path.join(project.folder, 'dist'), { recursive: true });
  const { code, output } = await typed(project, emulator);
  const refusal = 'At least one Function Version or Asset Version is required';
  expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining(refusal) });
  expect(emulator.serverless.deployments).toEqual([]);
});

it('refuses to deploy without .env.deploy, before the first request', async () => {
  const emulator = await startTestEmulator();
  const { code, output } = await typed(await copyOfProject(null), emulator);
  expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining('.env.deploy') });
  expect(emulator.serverless.requests).toEqual([]);
});

it('fails when the build is rejected', async () => {
  const emulator = await startTestEmulator();
  emulator.serverless.failNextBuild();
  const { code } = await typed(await copyOfProject(), emulator);
  expect(code).toBe(1);
  expect(emulator.serverless.deployments).toEqual([]);
});

it('lists the workspaces of the local TaskRouter with "taskrouter run -- twilio"', async () => {
  const list = ['node', twilioScript(), 'api:taskrouter:v1:workspaces:list', '-o', 'json'];
  const run = new TaskrouterProcess(['run', '--env', emptyEnvironmentFile, '--', ...list], atHome);
  const { code, output, errors } = await run.ended();
  expect({ code, errors: code === 0 ? '' : errors }).toEqual({ code: 0, errors: '' });
  const workspaces = JSON.parse(output);
  expect(workspaces).toMatchObject([{ friendlyName: 'Customer Care' }]);
  expect(workspaces[0].url).toBe(`https://taskrouter.twilio.com/v1/Workspaces/${workspaces[0].sid}`);
});
