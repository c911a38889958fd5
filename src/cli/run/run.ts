import path from 'node:path';
import { eventBridgeUrl } from '../../common/event-bridge-url';
import type { FunctionsProject } from '../../host/build/functions-project';
import { type Local, startLocal } from '../../local';
import { readConfig } from '../../system/config';
import { removeRunRecord, writeRunRecord } from '../../system/run-record';
import { exitCodes } from '../exit-codes';
import { exitCode, failureMessage } from '../failure';
import { environmentFileOf, packageRoot, type RunFlags, workspaceFileOf } from '../flags';
import { createReporter, type Reporter } from '../reporter';
import { type StopReason, untilStopped } from '../signals';
import type { Terminal } from '../terminal';
import { banner } from './banner';
import { followAlerts, followCallbacks } from './follow';

/** What `start` and `serve` have in common: run until somebody stops it. */
export async function run(
  terminal: Terminal,
  flags: RunFlags,
  kind: { functions: FunctionsProject | null; functionsUrl?: string | undefined },
): Promise<void> {
  const config = readConfig(terminal.environment);
  const reporter = createReporter(flags, terminal);
  terminal.onWarning((warning) => reporter.apiLog.warn({ err: warning }, warning.message));
  const dataDirectory = flags.memory ? null : path.resolve(flags.data);
  const stop = untilStopped(terminal);
  const local = await startLocal({
    ...kind,
    packageRoot: packageRoot(),
    port: flags.port,
    taskrouterPort: flags.taskrouterPort,
    host: flags.host,
    publicUrl: flags.publicUrl,
    dataDirectory,
    workspaceFile: workspaceFileOf(flags),
    environmentFile: environmentFileOf(flags, kind.functions),
    operatorAuth: flags.operatorAuth,
    rateLimits: flags.rateLimits,
    watch: true,
    clock: flags.clock,
    config,
    hostLog: reporter.hostLog,
    apiLog: reporter.apiLog,
    onFailure: (failure) => stop.fail(failure),
    droppedLogLines: () => terminal.droppedLines,
  });
  if (dataDirectory) writeRunRecord(dataDirectory, local.run);
  announce(local, flags, reporter);
  followCallbacks(local.service, reporter, flags);
  followAlerts(local.service, reporter);

  const reason = await stop.promise;
  if (dataDirectory) removeRunRecord(dataDirectory);
  await local.close();
  if (!flags.json)
    reporter.say(`Stopped. ${flags.memory ? 'Nothing was kept.' : `State is kept in ${flags.data}.`}`);
  if (reason.failure) terminal.writeError(`${failureMessage(reason.failure)}\n`);
  terminal.exitCode = exitCodeOf(reason);
}

function exitCodeOf({ failure, signal }: StopReason): number {
  if (failure) return exitCode(failure);
  return signal === 'SIGINT' ? exitCodes.interrupted : exitCodes.ok;
}

function announce(local: Local, flags: RunFlags, reporter: Reporter): void {
  const { instance: _, functionsUrl, taskrouterUrl, accountSid, ...rest } = local.run;
  const { authToken, operator, apiKey } = local.credentials;
  reporter.machine({
    event: 'ready',
    functionsUrl,
    taskrouterUrl,
    eventBridgeUrl: eventBridgeUrl(taskrouterUrl),
    accountSid,
    authToken,
    apiKeySid: apiKey.sid,
    apiKeySecret: apiKey.secret,
    operator,
    ...rest,
  });
  for (const note of local.notes) reporter.hostLog({ level: 'warn', message: note });
  if (!flags.json) reporter.say(banner(local, flags, reporter.colors));
}
