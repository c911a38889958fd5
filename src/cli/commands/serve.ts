import type { CommandModule } from 'yargs';
import { type RunFlags, runFlags } from '../flags';
import { run } from '../run/run';

interface ServeFlags extends RunFlags {
  readonly functionsUrl?: string | undefined;
}

export const serve: CommandModule<object, ServeFlags> = {
  command: 'serve',
  describe: 'Run the local TaskRouter alone',
  builder: (yargs) =>
    runFlags(yargs).option('functions-url', {
      type: 'string',
      describe: 'Where Functions that run elsewhere get their callbacks, e.g. http://127.0.0.1:3000',
      coerce: (url: string | undefined) => url?.replace(/\/+$/, ''),
    }),
  handler: (flags) => run(flags, { functions: false, functionsUrl: flags.functionsUrl }),
};
