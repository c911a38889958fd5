import type { CommandModule } from 'yargs';
import type { WireFlags } from '../deploy/run-wire';
import { domainFlags, targetFlags } from '../flags';

export const wire: CommandModule<object, WireFlags> = {
  command: 'wire',
  describe: 'Point the callbacks of the workspace at the Functions, whichever way these were deployed',
  builder: (yargs) =>
    domainFlags(targetFlags(yargs)).option('fallback-url', {
      type: 'string',
      requiresArg: true,
      describe: "The workflows' fallback callbacks, on another host; otherwise they are left alone",
    }),
  handler: async (flags) => {
    // Loaded here alone: no other command needs the tools of a deployment.
    const { runWire } = await import('../deploy/run-wire');
    await runWire(flags);
  },
};
