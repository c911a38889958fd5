import path from 'node:path';
import type { Twilio } from 'twilio';
import { readConfig } from '../../system/config';
import { keepCredentials } from '../../system/credentials';
import { accountByToken, readTwilioAccount, type TwilioAccount } from '../../system/twilio-account';
import type { createTwilioClient } from '../../workspace/client';
import type { OpeningFlags } from '../flags';
import { findRunning, notRunning } from '../running';
import type { Terminal } from '../terminal';

/** Creates the client of an account on Twilio. Tests replace it. */
export type Connect = (account: TwilioAccount) => Twilio;

/** The TaskRouter that a command works on. */
export interface Target {
  readonly name: string;
  readonly client: Twilio;
  /** Null when unknown, empty when there are no Functions. */
  readonly functionsUrl: string | null;
  /** What to do when the credentials are rejected. */
  readonly credentialsRemedy: string;
}

/** @throws ConfigurationError when nothing runs locally, or the environment holds no account */
export async function openTarget(
  { environment }: Terminal,
  flags: OpeningFlags,
  connect?: Connect,
): Promise<Target> {
  // Loaded on demand: the official client takes longer to load than most commands to run.
  const { createTwilioClient } = await import('../../workspace/client');
  if (flags.target === 'local') return openLocal(environment, flags, createTwilioClient);
  return openTwilio(environment, flags, connect ?? ((account) => createTwilioClient(account, null)));
}

async function openLocal(
  environment: NodeJS.ProcessEnv,
  { data, functionsUrl }: OpeningFlags,
  createClient: typeof createTwilioClient,
): Promise<Target> {
  const dataDirectory = path.resolve(data);
  const run = await findRunning(dataDirectory);
  if (!run)
    throw notRunning(data, 'Start it (npx taskrouter start)', 'To use your Twilio account: --target twilio.');
  const credentials = keepCredentials(dataDirectory, readConfig(environment));
  return {
    name: `the local TaskRouter at ${run.taskrouterUrl}`,
    client: createClient(accountByToken(credentials), run.taskrouterUrl),
    functionsUrl: functionsUrl ?? run.functionsUrl ?? '',
    credentialsRemedy:
      'Set TASKROUTER_LOCAL_ACCOUNT_SID and TASKROUTER_LOCAL_AUTH_TOKEN to the values it was started with, or unset them.',
  };
}

function openTwilio(
  environment: NodeJS.ProcessEnv,
  { functionsUrl }: OpeningFlags,
  connect: Connect,
): Target {
  return {
    name: 'Twilio',
    client: connect(readTwilioAccount(environment)),
    functionsUrl: functionsUrl ?? null,
    credentialsRemedy: twilioRemedy,
  };
}

export const twilioRemedy =
  'Check TWILIO_ACCOUNT_SID with TWILIO_AUTH_TOKEN, or with TWILIO_API_KEY and TWILIO_API_SECRET; ' +
  'the values that "taskrouter env" prints are only for the local TaskRouter.';
