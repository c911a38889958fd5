import yargs from 'yargs';
import { version } from '../../package.json';
import { ConfigurationError } from '../system/config';
import { clock } from './clock';
import { demo } from './demo';
import { deploy } from './deploy';
import { env } from './env';
import { exitCode, explain } from './failure';
import { rehearse } from './rehearse';
import { reset } from './reset';
import { serve } from './serve';
import { start } from './start';
import { wire } from './wire';
import { workspace } from './workspace';

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
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = exitCode(error);
  }
}
