import type { CommandModule } from 'yargs';
import { type RunFlags, runFlags } from '../flags';
import { type ProxyFlags, proxyFlags } from '../run/proxy-flags';
import type { Terminal } from '../terminal';

interface ServeFlags extends RunFlags, ProxyFlags {
  readonly functionsUrl?: string | undefined;
}

export const serve = (terminal: Terminal): CommandModule<object, ServeFlags> => ({
  command: 'serve',
  describe: 'Run the local TaskRouter without the Functions',
  builder: (yargs) =>
    proxyFlags(runFlags(yargs))
      // Accepted, so that one set of flags suits `start` and `serve`, but about the Functions alone.
      .hide('port')
      .hide('env')
      .option('functions-url', {
        type: 'string',
        requiresArg: true,
        describe: 'Where callbacks go: Functions that run elsewhere, such as http://127.0.0.1:3000',
        coerce: (url: string | undefined) => url?.replace(/\/+$/, ''),
      }),
  handler: async (flags) => {
    // Loaded on demand: most commands do not need all of TaskRouter.
    const { run } = await import('../run/run');
    const { functionsUrl, proxy, pass: passedHosts } = flags;
    await run(terminal, flags, { functions: null, functionsUrl, proxy, passedHosts });
  },
});
