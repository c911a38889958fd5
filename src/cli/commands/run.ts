import type { CommandModule } from 'yargs';
import { runFlags } from '../flags';
import { passFlag } from '../program/passed-hosts';
import type { ProgramFlags } from '../program/program-flags';
import { readRewrites } from '../program/rewrites';
import type { Terminal } from '../terminal';

/** @param command the command line of the program, after `--` */
export const run = (terminal: Terminal, command: readonly string[]): CommandModule<object, ProgramFlags> => ({
  command: 'run',
  describe:
    'Run a program, in any language and unchanged, that finds the local TaskRouter in place of Twilio',
  builder: (yargs) =>
    runFlags(yargs)
      .usage('$0 run [flags] -- COMMAND ARGS…')
      .option('port', {
        default: undefined,
        describe: 'Also run the Functions, on this port; 0 = any free port',
      })
      .option('taskrouter-port', { default: 0 })
      .option('data', {
        default: undefined,
        describe: 'Use the TaskRouter that runs on this directory, or start one on it; default: in memory',
      })
      .option('env', { describe: "File with the program's variables" })
      .option('verbose', { describe: 'Show all callbacks, not only failed ones' })
      .option('functions-url', {
        type: 'string',
        requiresArg: true,
        describe: 'Where the callbacks of the workspace file go, such as http://127.0.0.1:5000',
        coerce: (url: string | undefined) => url?.replace(/\/+$/, ''),
      })
      .option('pass', {
        ...passFlag,
        describe: 'Another Twilio host that the program may reach, such as api.twilio.com',
      })
      .option('rewrite', {
        type: 'string',
        array: true,
        requiresArg: true,
        default: [],
        describe: 'Send callbacks for FROM to TO, such as https://name.example=http://localhost:5000',
        coerce: readRewrites,
      })
      .conflicts('functions-url', 'port') as never,
  handler: async (flags) => {
    // Loaded on demand: no other command needs all of TaskRouter, certificates, and a proxy.
    const { runProgram } = await import('../program/run-program');
    await runProgram(terminal, flags, command);
  },
});
