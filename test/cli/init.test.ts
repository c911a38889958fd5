import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'dotenv';
import { prepareProject } from '../../src/cli/init/prepare-project';
import type { TwilioAccount } from '../../src/system/twilio-account';
import { createTwilioClient } from '../../src/workspace/client';
import { readWorkspaceFile } from '../../src/workspace/file/desired';
import { RecordingTerminal } from '../support/recording-terminal';
import { endCommandsAfterEach, TaskrouterCommand } from '../support/taskrouter-command';
import { type Ended, projectRoot, temporaryFolder } from '../support/taskrouter-process';

endCommandsAfterEach();

/** The command works in the current directory. */
let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
  process.chdir(folder);
});
afterEach(() => process.chdir(projectRoot));

const init = (...args: string[]): Promise<Ended> => new TaskrouterCommand(['init', ...args]).ended();
const write = (file: string, text: string) => {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), text);
};
const read = (file: string) => readFileSync(path.join(folder, file), 'utf8');
const inFolder = ['--port', '0', '--taskrouter-port', '0', '--json'];

it('writes the tutorial’s workspace, and the variables with which the next start is reached', async () => {
  const { code, output, errors } = await init();
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  expect(output).toContain("workspace.json is now the workspace of Twilio's tutorial.");
  const { $schema, ...written } = JSON.parse(read('workspace.json'));
  const { $schema: _, ...tutorial } = JSON.parse(
    readFileSync(path.join(projectRoot, 'workspace.json'), 'utf8'),
  );
  expect(written).toEqual(tutorial);
  expect(path.resolve(folder, $schema)).toBe(path.join(projectRoot, 'dist/workspace.schema.json'));
  expect(statSync(path.join(folder, '.env')).mode & 0o777).toBe(0o600);

  const ready = await new TaskrouterCommand(['serve', ...inFolder]).ready();
  expect(parse(read('.env'))).toMatchObject({
    ACCOUNT_SID: ready.accountSid,
    AUTH_TOKEN: ready.authToken,
    TWILIO_API_KEY: ready.apiKeySid,
    WORKSPACE_SID: ready.workspaceSid,
    WORKFLOW_SID: ready.workflowSid,
    OPERATOR_PASSWORD: ready.operator.password,
    TASKROUTER_BASE_URL: 'http://127.0.0.1:4040',
  });
});

it('changes nothing when it runs again', async () => {
  await init();
  const before = [read('workspace.json'), read('.env')];
  const { code, output } = await init();
  expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('workspace.json exists') });
  expect([read('workspace.json'), read('.env')]).toEqual(before);
});

it('keeps a workspace file and the values in .env that are there', async () => {
  const tutorial = JSON.parse(readFileSync(path.join(projectRoot, 'workspace.json'), 'utf8'));
  write('workspace.json', JSON.stringify({ ...tutorial, friendlyName: 'Mine' }));
  write('.env', 'AUTH_TOKEN=the-only-copy\nOPERATOR_PASSWORD=\nMINE=1');
  const { code, output } = await init();
  expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('keeps its own AUTH_TOKEN') });
  expect(output).not.toContain('the-only-copy');
  expect(readWorkspaceFile(path.join(folder, 'workspace.json')).friendlyName).toBe('Mine');
  const variables = parse(read('.env'));
  expect(variables).toMatchObject({ AUTH_TOKEN: 'the-only-copy', MINE: '1' });
  expect(variables.OPERATOR_PASSWORD).toMatch(/./);
});

it('writes the address of the TaskRouter that runs', async () => {
  const ready = await new TaskrouterCommand(['serve', ...inFolder]).ready();
  await init();
  expect(parse(read('.env')).TASKROUTER_BASE_URL).toBe(ready.taskrouterUrl);
});

it('keeps secrets out of Git, in a project that uses it', async () => {
  await init();
  expect(existsSync(path.join(folder, '.gitignore'))).toBe(false);
  write('.gitignore', 'node_modules\n/.env');
  await init();
  expect(read('.gitignore')).toBe('node_modules\n/.env\n.taskrouter/\n');
});

it('names the callbacks for which the project has no Function', async () => {
  write('functions/assignment-callback.protected.js', 'exports.handler = () => {};');
  const { output } = await init();
  expect(output).toMatch(/! Your project has no Function for the callback \/event-callback\./);
});

it('writes the workspace of an account, with the address of its Functions as a variable', async () => {
  const account = temporaryFolder();
  const flags = ['--workspace', path.join(projectRoot, 'workspace.json'), '--data', account];
  const there = ['--functions-url', 'https://care-1234-dev.twil.io'];
  const twilio = await new TaskrouterCommand(['serve', ...inFolder, ...flags, ...there]).ready();
  const terminal = new RecordingTerminal({
    NO_COLOR: '1',
    TWILIO_ACCOUNT_SID: twilio.accountSid,
    TWILIO_AUTH_TOKEN: twilio.authToken,
  });
  const connect = (of: TwilioAccount) => createTwilioClient(of, twilio.taskrouterUrl);
  const chosen = { from: 'twilio', workspace: 'workspace.json', data: '.taskrouter', force: false } as const;
  await prepareProject(terminal, { ...chosen, functionsUrl: 'https://care-1234-dev.twil.io' }, connect);
  expect(terminal.errors).toBe('');
  const { friendlyName, eventCallbackUrl } = JSON.parse(read('workspace.json'));
  expect({ friendlyName, eventCallbackUrl }).toEqual({
    friendlyName: 'Customer Care',
    eventCallbackUrl: `\${FUNCTIONS_URL}/event-callback`,
  });
  // The local TaskRouter's own, and none of the account's.
  expect(parse(read('.env')).AUTH_TOKEN).toMatch(/^[0-9a-f]{32}$/);
  expect(Object.values(parse(read('.env')))).not.toContain(twilio.authToken);
});

it('asks for an account before it reads a workspace from Twilio', async () => {
  const command = new TaskrouterCommand(['init', '--from', 'twilio'], { TWILIO_ACCOUNT_SID: '' });
  const { code, errors } = await command.ended();
  expect({ code, errors }).toEqual({ code: 3, errors: expect.stringContaining('TWILIO_ACCOUNT_SID') });
  expect(existsSync(path.join(folder, '.env'))).toBe(false);
});
