import path from 'node:path';
import { startEmulator, type TwilioEmulator } from '../../rehearsal/emulator';
import { exitCodes } from '../exit-codes';
import { projectRoot } from '../flags';
import { createReporter, type Reporter } from '../reporter';
import { followAlerts, followCallbacks } from '../run/follow';
import { type StopReason, untilStopped } from '../signals';
import { environmentOf, Rehearsal } from './rehearsal';
import { rehearsalReport, reportText } from './report';

export interface RehearseFlags {
  readonly workspace: string;
  readonly json: boolean;
  /** Only runs the emulator. */
  readonly serve: boolean;
}

/** Deploys twice and walks the lifecycle twice. @throws UnmetExpectation */
export async function runRehearsal({ workspace, json }: RehearseFlags): Promise<void> {
  const reporter = reporterFor(json);
  const workspaceFile = path.resolve(workspace);
  const stop = untilStopped();
  // Refusals are among what is rehearsed.
  const emulator = await startTestEmulator(reporter, ['error']);
  try {
    const options = {
      emulator,
      workspaceFile,
      projectRoot: projectRoot(),
      reporter,
      environment: process.env,
    };
    const ending = await Promise.race([new Rehearsal(options).perform(), stop.promise]);
    if (!('domain' in ending)) return void leave(ending);
    const report = rehearsalReport(emulator, ending);
    reporter.machine(report);
    if (!json) reporter.say(reportText(report, reporter.colours));
  } finally {
    await emulator.close();
  }
}

/** Runs the emulator until a signal stops it. */
export async function serveRehearsal({ json }: RehearseFlags): Promise<void> {
  const reporter = reporterFor(json);
  const stop = untilStopped();
  const emulator = await startTestEmulator(reporter, ['info', 'warn', 'error']);
  try {
    const environment = environmentOf(emulator);
    reporter.machine({ event: 'ready', environment });
    if (!json) reporter.say(invitation(environment, reporter));
    followCallbacks(emulator.taskRouter, reporter);
    followAlerts(emulator.taskRouter, reporter);
    leave(await stop.promise);
  } finally {
    await emulator.close();
  }
}

function reporterFor(json: boolean): Reporter {
  return createReporter({ json });
}

function startTestEmulator(reporter: Reporter, levels: readonly string[]): Promise<TwilioEmulator> {
  return startEmulator({
    log: (entry) => {
      if (levels.includes(entry.level)) reporter.hostLog(entry);
    },
  });
}

function leave({ signal }: StopReason): void {
  process.exitCode = signal === 'SIGINT' ? exitCodes.interrupted : exitCodes.ok;
}

function invitation(environment: Readonly<Record<string, string>>, { colours }: Reporter): string {
  return [
    '',
    `${colours.bold('The Twilio emulator is running.')} ${colours.dim('Its account is empty and nothing is kept.')}`,
    '',
    '  In another terminal:',
    ...Object.entries(environment).map(([name, value]) => `    export ${name}=${value}`),
    '',
    '  Then deploy as you would to Twilio, for example: npm run deploy. Stop with Ctrl+C.',
    '',
  ].join('\n');
}
