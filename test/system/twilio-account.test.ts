import { ConfigurationError } from '../../src/system/config';
import { readTwilioAccount } from '../../src/system/twilio-account';

const accountSid = `AC${'a'.repeat(32)}`;
const key = `SK${'b'.repeat(32)}`;
const token = 'a secret that appears nowhere'.replaceAll(' ', '-');

function refusal(env: NodeJS.ProcessEnv): string {
  try {
    readTwilioAccount(env);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
  throw new Error('The environment was taken.');
}

it.each<[string, NodeJS.ProcessEnv]>([
  ['TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN', { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: token }],
  ["the toolkit's ACCOUNT_SID and AUTH_TOKEN", { ACCOUNT_SID: accountSid, AUTH_TOKEN: token }],
])('accepts %s', (_, env) => {
  expect(readTwilioAccount(env)).toEqual({ accountSid, username: accountSid, password: token });
});

it('prefers an API key of the account to its token', () => {
  const env = { TWILIO_ACCOUNT_SID: accountSid, TWILIO_API_KEY: key, TWILIO_API_SECRET: token };
  const account = { accountSid, username: key, password: token };
  expect(readTwilioAccount(env)).toEqual(account);
  expect(readTwilioAccount({ ...env, TWILIO_AUTH_TOKEN: 'another' })).toEqual(account);
});

it('reports everything missing at once', () => {
  expect(refusal({ TWILIO_AUTH_TOKEN: '' }).split('\n')).toEqual([
    'TWILIO_ACCOUNT_SID is not set. Set it to the SID of your account on Twilio (AC…).',
    'TWILIO_AUTH_TOKEN is not set. Set it, or set TWILIO_API_KEY and TWILIO_API_SECRET.',
  ]);
});

it.each<[string, NodeJS.ProcessEnv]>([
  ['TWILIO_API_KEY is set, but', { TWILIO_ACCOUNT_SID: accountSid, TWILIO_API_KEY: key }],
  ['TWILIO_API_SECRET is set, but', { TWILIO_ACCOUNT_SID: accountSid, TWILIO_API_SECRET: token }],
  [
    'TWILIO_API_KEY must be SK',
    { TWILIO_ACCOUNT_SID: accountSid, TWILIO_API_KEY: token, TWILIO_API_SECRET: token },
  ],
  ['TWILIO_ACCOUNT_SID must be AC', { TWILIO_ACCOUNT_SID: token, TWILIO_AUTH_TOKEN: token }],
  ['ACCOUNT_SID must be AC', { ACCOUNT_SID: token, AUTH_TOKEN: token }],
  [
    'TWILIO_AUTH_TOKEN must not contain spaces',
    { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: `${token} ` },
  ],
  [
    'TWILIO_ACCOUNT_SID and ACCOUNT_SID name different accounts',
    {
      TWILIO_ACCOUNT_SID: accountSid,
      ACCOUNT_SID: accountSid.replaceAll('a', 'c'),
      TWILIO_AUTH_TOKEN: token,
    },
  ],
])('reports "%s …", and shows no value', (beginning, env) => {
  const message = refusal(env);
  expect(message).toMatch(new RegExp(`^${beginning}`));
  expect(message).not.toContain(token);
});
