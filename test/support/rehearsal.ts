import path from 'node:path';
import type { HostLog } from '../../src/host/shared/log';
import { makeCertificates } from '../../src/proxy/certificates';
import { type EmulatorOptions, startEmulator, type TwilioEmulator } from '../../src/rehearsal/emulator';
import { copyProject, type ProjectCopy } from '../../src/rehearsal/project';
import type { ToolResult } from '../../src/rehearsal/run-tool';
import { accountByToken } from '../../src/system/twilio-account';
import { functionsChild } from './functions-child';
import { operator } from './operator';
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

/** Faults that no test expects, such as a package registry that cannot be reached. */
const showFaults: HostLog = ({ level, message, file }) => {
  if (level === 'error' && !file && !/told to fail|never-published/.test(message)) console.error(message);
};

let certificates: ReturnType<typeof makeCertificates> | undefined;

/** An empty account. Its Functions run in one process, which starts faster than two. All emulators share certificates. */
export async function startTestEmulator(options: Partial<EmulatorOptions> = {}): Promise<TwilioEmulator> {
  certificates ??= makeCertificates();
  const emulator = await startEmulator({
    childScript: functionsChild,
    log: showFaults,
    instances: 1,
    certificates: await certificates,
    ...options,
  });
  started.push(emulator);
  return emulator;
}

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
): Promise<void> {
  const account = accountByToken(emulator.account);
  const onLine = () => undefined;
  await uploadInProcess(emulator)({
    projectRoot,
    account,
    environment: process.env,
    suffix: 'dev',
    onLine,
  });
}

/** What a deployment of the project uploads. */
export const expectedFiles = [
  'protected function /after-queue',
  'protected function /agent-whisper',
  'protected function /assignment-callback',
  'protected function /enqueue-call',
  'protected function /event-callback',
  'protected function /incoming-call',
  'protected function /wait',
  'public asset /agent.css',
  'public asset /agent.html',
  'public asset /agent.js',
  'public asset /assets/index.html',
  'public asset /hold-music.wav',
  'public asset /lifecycle.css',
  'public asset /lifecycle.js',
  'public asset /lifecycle.svg',
  'public function /accept-reservation',
  'public function /cancel-task',
  'public function /complete-task',
  'public function /create-task',
  'public function /lifecycle',
  'public function /reject-reservation',
  'public function /set-worker-activity',
  'public function /worker-token',
  'public function /wrap-up-task',
];

/** Everything that the current build of the only environment holds, as `visibility path`. */
export function deployedFiles({ serverless }: TwilioEmulator): string[] {
  const [environment] = serverless.environments;
  const build = environment && serverless.currentBuild(environment);
  return (build?.versions ?? [])
    .map(({ kind, visibility, path: url }) => `${visibility} ${kind} ${url}`)
    .sort();
}
