import path from 'node:path';
import type { Twilio } from 'twilio';
import { ConfigurationError, readConfig } from '../../system/config';
import { keepCredentials } from '../../system/credentials';
import { accountByToken, readTwilioAccount } from '../../system/twilio-account';
import { createTwilioClient } from '../../workspace/client';
import type { TargetFlags } from '../flags';
import { findRunning } from '../running';

/** Whose workspaces are planned, applied and pulled. */
export interface Target {
  readonly name: string;
  readonly client: Twilio;
  /** Null when it is not known, empty when there are no Functions. */
  readonly functionsUrl: string | null;
  /** What to do when the credentials are refused. */
  readonly credentialsRemedy: string;
}

/** @throws ConfigurationError when nothing runs here, or the environment does not name an account */
export function openTarget(flags: TargetFlags): Promise<Target> {
  return flags.target === 'local' ? openLocal(flags) : openTwilio(flags);
}

async function openLocal({ data, functionsUrl }: TargetFlags): Promise<Target> {
  const dataDirectory = path.resolve(data);
  const run = await findRunning(dataDirectory);
  if (!run) {
    throw new ConfigurationError([
      `Nothing runs on ${data}. Start it first (npm start), or name its directory: --data DIR. ` +
        'For your account on Twilio: --target twilio.',
    ]);
  }
  const credentials = keepCredentials(dataDirectory, readConfig(process.env));
  return {
    name: `the local TaskRouter at ${run.taskrouterUrl}`,
    client: createTwilioClient(accountByToken(credentials), run.taskrouterUrl),
    functionsUrl: functionsUrl ?? run.functionsUrl ?? '',
    credentialsRemedy:
      'Set TASKROUTER_LOCAL_ACCOUNT_SID and TASKROUTER_LOCAL_AUTH_TOKEN as they were when it was started, or unset them.',
  };
}

async function openTwilio({ functionsUrl }: TargetFlags): Promise<Target> {
  return {
    name: 'Twilio',
    client: createTwilioClient(readTwilioAccount(process.env), null),
    functionsUrl: functionsUrl ?? null,
    credentialsRemedy: twilioRemedy,
  };
}

export const twilioRemedy =
  'Check TWILIO_ACCOUNT_SID with TWILIO_AUTH_TOKEN, or with TWILIO_API_KEY and TWILIO_API_SECRET; ' +
  'what "taskrouter env" prints is for the local TaskRouter alone.';
