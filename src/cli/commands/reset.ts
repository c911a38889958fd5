import type { CommandModule } from 'yargs';
import { existingDirectory } from '../existing-directory';
import { dataFlag, workspaceFileOf, workspaceFlag } from '../flags';
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
    const dataDirectory = existingDirectory(data, 'reset');
    const isRunning = (await requestRunning(terminal, dataDirectory, 'reset', {})) !== null;
    if (!isRunning) {
      // Loaded on demand: a running service resets itself.
      const { resetStopped } = await import('../run/reset-stopped');
      await resetStopped(terminal, dataDirectory, workspaceFileOf({ workspace }));
    }
    terminal.write(
      `${data} matches the workspace file again${isRunning ? ', and goes on running' : ''}. Sids are unchanged.\n`,
    );
  },
});
