import path from 'node:path';
import { type RehearsalCloud, startRehearsalCloud } from '../../rehearsal/cloud';
import { readConfig } from '../../system/config';
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
  /** Only runs the stand-in. */
  readonly serve: boolean;
}

/** Deploys twice and walks the lifecycle twice. @throws UnmetExpectation */
export async function runRehearsal({ workspace, json }: RehearseFlags): Promise<void> {
  const reporter = reporterFor(json);
  const workspaceFile = path.resolve(workspace);
  const stop = untilStopped();
  // Refusals are among what is rehearsed.
  const cloud = await startCloud(reporter, ['error']);
  try {
    const options = { cloud, workspaceFile, projectRoot: projectRoot(), reporter, environment: process.env };
    const ending = await Promise.race([new Rehearsal(options).perform(), stop.promise]);
    if (!('domain' in ending)) return void leave(ending);
    const report = rehearsalReport(cloud, ending);
    reporter.machine(report);
    if (!json) reporter.say(reportText(report, reporter.colours));
  } finally {
    await cloud.close();
  }
}

/** Runs the stand-in until somebody stops it. */
export async function serveRehearsal({ json }: RehearseFlags): Promise<void> {
  const reporter = reporterFor(json);
  const stop = untilStopped();
  const cloud = await startCloud(reporter, ['info', 'warn', 'error']);
  try {
    const environment = environmentOf(cloud);
    reporter.machine({ event: 'ready', environment });
    if (!json) reporter.say(invitation(environment, reporter));
    followCallbacks(cloud.taskRouter, reporter);
    followAlerts(cloud.taskRouter, reporter);
    leave(await stop.promise);
  } finally {
    await cloud.close();
  }
}

function reporterFor(json: boolean): Reporter {
  return createReporter({ json, colours: readConfig(process.env).colours });
}

function startCloud(reporter: Reporter, levels: readonly string[]): Promise<RehearsalCloud> {
  return startRehearsalCloud({
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
    `${colours.bold("A stand-in for Twilio's cloud is running.")} ${colours.dim('An empty account; nothing is kept.')}`,
    '',
    '  In another terminal:',
    ...Object.entries(environment).map(([name, value]) => `    export ${name}=${value}`),
    '',
    '  Then deploy as you would to Twilio, for example: npm run deploy. Stop with Ctrl+C.',
    '',
  ].join('\n');
}
