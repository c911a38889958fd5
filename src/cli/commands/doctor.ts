import type { CommandModule } from 'yargs';
import type { DoctorFlags } from '../doctor/diagnosis';
import { choiceFlags, domainFlags, jsonFlag, openingFlags } from '../flags';
import type { Terminal } from '../terminal';

export const doctor = (terminal: Terminal): CommandModule<object, DoctorFlags> => ({
  command: 'doctor',
  describe: 'Find what is stuck or about to be; exits with 2 when there are problems',
  builder: (yargs) =>
    domainFlags(choiceFlags(openingFlags(yargs)))
      .describe(
        'functions-url',
        'Where the Functions run; default: the running ones, or those of the deployment',
      )
      .option('json', jsonFlag),
  handler: async (flags) => {
    // Loaded on demand: other commands do not need the deployment tools.
    const { runDoctor } = await import('../doctor/run-doctor');
    await runDoctor(flags, terminal);
  },
});
