import { existsSync } from 'node:fs';
import path from 'node:path';
import type { CommandModule } from 'yargs';
import { startLocal } from '../../local';
import { ConfigurationError, readConfig } from '../../system/config';
import { forgetKeptTime } from '../../system/kept-time';
import { dataFlag, projectRoot, workspaceFlag } from '../flags';
import { createReporter } from '../reporter';
import { requestRunning } from '../running';

interface ResetFlags {
  readonly data: string;
  readonly workspace: string;
}

export const reset: CommandModule<object, ResetFlags> = {
  command: 'reset',
  describe: 'Back to the workspace file: tasks, reservations and events are gone, workers are as written',
  builder: (yargs) => yargs.option('data', dataFlag).option('workspace', workspaceFlag),
  handler: async (flags) => {
    const dataDirectory = path.resolve(flags.data);
    if (!existsSync(dataDirectory)) throw nothingKept(dataDirectory);
    const isRunning = (await requestRunning(dataDirectory, 'reset', {})) !== null;
    if (!isRunning) await resetStopped(dataDirectory, path.resolve(flags.workspace));
    process.stdout.write(
      `${flags.data} is back to the workspace file${isRunning ? ', and goes on running' : ''}. Sids are as they were.\n`,
    );
  },
};

/** A mistyped name would otherwise be made into a new directory, and the one that was meant stay as it is. */
const nothingKept = (dataDirectory: string) =>
  new ConfigurationError([
    `There is no ${dataDirectory}, so nothing to reset. Name the directory: --data DIR.`,
  ]);

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
    onlyToReset: true,
    config,
    hostLog,
    apiLog,
    onFailure: (failure) => {
      throw failure;
    },
  });
  await local.reset();
  forgetKeptTime(dataDirectory);
  await local.close();
}
