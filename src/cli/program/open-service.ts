import path from 'node:path';
import { type FunctionsProject, findFunctionsProject } from '../../host/build/functions-project';
import { startLocal } from '../../local/start-local';
import { ConfigurationError, readConfig } from '../../system/config';
import { type Credentials, keepCredentials } from '../../system/credentials';
import { type RunRecord, removeRunRecord, writeRunRecord } from '../../system/run-record';
import type { Reporter } from '../reporter';
import { followAlerts, followCallbacks } from '../run/follow';
import { localOptions } from '../run/local-options';
import { findRunning } from '../running';
import type { Terminal } from '../terminal';
import type { ProgramFlags } from './program-flags';
import { apiKeyOf, type ProgramSettings } from './program-settings';

/** The local TaskRouter that a program uses. */
export interface ProgramService {
  readonly run: RunRecord;
  readonly credentials: Credentials;
  /** The data directory, as people wrote it; empty if there is none. */
  readonly data: string;
  /** Which one it is, for people. */
  readonly description: string;
  /** Resolves if it fails; it never does for one that runs in another process. */
  readonly failed: Promise<Error>;
  close(): Promise<void>;
}

/**
 * Uses the service that runs on the data directory, or starts one for the program, with the program's own account and sids.
 * @throws ConfigurationError, and what startLocal throws
 */
export async function openService(
  terminal: Terminal,
  flags: ProgramFlags,
  settings: ProgramSettings,
  reporter: Reporter,
): Promise<ProgramService> {
  const data = flags.memory ? undefined : flags.data;
  const run = data === undefined ? null : await findRunning(path.resolve(data));
  return run && data !== undefined
    ? useRunning(terminal, flags, run, data)
    : startOwn(terminal, flags, settings, reporter);
}

function useRunning(
  { environment }: Terminal,
  { rewrite, port, functionsUrl }: ProgramFlags,
  run: RunRecord,
  data: string,
): ProgramService {
  const flags = Object.entries({ rewrite: rewrite[0], port, 'functions-url': functionsUrl });
  const faults = flags
    .filter(([, value]) => value !== undefined)
    .map(
      ([flag]) => `--${flag} cannot change the TaskRouter that runs on ${data}. Stop it, or remove the flag.`,
    );
  if (faults.length > 0) throw new ConfigurationError(faults);
  return {
    run,
    credentials: keepCredentials(path.resolve(data), readConfig(environment)),
    data,
    description: `uses the local TaskRouter that runs on ${data}`,
    failed: new Promise(() => undefined),
    close: async () => undefined,
  };
}

async function startOwn(
  terminal: Terminal,
  flags: ProgramFlags,
  settings: ProgramSettings,
  reporter: Reporter,
): Promise<ProgramService> {
  const { data = '', port, verbose, functionsUrl, rewrite } = flags;
  const memory = flags.memory || data === '';
  const options = localOptions(
    terminal,
    { ...flags, port: port ?? 0, data, memory },
    port === undefined ? null : functionsHere(),
    reporter,
  );
  const { dataDirectory, config } = options;
  let fail: (failure: Error) => void = () => undefined;
  const failed = new Promise<Error>((resolve) => {
    fail = resolve;
  });
  const local = await startLocal({
    ...options,
    functionsUrl,
    rewrites: rewrite,
    passedHosts: flags.pass,
    config: {
      accountSid: settings.accountSid?.value ?? config.accountSid,
      authToken: settings.authToken?.value ?? config.authToken,
      apiKey: apiKeyOf(settings),
    },
    sids: { workspaceSid: settings.workspaceSid?.value, workflowSid: settings.workflowSid?.value },
    hostLog: (entry) => {
      if (verbose || entry.level !== 'info') reporter.hostLog(entry);
    },
    onFailure: fail,
  });
  if (dataDirectory) writeRunRecord(dataDirectory, local.run);
  followCallbacks(local.service, reporter, { verbose, onlyFailed: !verbose });
  followAlerts(local.service, reporter);
  return {
    run: local.run,
    credentials: local.credentials,
    data,
    description: `the local TaskRouter runs ${memory ? 'in memory' : `on ${data}`}`,
    failed,
    async close() {
      if (dataDirectory) removeRunRecord(dataDirectory);
      await local.close();
    },
  };
}

/** @throws ConfigurationError if there are none */
function functionsHere(): FunctionsProject {
  const project = findFunctionsProject(process.cwd());
  if (project) return project;
  throw new ConfigurationError(['--port: this folder has no Functions to run. Remove the flag.']);
}
