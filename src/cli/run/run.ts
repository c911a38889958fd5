import type { FunctionsProject } from '../../host/build/functions-project';
import { type Local, startLocal } from '../../local/start-local';
import type { TwilioProxy } from '../../proxy/twilio-proxy';
import { removeRunRecord, writeRunRecord } from '../../system/run-record';
import { exitCodes } from '../exit-codes';
import { exitCode, failureMessage } from '../failure';
import type { RunFlags } from '../flags';
import { createReporter, type Reporter } from '../reporter';
import { type StopReason, untilStopped } from '../signals';
import type { Terminal } from '../terminal';
import { banner } from './banner';
import { followAlerts, followCallbacks } from './follow';
import { localOptions } from './local-options';
import { readyLine } from './ready-line';

interface RunKind {
  readonly functions: FunctionsProject | null;
  readonly functionsUrl?: string | undefined;
  readonly passedHosts?: readonly string[];
  /** Whether programs find it where they expect Twilio, behind a proxy. */
  readonly proxy?: boolean;
}

/** What `start` and `serve` have in common: run until somebody stops it. */
export async function run(
  terminal: Terminal,
  flags: RunFlags,
  { functions, proxy: withProxy = false, ...others }: RunKind,
): Promise<void> {
  const reporter = createReporter(flags, terminal);
  terminal.onWarning((warning) => reporter.apiLog.warn({ err: warning }, warning.message));
  const options = localOptions(terminal, flags, functions, reporter);
  const { dataDirectory } = options;
  const stop = untilStopped(terminal);
  const local = await startLocal({
    ...options,
    ...others,
    onFailure: (failure) => stop.fail(failure),
  });
  const proxy = withProxy ? await openProxyOf(local, terminal, others.passedHosts, reporter) : undefined;
  if (dataDirectory) writeRunRecord(dataDirectory, { ...local.run, ...(proxy && { proxy: proxy.access }) });
  announce(local, flags, reporter, proxy);
  followCallbacks(local.service, reporter, flags);
  followAlerts(local.service, reporter);

  const reason = await stop.promise;
  if (dataDirectory) removeRunRecord(dataDirectory);
  await proxy?.close();
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

async function openProxyOf(
  local: Local,
  terminal: Terminal,
  passed: readonly string[] = [],
  reporter: Reporter,
): Promise<TwilioProxy> {
  // Loaded on demand: certificates and a proxy.
  const { openProxy } = await import('./open-proxy');
  try {
    return await openProxy(terminal, local.run.taskrouterUrl, passed, reporter);
  } catch (error) {
    await local.close();
    throw error;
  }
}

function announce(local: Local, flags: RunFlags, reporter: Reporter, proxy?: TwilioProxy): void {
  reporter.machine(readyLine(local.run, local.credentials, proxy));
  for (const note of local.notes) reporter.hostLog({ level: 'warn', message: note });
  if (!flags.json) reporter.say(banner(local, flags, reporter.colors, proxy?.url));
}
