import type { CommandModule } from 'yargs';
import { checkEnvironmentFile, type RunFlags, runFlags } from '../flags';
import type { Terminal } from '../terminal';

export const start = (terminal: Terminal): CommandModule<object, RunFlags> => ({
  command: 'start',
  describe: 'Run the local TaskRouter, the workspace and the Functions',
  builder: (yargs) => runFlags(yargs).check((flags) => checkEnvironmentFile(flags)),
  handler: async (flags) => {
    // Loaded on demand: no other command needs all of TaskRouter and the Functions.
    const { run } = await import('../run/run');
    const { findFunctionsProject } = await import('../../host/build/functions-project');
    await run(terminal, flags, { functions: findFunctionsProject(process.cwd()) });
  },
});
