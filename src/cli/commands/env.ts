import path from 'node:path';
import type { CommandModule } from 'yargs';
import { readConfig } from '../../system/config';
import { keepCredentials } from '../../system/credentials';
import { writeVariables } from '../../system/environment-file';
import { clientVariables } from '../client-variables';
import { dataFlag } from '../flags';
import { findRunning, notRunning } from '../running';
import type { Terminal } from '../terminal';

interface EnvFlags {
  readonly data: string;
  readonly write: boolean;
  readonly export: boolean;
}

type Variable = readonly [name: string, value: string];

export const env = (terminal: Terminal): CommandModule<object, EnvFlags> => ({
  command: 'env',
  describe:
    'Print the variables that apps, twilio serverless:start and SDKs need to use the running TaskRouter',
  builder: (yargs) =>
    yargs
      .option('data', dataFlag)
      .option('write', { type: 'boolean', default: false, describe: 'Write the variables to .env instead' })
      .option('export', {
        type: 'boolean',
        default: false,
        describe: 'Print shell commands: eval "$(npx taskrouter env --export)"',
      }),
  handler: async ({ data, write, export: exported }) => {
    const variables = await variablesOf(path.resolve(data), terminal.environment);
    if (write) {
      terminal.write(writeTo('.env', variables));
      return;
    }
    const prefix = exported ? 'export ' : '';
    terminal.write(variables.map(([name, value]) => `${prefix}${name}=${value}\n`).join(''));
  },
});

/** @throws ConfigurationError when nothing runs on the directory */
async function variablesOf(dataDirectory: string, environment: NodeJS.ProcessEnv): Promise<Variable[]> {
  const run = await findRunning(dataDirectory);
  if (!run) throw notRunning(dataDirectory);
  return Object.entries(clientVariables(run, keepCredentials(dataDirectory, readConfig(environment))));
}

/** Keeps the rest of the file, and makes it readable by its owner only, because it now holds secrets. */
function writeTo(file: string, variables: readonly Variable[]): string {
  writeVariables(file, Object.fromEntries(variables), 0o600);
  return `Wrote ${variables.length} variables to ${file}: ${variables.map(([name]) => name).join(', ')}\n`;
}
