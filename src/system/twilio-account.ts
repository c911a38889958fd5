import { ConfigurationError } from './config';

/** The account that sends requests to TaskRouter, with its auth token or one of its API keys. Never logged. */
export interface TwilioAccount {
  readonly accountSid: string;
  /** The sid of the account or of an API key. */
  readonly username: string;
  /** The auth token of the account or the secret of the API key. */
  readonly password: string;
}

/** An account with its auth token. */
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
 * The account on Twilio, from the variables that Twilio's own tools read. An API key takes precedence over the auth
 * token, as in the Twilio CLI.
 * Source: https://www.twilio.com/docs/twilio-cli/general-usage/profiles. The serverless toolkit reads ACCOUNT_SID and
 * AUTH_TOKEN.
 * @throws ConfigurationError that names every missing or invalid variable, but shows no values
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
    return ['TWILIO_ACCOUNT_SID is not set. Set it to the SID of your account on Twilio (AC…).'];
  }
  if (!/^AC[0-9a-f]{32}$/i.test(sid)) {
    return [
      `${TWILIO_ACCOUNT_SID ? 'TWILIO_ACCOUNT_SID' : 'ACCOUNT_SID'} must be AC and 32 hexadecimal digits.`,
    ];
  }
  if (TWILIO_ACCOUNT_SID && ACCOUNT_SID && TWILIO_ACCOUNT_SID !== ACCOUNT_SID) {
    return ['TWILIO_ACCOUNT_SID and ACCOUNT_SID name different accounts. Unset one of them.'];
  }
  return [];
}

function tokenFaults(token: string): string[] {
  if (!token) {
    return ['TWILIO_AUTH_TOKEN is not set. Set it, or set TWILIO_API_KEY and TWILIO_API_SECRET.'];
  }
  return /\s/.test(token) ? ['TWILIO_AUTH_TOKEN must not contain spaces.'] : [];
}

function apiKeyFaults(key: string, secret: string): string[] {
  if (!key) return ['TWILIO_API_SECRET is set, but TWILIO_API_KEY is not. Set both.'];
  if (!secret) return ['TWILIO_API_KEY is set, but TWILIO_API_SECRET is not. Set both.'];
  return /^SK[0-9a-f]{32}$/i.test(key) ? [] : ['TWILIO_API_KEY must be SK and 32 hexadecimal digits.'];
}
