import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import type { TwilioAccount } from '../../system/twilio-account';
import { DeploymentFailed } from '../deployment-failed';
import { twilioRun } from '../settings/twilio-run';

/** What twilio-run prints at the end. */
const uploaded = z.object({
  domain: z.string(),
  serviceSid: z.string(),
  environmentSid: z.string(),
  buildSid: z.string(),
});
export type Uploaded = z.infer<typeof uploaded>;

interface UploadOptions {
  readonly projectRoot: string;
  readonly account: TwilioAccount;
  /** The environment of this process. */
  readonly environment: NodeJS.ProcessEnv;
  /** The domain suffix; empty for production. */
  readonly suffix: string;
  /** Receives each line that the tool prints. */
  readonly onLine: (line: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Uploads, builds, and deploys. @throws DeploymentFailed; the signal's reason */
export type Upload = (options: UploadOptions) => Promise<Uploaded>;

/**
 * Runs `twilio-run deploy`, which reads `.twilioserverlessrc` and `.env.deploy`. The credentials are in the environment
 * of its process, because other users of the machine can read its command line.
 * @throws DeploymentFailed when it exits with a status other than 0; the signal's reason
 */
export async function uploadWithTwilioRun(options: UploadOptions): Promise<Uploaded> {
  const { projectRoot, onLine, signal } = options;
  const child = spawn(process.execPath, [twilioRun(), ...argumentsFor(options)], {
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
  // Ctrl+C reaches the tool as well, which may exit first.
  signal?.throwIfAborted();
  if (code !== 0) throw new DeploymentFailed(`The upload failed: twilio-run exited with ${code}.`);
  return readUploaded(output);
}

function argumentsFor({ suffix, environment: { TWILIO_REGION, TWILIO_EDGE } }: UploadOptions): string[] {
  return [
    'deploy',
    // Without it the tool prints the ends of the token.
    ...['--output-format', 'json'],
    ...(suffix === '' ? ['--production'] : ['--environment', suffix]),
    ...(TWILIO_REGION ? ['--region', TWILIO_REGION] : []),
    ...(TWILIO_EDGE ? ['--edge', TWILIO_EDGE] : []),
  ];
}

/** Under the names that the tool reads. The file names the workspace; DEBUG would make the tool print its requests. */
function environmentFor({ environment, account }: UploadOptions): NodeJS.ProcessEnv {
  const { WORKSPACE_SID: _, WORKFLOW_SID: __, DEBUG: ___, ...rest } = environment;
  return { ...rest, ACCOUNT_SID: account.username, AUTH_TOKEN: account.password };
}

function readUploaded(output: string): Uploaded {
  try {
    return uploaded.parse(JSON.parse(output));
  } catch {
    throw new DeploymentFailed('twilio-run did not print where it deployed to.');
  }
}
