import { copyFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { installDependencies } from '../../src/rehearsal/runtime/install-dependencies';
import {
  emptyEnvironmentFile,
  removeFolders,
  TaskrouterProcess,
  temporaryFolder,
} from '../support/taskrouter-process';
import { twilioNodeVersions } from './clients';

// Installs the SDKs, which stay for the next time.
jest.setTimeout(240_000);
afterEach(() => TaskrouterProcess.endAll());
afterAll(removeFolders);

/** The program in a project of its own, because Node looks for packages beside it first. */
async function programWith(version: string): Promise<string> {
  const installed = await installDependencies([{ name: 'twilio', version }]);
  const project = temporaryFolder();
  symlinkSync(path.join(installed, 'node_modules'), path.join(project, 'node_modules'));
  const program = path.join(project, 'create-task.js');
  copyFileSync(path.join(__dirname, 'programs', 'create-task.js'), program);
  return program;
}

it.each(twilioNodeVersions)('lets programs with twilio-node %s find TaskRouter', async (version) => {
  const command = ['run', '--env', emptyEnvironmentFile, '--', 'node', await programWith(version)];
  const { code, output } = await new TaskrouterProcess(command).ended();
  expect([code, output]).toEqual([0, expect.stringMatching(new RegExp(`^WT\\w{32} pending ${version}\\n$`))]);
});

it.each([{}, { region: 'ie1', edge: 'dublin' }])(
  "lets an agent's desktop with the worker SDK, a token, and the options %j find TaskRouter",
  async (options) => {
    const program = [path.join(__dirname, 'programs', 'agent.js'), JSON.stringify(options)];
    const command = ['run', '--env', emptyEnvironmentFile, '--', 'node', ...program];
    const { code, output } = await new TaskrouterProcess(command).ended();
    expect([code, output]).toEqual([0, expect.stringMatching(/^WT\w{32} assigned\n$/)]);
  },
);
