import type { CommandModule } from 'yargs';
import { checkEnvironmentFile, type RunFlags, runFlags } from '../flags';
import { type ProxyFlags, proxyFlags } from '../run/proxy-flags';
import type { Terminal } from '../terminal';

type StartFlags = RunFlags & ProxyFlags;

export const start = (terminal: Terminal): CommandModule<object, StartFlags> => ({
  command: 'start',
  describe: 'Run the local TaskRouter, the workspace and the Functions',
  builder: (yargs) =>
    proxyFlags(runFlags(yargs), " and another project's Functions").check((flags) =>
      checkEnvironmentFile(flags),
    ),
  handler: async (flags) => {
    // Loaded on demand: no other command needs all of TaskRouter and the Functions.
    const { run } = await import('../run/run');
    const { findFunctionsProject } = await import('../../host/build/functions-project');
    await run(terminal, flags, {
      functions: findFunctionsProject(process.cwd()),
      proxy: flags.proxy,
      passedHosts: flags.pass,
    });
  },
});
