import yargs, { type Argv } from 'yargs';
import { version } from '../../package.json';
import { ConfigurationError } from '../system/config';
import { call } from './commands/call';
import { clock } from './commands/clock';
import { demo } from './commands/demo';
import { deploy } from './commands/deploy';
import { doctor } from './commands/doctor';
import { env } from './commands/env';
import { explain } from './commands/explain';
import { init } from './commands/init';
import { lint } from './commands/lint';
import { rehearse } from './commands/rehearse';
import { reset } from './commands/reset';
import { run } from './commands/run';
import { serve } from './commands/serve';
import { snapshot } from './commands/snapshot';
import { start } from './commands/start';
import { token } from './commands/token';
import { wire } from './commands/wire';
import { workspace } from './commands/workspace';
import { invalidDuration } from './duration';
import { exitCode, failureMessage } from './failure';
import { onlyInClone } from './only-in-clone';
import { processTerminal, type Terminal } from './terminal';

/** Runs one command, and sets the terminal's exit code: see exit-codes.ts. */
export async function main(argv: readonly string[], terminal: Terminal = processTerminal): Promise<void> {
  try {
    refuseNegativeDuration(argv);
    let output = '';
    const [own, command] = splitCommand(argv);
    await parser(own, command, terminal).parseAsync(own, {}, (_error, _argv, text) => {
      output = text;
    });
    // Only --help and --version: commands write by themselves.
    if (output !== '') terminal.write(`${output}\n`);
  } catch (error) {
    terminal.writeError(`${failureMessage(error)}\n`);
    terminal.exitCode = exitCode(error);
  }
}

function parser(argv: readonly string[], command: readonly string[], terminal: Terminal): Argv {
  return yargs()
    .scriptName('taskrouter')
    .usage('$0 <command>\n\nTwilio TaskRouter on this computer: no account, no tunnel.')
    .command(init(terminal))
    .command(start(terminal))
    .command(serve(terminal))
    .command(run(terminal, command))
    .command(demo(terminal))
    .command(onlyInClone(rehearse(terminal)))
    .command(reset(terminal))
    .command(snapshot(terminal))
    .command(clock(terminal))
    .command(call(terminal))
    .command(env(terminal))
    .command(token(terminal))
    .command(workspace(terminal))
    .command(lint(terminal))
    .command(explain(terminal))
    .command(doctor(terminal))
    .command(onlyInClone(deploy(terminal)))
    .command(wire(terminal))
    .demandCommand(1, 'Missing command. Try: taskrouter start')
    .strict()
    .recommendCommands()
    .version(version)
    .wrap(Math.min(110, terminal.columns))
    .exitProcess(false)
    .fail((message, error) => {
      // yargs throws some of the faults that it finds, under this name.
      if (error && error.name !== 'YError') throw error;
      throw new ConfigurationError([usageFault(argv, message || error.message)]);
    });
}

/** What follows `--` is another program's command line, for `run` alone. */
function splitCommand(argv: readonly string[]): [own: string[], command: string[]] {
  const end = argv[0] === 'run' ? argv.indexOf('--') : -1;
  return end < 0 ? [[...argv], []] : [argv.slice(0, end), argv.slice(end + 1)];
}

/** yargs would read -5m as the flags -5 and -m. @throws ConfigurationError */
function refuseNegativeDuration(argv: readonly string[]): void {
  const negative = argv.find((argument) => /^-\d[\d.smhd]*$/.test(argument));
  if (argv[0] === 'clock' && negative !== undefined) throw invalidDuration(negative);
}

/** What yargs found wrong, with the words that people typed, and where to look. */
function usageFault(argv: readonly string[], message: string): string {
  const words = argv.filter((argument) => !argument.startsWith('-'));
  const isNested = words[0] === 'workspace' || words[0] === 'snapshot';
  const fault = message.startsWith('Did you mean')
    ? `Unknown command "${words[isNested ? 1 : 0]}". ${message}`
    : `${message}${/[.?!]$/.test(message) ? '' : '.'}`;
  const command = words[0] === undefined || message.startsWith('Did you mean') ? '' : `${words[0]} `;
  return `${fault} See: taskrouter ${command}--help`;
}
