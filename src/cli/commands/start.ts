import type { CommandModule } from 'yargs';
import { checkEnvironmentFile, type RunFlags, runFlags } from '../flags';
import { run } from '../run/run';
import type { Terminal } from '../terminal';

export const start = (terminal: Terminal): CommandModule<object, RunFlags> => ({
  command: 'start',
  describe: 'Run the local TaskRouter, the workspace and the Functions',
  builder: (yargs) => runFlags(yargs).check((flags) => checkEnvironmentFile(flags)),
  handler: (flags) => run(terminal, flags, { functions: true }),
});
