import type { CommandModule } from 'yargs';
import { workspaceFileOf, workspaceFlag } from '../flags';
import type { Terminal } from '../terminal';

interface DemoFlags {
  readonly workspace: string;
}

export const demo = (terminal: Terminal): CommandModule<object, DemoFlags> => ({
  command: 'demo',
  describe: 'Take a task through its whole lifecycle, accepted in both ways, and show every stage',
  builder: (yargs) => yargs.option('workspace', workspaceFlag),
  handler: async ({ workspace }) => {
    // Loaded on demand, as in `start`.
    const { runDemo } = await import('../demo/run-demo');
    await runDemo(terminal, workspaceFileOf({ workspace }));
  },
});
