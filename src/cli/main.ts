import yargs from 'yargs';
import { version } from '../../package.json';
import { ConfigurationError } from '../system/config';
import { clock } from './commands/clock';
import { demo } from './commands/demo';
import { deploy } from './commands/deploy';
import { env } from './commands/env';
import { rehearse } from './commands/rehearse';
import { reset } from './commands/reset';
import { serve } from './commands/serve';
import { start } from './commands/start';
import { wire } from './commands/wire';
import { workspace } from './commands/workspace';
import { exitCode, failureMessage } from './failure';

/** The one command. Sets the process's exit code; see exit-codes.ts. */
export async function main(argv: readonly string[]): Promise<void> {
  try {
    await yargs(argv)
      .scriptName('taskrouter')
      .usage('$0 <command>\n\nTwilio TaskRouter on this computer: no account, no tunnel.')
      .command(start)
      .command(serve)
      .command(demo)
      .command(rehearse)
      .command(reset)
      .command(clock)
      .command(env)
      .command(workspace)
      .command(deploy)
      .command(wire)
      .demandCommand(1, 'Say what to do, for example: taskrouter start')
      .strict()
      .version(version)
      .wrap(Math.min(110, process.stdout.columns ?? 80))
      .exitProcess(false)
      .fail((message, error) => {
        // Of what it finds wrong yargs throws some itself, by this name.
        if (error && error.name !== 'YError') throw error;
        throw new ConfigurationError([
          `${message || error.message}. See: taskrouter ${argv[0] && !argv[0].startsWith('-') ? `${argv[0]} ` : ''}--help`,
        ]);
      })
      .parseAsync();
  } catch (error) {
    process.stderr.write(`${failureMessage(error)}\n`);
    process.exitCode = exitCode(error);
  }
}
