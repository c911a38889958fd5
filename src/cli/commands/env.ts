import path from 'node:path';
import type { CommandModule } from 'yargs';
import { ConfigurationError, readConfig } from '../../system/config';
import { keepCredentials } from '../../system/credentials';
import { writeVariables } from '../../system/environment-file';
import { dataFlag } from '../flags';
import { findRunning } from '../running';

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

/** Everything else in the file stays as it is. A file that was there is narrowed, now that there are secrets in it. */
function writeInto(file: string, lines: readonly [string, string][]): void {
  writeVariables(file, Object.fromEntries(lines), 0o600);
  process.stdout.write(`${lines.length} lines are in ${file}: ${lines.map(([name]) => name).join(', ')}\n`);
}
