import { existsSync } from 'node:fs';
import path from 'node:path';
import type { CommandModule } from 'yargs';
import { ConfigurationError } from '../system/config';
import { packageRoot } from './flags';

/**
 * A command about this project's own Functions, whose sources only a clone has. In the installed package, it is not
 * listed, and says what to do instead.
 */
export function onlyInClone<Flags>(command: CommandModule<object, Flags>): CommandModule<object, Flags> {
  if (existsSync(path.join(packageRoot(), 'functions'))) return command;
  return {
    ...command,
    describe: false,
    handler: () => {
      throw new ConfigurationError([
        `"taskrouter ${command.command}" needs a clone of taskrouter-lifecycle, whose Functions it deploys. Deploy your own with twilio-run or the Twilio CLI, then point the callbacks to them with "taskrouter wire".`,
      ]);
    },
  };
}
