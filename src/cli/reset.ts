import path from 'node:path';
import type { CommandModule } from 'yargs';
import { startLocal } from '../local';
import { readConfig } from '../system/config';
import { keepCredentials } from '../system/credentials';
import { readRunRecord } from '../system/run-record';
import { dataFlag, projectRoot } from './options';
import { createReporter } from './reporter';

interface ResetFlags {
  readonly data: string;
  readonly workspace: string;
}

export const reset: CommandModule<object, ResetFlags> = {
  command: 'reset',
  describe: 'Back to the workspace file: tasks, reservations and events are gone, workers are as written',
  builder: (yargs) =>
    yargs.option('data', dataFlag).option('workspace', { type: 'string', default: 'workspace.json' }),
  handler: async (flags) => {
    const dataDirectory = path.resolve(flags.data);
    const isRunning = await resetRunning(dataDirectory);
    if (!isRunning) await resetStopped(dataDirectory, path.resolve(flags.workspace));
    process.stdout.write(
      `${flags.data} is back to the workspace file${isRunning ? ', and goes on running' : ''}. Sids are as they were.\n`,
    );
  },
};

/** Asks the process that runs on the directory; false when there is none. */
async function resetRunning(dataDirectory: string): Promise<boolean> {
  const run = readRunRecord(dataDirectory);
  if (!run) return false;
  const { accountSid, authToken } = keepCredentials(dataDirectory, readConfig(process.env));
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
  const url = `${run.taskrouterUrl}/_taskrouter/reset`;
  const response = await fetch(url, { method: 'POST', headers: { authorization } }).catch(() => null);
  if (!response) return false;
  if (response.ok) return true;
  const { message } = (await response.json().catch(() => ({}))) as { message?: string };
  throw Object.assign(new Error(message ?? 'the reset failed'), { status: response.status });
}

/** Nothing runs: opens the directory itself, on a free port, for as long as it takes. */
async function resetStopped(dataDirectory: string, workspaceFile: string): Promise<void> {
  const config = readConfig(process.env);
  const { hostLog, apiLog } = createReporter({ json: false, colours: config.colours });
  const local = await startLocal({
    projectRoot: projectRoot(),
    port: 0,
    taskrouterPort: 0,
    host: '127.0.0.1',
    dataDirectory,
    workspaceFile,
    operatorAuth: false,
    functions: false,
    watch: false,
    config,
    hostLog,
    apiLog,
    onFailure: (failure) => {
      throw failure;
    },
  });
  await local.reset();
  await local.close();
}
