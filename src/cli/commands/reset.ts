import { existsSync } from 'node:fs';
import path from 'node:path';
import type { CommandModule } from 'yargs';
import { ConfigurationError } from '../../system/config';
import { dataFlag, workspaceFlag } from '../flags';
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
    if (!isRunning) {
      // Loaded on demand: a running service resets itself.
      const { resetStopped } = await import('../run/reset-stopped');
      await resetStopped(terminal, dataDirectory, path.resolve(workspace));
    }
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
