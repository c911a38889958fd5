import type { CommandModule } from 'yargs';
import { workspaceFlag } from '../flags';
import type { RehearseFlags } from '../rehearsal/run-rehearsal';
import type { Terminal } from '../terminal';

export const rehearse = (terminal: Terminal): CommandModule<object, RehearseFlags> => ({
  command: 'rehearse',
  describe:
    'Deploy to a Twilio emulator on this computer with the real tools, and take tasks and a call through the result',
  builder: (yargs) =>
    yargs
      .option('workspace', workspaceFlag)
      .option('serve', {
        type: 'boolean',
        default: false,
        describe: 'Only run the emulator, and print the environment variables with which commands reach it',
      })
      .option('json', {
        type: 'boolean',
        default: false,
        describe: 'Print the report as one line of JSON; logs go to standard error',
      }),
  handler: async (flags) => {
    // Loaded on demand: no other command needs certificates and a proxy.
    const { runRehearsal, serveRehearsal } = await import('../rehearsal/run-rehearsal');
    await (flags.serve ? serveRehearsal(flags, terminal) : runRehearsal(flags, terminal));
  },
});
