import path from 'node:path';
import type { CommandModule } from 'yargs';
import { ConfigurationError } from '../../system/config';
import { secondsOf } from '../duration';
import { dataFlag } from '../flags';
import { findRunning, notRunning, requestRunning } from '../running';
import type { Terminal } from '../terminal';
import { writeJson } from '../workspace/output';

interface TokenFlags {
  readonly worker?: string | undefined;
  readonly role: 'worker' | 'supervisor' | 'admin';
  readonly ttl: string;
  readonly data: string;
  readonly json: boolean;
}

/** The response of `/_taskrouter/tokens`. */
interface TokenResponse {
  readonly token: string;
  readonly worker_sid: string | null;
  readonly workspace_sid: string;
  /** ISO 8601. */
  readonly expires_at: string;
}

export const token = (terminal: Terminal): CommandModule<object, TokenFlags> => ({
  command: 'token',
  describe: "Print an Access Token for Twilio's worker SDK (twilio-taskrouter)",
  builder: (yargs) =>
    yargs
      .option('worker', { type: 'string', requiresArg: true, describe: 'Name or sid of the worker' })
      .option('role', {
        choices: ['worker', 'supervisor', 'admin'] as const,
        default: 'worker' as const,
        requiresArg: true,
        describe: 'What the token allows; an admin needs no worker',
      })
      .option('ttl', {
        type: 'string',
        default: '1h',
        requiresArg: true,
        describe: 'How long it is valid: 90s, 20m, 24h …',
      })
      .option('data', dataFlag)
      .option('json', { type: 'boolean', default: false, describe: 'Print one line of JSON' })
      .example('$0 token --worker Alice', 'A token for Alice')
      .example('$0 token --role admin', "A token for the SDK's Workspace class"),
  handler: async (flags) => {
    const response = await requestToken(terminal, flags);
    if (flags.json) return writeJson(terminal, response);
    terminal.write(`${response.token}\n`);
  },
});

/** @throws ConfigurationError if nothing runs, or without a worker */
async function requestToken(terminal: Terminal, flags: TokenFlags): Promise<TokenResponse> {
  const { worker, role, ttl, data } = flags;
  if (worker === undefined && role !== 'admin')
    throw new ConfigurationError(['Name a worker: taskrouter token --worker Alice.']);
  const seconds = secondsOf(ttl);
  const run = await findRunning(path.resolve(data));
  if (!run) throw notRunning(data);
  const response = await requestRunning(terminal, path.resolve(data), 'tokens', {
    ...(worker !== undefined && { worker }),
    role,
    ttl: String(seconds),
    workspace_sid: run.workspaceSid,
  });
  if (response === null) throw notRunning(data);
  return response as TokenResponse;
}
