import type { CommandModule } from 'yargs';
import { checkEnvironmentFile, type RunFlags, runFlags } from '../flags';
import { passFlag } from '../program/passed-hosts';
import type { Terminal } from '../terminal';

interface StartFlags extends RunFlags {
  readonly pass: readonly string[];
  readonly proxy: boolean;
}

export const start = (terminal: Terminal): CommandModule<object, StartFlags> => ({
  command: 'start',
  describe: 'Run the local TaskRouter, the workspace and the Functions',
  builder: (yargs) =>
    runFlags(yargs)
      .option('pass', {
        ...passFlag,
        describe:
          "Another Twilio host that programs and another project's Functions may reach, such as api.twilio.com",
      })
      .option('proxy', {
        type: 'boolean',
        default: false,
        describe: 'Let unchanged programs find TaskRouter where they expect Twilio: see "env --proxy"',
      })
      .check((flags) => checkEnvironmentFile(flags)),
  handler: async (flags) => {
    // Loaded on demand: no other command needs all of TaskRouter and the Functions.
    const { run } = await import('../run/run');
    const { findFunctionsProject } = await import('../../host/build/functions-project');
    await run(terminal, flags, {
      functions: findFunctionsProject(process.cwd()),
      passedHosts: flags.pass,
      proxy: flags.proxy,
    });
  },
});
