import { randomBytes } from 'node:crypto';
import { basicAuthorization, isSameCredentials, readBasicAuthorization } from '../common/http-basic';
import { makeCredentials } from '../system/credentials';
import { randomSid } from '../system/ids';

/** The one account of the stand-in, and an API key of it. */
export interface Account {
  readonly accountSid: string;
  readonly authToken: string;
  readonly apiKey: { readonly sid: string; readonly secret: string };
}

/** Made up for one run, and well-formed. */
export function makeUpAccount(): Account {
  const { accountSid, authToken } = makeCredentials({ accountSid: undefined, authToken: undefined });
  return { accountSid, authToken, apiKey: { sid: randomSid('SK'), secret: randomBytes(16).toString('hex') } };
}

/** By the token or by the key: https://www.twilio.com/docs/usage/requests-to-twilio */
export function isSignedIn(authorization: string | undefined, account: Account): boolean {
  const given = readBasicAuthorization(authorization);
  const isToken = isSameCredentials(given, byToken(account));
  return isSameCredentials(given, byKey(account)) || isToken;
}

/** Replaces the API key with the account's token, the only credentials that the local TaskRouter knows. */
export function withToken(authorization: string | undefined, account: Account): string | undefined {
  const isKey = isSameCredentials(readBasicAuthorization(authorization), byKey(account));
  return isKey ? basicAuthorization(account.accountSid, account.authToken) : authorization;
}

const byToken = ({ accountSid, authToken }: Account) => ({ username: accountSid, password: authToken });
const byKey = ({ apiKey }: Account) => ({ username: apiKey.sid, password: apiKey.secret });
