import path from 'node:path';
import type { HostLog } from '../../src/host/shared/log';
import { type EmulatorOptions, startEmulator, type TwilioEmulator } from '../../src/rehearsal/emulator';
import { copyProject, type ProjectCopy } from '../../src/rehearsal/project';
import type { ToolResult } from '../../src/rehearsal/run-tool';
import { accountByToken } from '../../src/system/twilio-account';
import { uploadInProcess } from './upload-in-process';

// twilio-run alone takes seconds to load on a machine that runs all tests at once.
jest.setTimeout(120_000);

export const projectRoot = path.join(__dirname, '../..');

const started: { close(): Promise<void> }[] = [];
const copied: ProjectCopy[] = [];

/** Ends what this file's tests have started. */
export async function endAll(): Promise<void> {
  for (const emulator of started.splice(0)) await emulator.close();
  for (const project of copied.splice(0)) await project.remove();
}

/** As it was built before the tests; a copy of it runs among the uploaded dependencies. */
const childScript = path.join(projectRoot, 'dist', 'cli', 'functions-child.js');

/** Faults that no test expects, such as a package registry that cannot be reached. */
const showFaults: HostLog = ({ level, message, file }) => {
  if (level === 'error' && !file && !/told to fail|never-published/.test(message)) console.error(message);
};

/** An empty account. */
export async function startTestEmulator(options: EmulatorOptions = {}): Promise<TwilioEmulator> {
  const emulator = await startEmulator({ childScript, log: showFaults, ...options });
  started.push(emulator);
  return emulator;
}

export const operator = { username: 'operator', password: 'correct-horse-battery' };
export const authorization = `Basic ${Buffer.from(`${operator.username}:${operator.password}`).toString('base64')}`;

/** What `.env.deploy` says in these tests; the credentials are listed and empty. */
export const variables = {
  ACCOUNT_SID: '',
  AUTH_TOKEN: '',
  OPERATOR_USERNAME: operator.username,
  OPERATOR_PASSWORD: operator.password,
  DEFAULT_TASK_ATTRIBUTES: '{"selected_language":"es"}',
};

/** @param given the content of `.env.deploy`; null for none */
export async function copyOfProject(
  given: Readonly<Record<string, string>> | null = variables,
): Promise<ProjectCopy> {
  const project = await copyProject(projectRoot, given);
  copied.push(project);
  return project;
}

/** Runs the real `twilio-run deploy` against this emulator. Takes seconds; most tests use `deployInProcess`. */
export function runTwilioRun(
  project: ProjectCopy,
  { account, environment }: Pick<TwilioEmulator, 'account' | 'environment'>,
): Promise<ToolResult> {
  const credentials = { ACCOUNT_SID: account.accountSid, AUTH_TOKEN: account.authToken };
  return project.twilioRun(['deploy'], { ...process.env, ...credentials, ...environment });
}

/** Uploads, builds, and deploys as twilio-run does. @throws Error with the response of the Serverless API */
export async function deployInProcess(
  { folder: projectRoot }: ProjectCopy,
  emulator: TwilioEmulator,
  runtime?: string,
): Promise<void> {
  const account = accountByToken(emulator.account);
  const onLine = () => undefined;
  await uploadInProcess(
    emulator,
    runtime,
  )({
    projectRoot,
    account,
    environment: process.env,
    suffix: 'dev',
    onLine,
  });
}

/** Everything that the current build of the only environment holds, as `visibility path`. */
export function deployedFiles({ serverless }: TwilioEmulator): string[] {
  const [environment] = serverless.environments;
  const build = environment && serverless.currentBuild(environment);
  return (build?.versions ?? [])
    .map(({ kind, visibility, path: url }) => `${visibility} ${kind} ${url}`)
    .sort();
}
