import path from 'node:path';
import type { HostLog } from '../../host/shared/log';
import { startEmulator, type TwilioEmulator } from '../../rehearsal/emulator';
import { runTool } from '../../rehearsal/run-tool';
import { exitCodes } from '../exit-codes';
import { packageRoot } from '../flags';
import { createReporter, type Reporter } from '../reporter';
import { followAlerts, followCallbacks } from '../run/follow';
import { type StopReason, untilStopped } from '../signals';
import type { Terminal } from '../terminal';
import { Rehearsal, type RunDeploy } from './rehearsal';
import { rehearsalReport, reportText } from './report';

export interface RehearseFlags {
  readonly workspace: string;
  readonly json: boolean;
  /** Only runs the emulator. */
  readonly serve: boolean;
}

/** What the command uses besides its flags. Tests replace the deployment, which would start a process. */
interface RehearsalContext {
  readonly projectRoot: string;
  readonly reporter: Reporter;
  readonly runDeploy: RunDeploy;
  /** Processes that run the Functions of an environment; default 2. */
  readonly instances?: number;
  /** Resolves when the command must stop. */
  readonly stop: Promise<StopReason>;
}

/** Deploys twice and walks the lifecycle twice. @throws UnmetExpectation */
export async function runRehearsal(flags: RehearseFlags, terminal: Terminal): Promise<void> {
  const stopped = await rehearseInContext(flags, {
    projectRoot: packageRoot(),
    reporter: createReporter(flags, terminal),
    runDeploy: deployAsProcess,
    stop: untilStopped(terminal).promise,
  });
  if (stopped) setExitCode(terminal, stopped);
}

/** @returns the reason to stop early, if any. @throws as `runRehearsal` */
export async function rehearseInContext(
  { workspace, json }: RehearseFlags,
  { projectRoot, reporter, runDeploy, instances, stop }: RehearsalContext,
): Promise<StopReason | undefined> {
  const workspaceFile = path.resolve(workspace);
  // Warnings are expected: the rehearsal sends requests that are rejected.
  const emulator = await startLoggingEmulator(reporter, ['error'], instances);
  try {
    const rehearsal = new Rehearsal({ emulator, workspaceFile, projectRoot, reporter, runDeploy });
    const ending = await Promise.race([rehearsal.perform(), stop]);
    if (!('domain' in ending)) return ending;
    const report = rehearsalReport(emulator, ending);
    reporter.machine(report);
    if (!json) reporter.say(reportText(report, reporter.colors));
    return undefined;
  } finally {
    await emulator.close();
  }
}

/** With the real tools, in a process of its own. */
export const deployAsProcess: RunDeploy = (emulator, folder, args, onLine) =>
  runTool({
    script: builtProgram('taskrouter.js'),
    args: ['deploy', ...args],
    cwd: folder,
    environment: { ...process.env, ...environmentOf(emulator) },
    onLine,
  });

const builtProgram = (file: string) => path.join(packageRoot(), 'dist', 'cli', file);

/** Runs the emulator until a signal stops it. */
export async function serveRehearsal({ json }: RehearseFlags, terminal: Terminal): Promise<void> {
  const reporter = createReporter({ json }, terminal);
  const stop = untilStopped(terminal);
  const emulator = await startLoggingEmulator(reporter, ['info', 'warn', 'error']);
  try {
    const environment = environmentOf(emulator);
    reporter.machine({ event: 'ready', environment });
    if (!json) reporter.say(readyText(environment, reporter));
    followCallbacks(emulator.taskRouter, reporter, { verbose: true });
    followAlerts(emulator.taskRouter, reporter);
    setExitCode(terminal, await stop.promise);
  } finally {
    await emulator.close();
  }
}

function startLoggingEmulator(
  reporter: Reporter,
  levels: readonly string[],
  instances?: number,
): Promise<TwilioEmulator> {
  const log: HostLog = (entry) => {
    if (levels.includes(entry.level)) reporter.hostLog(entry);
  };
  return startEmulator({ log, childScript: builtProgram('functions-child.js'), instances });
}

/**
 * The environment in which a process reaches the emulator as its only account, under the names that the CLI, the SDKs,
 * and the Serverless Toolkit read. An API key of the real account would take precedence over the token, so it is empty.
 */
function environmentOf({ account, environment }: TwilioEmulator): Record<string, string> {
  return {
    ...environment,
    TWILIO_ACCOUNT_SID: account.accountSid,
    TWILIO_AUTH_TOKEN: account.authToken,
    TWILIO_API_KEY: '',
    TWILIO_API_SECRET: '',
    ACCOUNT_SID: account.accountSid,
    AUTH_TOKEN: account.authToken,
  };
}

function setExitCode(terminal: Terminal, { signal }: StopReason): void {
  terminal.exitCode = signal === 'SIGINT' ? exitCodes.interrupted : exitCodes.ok;
}

function readyText(environment: Readonly<Record<string, string>>, { colors }: Reporter): string {
  return [
    '',
    `${colors.bold('The Twilio emulator is running.')} ${colors.dim('Its account is empty, and nothing is saved.')}`,
    '',
    '  In another terminal:',
    ...Object.entries(environment).map(([name, value]) => `    export ${name}=${value}`),
    '',
    '  Then deploy as you would to Twilio, for example: npm run deploy. Stop with Ctrl+C.',
    '',
  ].join('\n');
}
