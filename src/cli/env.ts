import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { CommandModule } from 'yargs';
import { ConfigurationError, readConfig } from '../system/config';
import { keepCredentials } from '../system/credentials';
import { dataFlag } from './options';
import { findRunning } from './running';

interface EnvFlags {
  readonly data: string;
  readonly write: boolean;
  readonly export: boolean;
}

export const env: CommandModule<object, EnvFlags> = {
  command: 'env',
  describe:
    'Print the environment that an app, twilio serverless:start or an SDK needs for the running TaskRouter',
  builder: (yargs) =>
    yargs
      .option('data', dataFlag)
      .option('write', { type: 'boolean', default: false, describe: 'Put the lines into .env' })
      .option('export', {
        type: 'boolean',
        default: false,
        describe: 'Lines for a shell: eval "$(npx taskrouter env --export)"',
      }),
  handler: async ({ data, write, export: exported }) => {
    const lines = await environmentLines(path.resolve(data));
    if (write) return writeInto('.env', lines);
    const prefix = exported ? 'export ' : '';
    process.stdout.write(`${lines.map(([name, value]) => `${prefix}${name}=${value}`).join('\n')}\n`);
  },
};

async function environmentLines(dataDirectory: string): Promise<[string, string][]> {
  const run = await findRunning(dataDirectory);
  if (!run) {
    throw new ConfigurationError([
      `Nothing runs on ${dataDirectory}. Start it first (npm start), or name its directory: --data DIR.`,
    ]);
  }
  const { accountSid, authToken, operator } = keepCredentials(dataDirectory, readConfig(process.env));
  return Object.entries({
    ACCOUNT_SID: accountSid,
    AUTH_TOKEN: authToken,
    WORKSPACE_SID: run.workspaceSid,
    ...(run.workflowSid && { WORKFLOW_SID: run.workflowSid }),
    TASKROUTER_BASE_URL: run.taskrouterUrl,
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_AUTH_TOKEN: authToken,
    OPERATOR_USERNAME: operator.username,
    OPERATOR_PASSWORD: operator.password,
  });
}

/** Replaces the lines that are there and adds the others; everything else in the file stays as it is. */
function writeInto(file: string, lines: readonly [string, string][]): void {
  let text = readIfThere(file);
  for (const [name, value] of lines) {
    const line = `${name}=${value}`;
    const present = new RegExp(`^${name}=.*$`, 'm');
    text = present.test(text)
      ? text.replace(present, () => line)
      : `${text}${text && !text.endsWith('\n') ? '\n' : ''}${line}\n`;
  }
  writeFileSync(file, text, { mode: 0o600 });
  // A file that was there keeps its mode otherwise, and now there are secrets in it.
  chmodSync(file, 0o600);
  process.stdout.write(`${lines.length} lines are in ${file}: ${lines.map(([name]) => name).join(', ')}\n`);
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
