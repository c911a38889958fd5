import { ConfigurationError } from './config';

/** Who asks TaskRouter: an account, by its own token or by one of its API keys. Never logged. */
export interface TwilioAccount {
  readonly accountSid: string;
  /** The account's sid, or the sid of an API key. */
  readonly username: string;
  /** The account's token, or the secret of the API key. */
  readonly password: string;
}

/** An account by its own token. */
export function accountByToken({
  accountSid,
  authToken,
}: {
  readonly accountSid: string;
  readonly authToken: string;
}): TwilioAccount {
  return { accountSid, username: accountSid, password: authToken };
}

/**
 * The account on Twilio, from the variables that Twilio's own tools read. An API key goes before the token, as in the
 * Twilio CLI.
 * Source: https://www.twilio.com/docs/twilio-cli/general-usage/profiles; ACCOUNT_SID and AUTH_TOKEN are the serverless
 * toolkit's.
 * @throws ConfigurationError which names every variable that is missing or cannot be right, and no value
 */
export function readTwilioAccount(env: NodeJS.ProcessEnv): TwilioAccount {
  const accountSid = env.TWILIO_ACCOUNT_SID || env.ACCOUNT_SID || '';
  const authToken = env.TWILIO_AUTH_TOKEN || env.AUTH_TOKEN || '';
  const { TWILIO_API_KEY: key = '', TWILIO_API_SECRET: secret = '' } = env;
  const faults = [
    ...accountFaults(env, accountSid),
    ...(key || secret ? apiKeyFaults(key, secret) : tokenFaults(authToken)),
  ];
  if (faults.length > 0) throw new ConfigurationError(faults);
  return key ? { accountSid, username: key, password: secret } : accountByToken({ accountSid, authToken });
}

function accountFaults({ TWILIO_ACCOUNT_SID, ACCOUNT_SID }: NodeJS.ProcessEnv, sid: string): string[] {
  if (!sid) {
    return ['TWILIO_ACCOUNT_SID is not set: it is the sid of your account on Twilio (AC…).'];
  }
  if (!/^AC[0-9a-f]{32}$/i.test(sid)) {
    return [
      `${TWILIO_ACCOUNT_SID ? 'TWILIO_ACCOUNT_SID' : 'ACCOUNT_SID'} must be AC and 32 hexadecimal digits.`,
    ];
  }
  if (TWILIO_ACCOUNT_SID && ACCOUNT_SID && TWILIO_ACCOUNT_SID !== ACCOUNT_SID) {
    return ['TWILIO_ACCOUNT_SID and ACCOUNT_SID name two accounts: unset the one that is not meant.'];
  }
  return [];
}

function tokenFaults(token: string): string[] {
  if (!token) {
    return ['TWILIO_AUTH_TOKEN is not set: set it, or TWILIO_API_KEY and TWILIO_API_SECRET instead of it.'];
  }
  return /\s/.test(token) ? ['TWILIO_AUTH_TOKEN must have no blanks in it.'] : [];
}

function apiKeyFaults(key: string, secret: string): string[] {
  if (!key) return ['TWILIO_API_KEY is not set, but TWILIO_API_SECRET is: they go together.'];
  if (!secret) return ['TWILIO_API_SECRET is not set, but TWILIO_API_KEY is: they go together.'];
  return /^SK[0-9a-f]{32}$/i.test(key) ? [] : ['TWILIO_API_KEY must be SK and 32 hexadecimal digits.'];
}
