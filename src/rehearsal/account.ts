import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { basicAuthorization } from '../system/basic-authorization';
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
  const isToken = isSame(authorization, byToken(account));
  return isSame(authorization, byKey(account)) || isToken;
}

/** As the same request would say it with the account's token, the only one that the local TaskRouter knows. */
export function withToken(authorization: string | undefined, account: Account): string | undefined {
  return isSame(authorization, byKey(account)) ? byToken(account) : authorization;
}

const byToken = ({ accountSid, authToken }: Account) => basicAuthorization(accountSid, authToken);
const byKey = ({ apiKey }: Account) => basicAuthorization(apiKey.sid, apiKey.secret);

function isSame(given: string | undefined, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given ?? ''), digest(expected));
}
