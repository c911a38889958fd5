import type { CommandModule } from 'yargs';
import { workspaceFileOf, workspaceFlag } from '../flags';
import type { Terminal } from '../terminal';

interface DemoFlags {
  readonly workspace: string;
  readonly voice: boolean;
}

export const demo = (terminal: Terminal): CommandModule<object, DemoFlags> => ({
  command: 'demo',
  describe: 'Take a task through its whole lifecycle, accepted in both ways, and show every stage',
  builder: (yargs) =>
    yargs.option('workspace', workspaceFlag).option('voice', {
      type: 'boolean',
      default: false,
      describe: 'Take a phone call instead, from the greeting to the completed task',
    }),
  handler: async ({ workspace, voice }) => {
    // Loaded on demand, as in `start`.
    const { runDemo, showCall, showLifecycle } = await import('../demo/run-demo');
    await runDemo(terminal, workspaceFileOf({ workspace }), voice ? showCall : showLifecycle);
  },
});
