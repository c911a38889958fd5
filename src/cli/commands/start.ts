import type { CommandModule } from 'yargs';
import { type RunFlags, runFlags } from '../flags';
import { run } from '../run/run';

export const start: CommandModule<object, RunFlags> = {
  command: 'start',
  describe: 'Run everything here: the local TaskRouter, the tutorial workspace and the Functions',
  builder: runFlags,
  handler: (flags) => run(flags, { functions: true }),
};
