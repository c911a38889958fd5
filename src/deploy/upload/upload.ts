import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { TwilioAccount } from '../../system/twilio-account';
import { DeploymentFailed } from '../deployment-failed';
import { twilioRun } from '../settings/twilio-run';

/** What the uploading tool tells when it is done. */
const uploaded = z.object({
  domain: z.string(),
  serviceSid: z.string(),
  environmentSid: z.string(),
  buildSid: z.string(),
});
export type Uploaded = z.infer<typeof uploaded>;

export interface UploadOptions {
  readonly projectRoot: string;
  readonly account: TwilioAccount;
  /** Of this process. */
  readonly environment: NodeJS.ProcessEnv;
  /** Of the domain; empty for production. */
  readonly suffix: string;
  /** Given each line that the tool says. */
  readonly onLine: (line: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs the genuine `twilio-run deploy`, which goes by `.twilioserverlessrc` and `.env.deploy`. The credentials are in its
 * environment, where nobody else sees them.
 * @throws DeploymentFailed when it ends with another status than 0; the signal's reason
 */
export async function upload(options: UploadOptions): Promise<Uploaded> {
  const { projectRoot, onLine, signal } = options;
  const child = spawn(process.execPath, [twilioRun, ...argumentsFor(options)], {
    cwd: projectRoot,
    env: environmentFor(options),
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(signal && { signal }),
  });
  createInterface({ input: child.stderr }).on('line', onLine);
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const [output, code] = await Promise.all([text(child.stdout), ended]).catch((error) => {
    signal?.throwIfAborted();
    throw error;
  });
  // Ctrl+C reaches the tool as well, and it may be the quicker one.
  signal?.throwIfAborted();
  if (code !== 0) throw new DeploymentFailed(`The upload failed: twilio-run ended with ${code}.`);
  return readUploaded(output);
}

function argumentsFor({ suffix, environment: { TWILIO_REGION, TWILIO_EDGE } }: UploadOptions): string[] {
  return [
    'deploy',
    // Otherwise it prints the ends of the token.
    ...['--output-format', 'json'],
    ...(suffix === '' ? ['--production'] : ['--environment', suffix]),
    ...(TWILIO_REGION ? ['--region', TWILIO_REGION] : []),
    ...(TWILIO_EDGE ? ['--edge', TWILIO_EDGE] : []),
  ];
}

/** The names that the tool reads; the file has its own workspace. DEBUG would make it print what it sends. */
function environmentFor({ environment, account }: UploadOptions): NodeJS.ProcessEnv {
  const { WORKSPACE_SID: _, WORKFLOW_SID: __, DEBUG: ___, ...rest } = environment;
  return { ...rest, ACCOUNT_SID: account.username, AUTH_TOKEN: account.password };
}

function readUploaded(output: string): Uploaded {
  try {
    return uploaded.parse(JSON.parse(output));
  } catch {
    throw new DeploymentFailed('twilio-run does not say where it deployed to.');
  }
}
