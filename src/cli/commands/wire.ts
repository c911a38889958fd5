import type { CommandModule } from 'yargs';
import type { WireFlags } from '../deploy/run-wire';
import { domainFlags, targetFlags } from '../flags';
import type { Terminal } from '../terminal';

export const wire = (terminal: Terminal): CommandModule<object, WireFlags> => ({
  command: 'wire',
  describe: 'Point the workspace callbacks at the Functions, however they were deployed',
  builder: (yargs) =>
    domainFlags(targetFlags(yargs)).option('fallback-url', {
      type: 'string',
      requiresArg: true,
      describe: "URL for the workflows' fallback callbacks, on another host; default: unchanged",
    }),
  handler: async (flags) => {
    // Loaded on demand: other commands do not need the deployment tools.
    const { runWire } = await import('../deploy/run-wire');
    await runWire(flags, terminal);
  },
});
