import path from 'node:path';
import { parse } from 'dotenv';
import type { CommandModule } from 'yargs';
import { proxyEnvironment } from '../../proxy/environment';
import { ConfigurationError, readConfig } from '../../system/config';
import { keepCredentials } from '../../system/credentials';
import { readEnvironmentFile, writeVariables } from '../../system/environment-file';
import type { RunRecord } from '../../system/run-record';
import { clientVariables } from '../client-variables';
import { dataFlag } from '../flags';
import { accountEnvironment } from '../program/program-environment';
import { findRunning, notRunning } from '../running';
import type { Terminal } from '../terminal';

interface EnvFlags {
  readonly data: string;
  readonly write: boolean;
  readonly export: boolean;
  readonly proxy: boolean;
}

type Variables = Readonly<Record<string, string>>;

const file = '.env';

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
      })
      .option('proxy', {
        type: 'boolean',
        default: false,
        describe: 'Also for unchanged programs, behind the proxy of "start --proxy"',
      }),
  handler: async (flags) => {
    const variables = await variablesOf(flags, terminal.environment);
    if (flags.write) terminal.write(writeTo(variables));
    else
      terminal.write(
        Object.entries(variables)
          .map(flags.export ? shellCommand : line)
          .join(''),
      );
  },
});

const line = ([name, value]: [string, string]): string => `${name}=${value}\n`;

/** Values that a shell would split or expand are in quotes. */
function shellCommand([name, value]: [string, string]): string {
  const text = /^[\w@%+=:,./-]*$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
  return `export ${line([name, text])}`;
}

/** @throws ConfigurationError when nothing runs on the directory */
async function variablesOf(
  { data, proxy, write }: EnvFlags,
  environment: NodeJS.ProcessEnv,
): Promise<Variables> {
  const dataDirectory = path.resolve(data);
  const run = await findRunning(dataDirectory);
  if (!run) throw notRunning(dataDirectory);
  const credentials = keepCredentials(dataDirectory, readConfig(environment));
  const variables = clientVariables(run, credentials);
  if (!proxy) return variables;
  const inherited = write ? parse(readEnvironmentFile(file) ?? '') : environment;
  return {
    ...variables,
    ...accountEnvironment(credentials, run),
    ...proxyEnvironment(accessOf(run, data), inherited),
  };
}

function accessOf({ proxy }: RunRecord, data: string): NonNullable<RunRecord['proxy']> {
  if (proxy) return proxy;
  throw new ConfigurationError([
    `--proxy: the TaskRouter that runs on ${data} has no proxy. Stop it, and start it with: npx taskrouter start --proxy`,
  ]);
}

/** Keeps the rest of the file, and makes it readable by its owner only, because it now holds secrets. */
function writeTo(variables: Variables): string {
  writeVariables(file, variables, 0o600);
  const names = Object.keys(variables);
  return `Wrote ${names.length} variables to ${file}: ${names.join(', ')}\n`;
}
