import { existsSync } from 'node:fs';
import path from 'node:path';
import type { CommandModule } from 'yargs';
import { startLocal } from '../../local';
import { ConfigurationError, readConfig } from '../../system/config';
import { forgetKeptTime } from '../../system/kept-time';
import { dataFlag, projectRoot, workspaceFlag } from '../flags';
import { createReporter } from '../reporter';
import { requestRunning } from '../running';
import type { Terminal } from '../terminal';

interface ResetFlags {
  readonly data: string;
  readonly workspace: string;
}

export const reset = (terminal: Terminal): CommandModule<object, ResetFlags> => ({
  command: 'reset',
  describe: 'Go back to the workspace file: delete tasks, reservations and events, restore workers',
  builder: (yargs) => yargs.option('data', dataFlag).option('workspace', workspaceFlag),
  handler: async ({ data, workspace }) => {
    const dataDirectory = path.resolve(data);
    if (!existsSync(dataDirectory)) throw noDirectory(dataDirectory);
    const isRunning = (await requestRunning(terminal, dataDirectory, 'reset', {})) !== null;
    if (!isRunning) await resetStopped(terminal, dataDirectory, path.resolve(workspace));
    terminal.write(
      `${data} matches the workspace file again${isRunning ? ', and goes on running' : ''}. Sids are unchanged.\n`,
    );
  },
});

/** Opening a mistyped directory would create it, and reset nothing. */
const noDirectory = (dataDirectory: string) =>
  new ConfigurationError([
    `${dataDirectory} does not exist, so there is nothing to reset. Choose the directory with --data DIR.`,
  ]);

/** Opens the directory itself, on free ports, while nothing runs on it. */
async function resetStopped(terminal: Terminal, dataDirectory: string, workspaceFile: string): Promise<void> {
  const { hostLog, apiLog } = createReporter({ json: false }, terminal);
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
    config: readConfig(terminal.environment),
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
