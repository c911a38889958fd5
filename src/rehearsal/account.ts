import { isSameCredentials, readBasicAuthorization } from '../common/http-basic';
import { type Credentials, makeCredentials } from '../system/credentials';

/** The one account of the local Twilio emulator, and an API key of it. */
export type Account = Pick<Credentials, 'accountSid' | 'authToken' | 'apiKey'>;

/** A new account with well-formed credentials. */
export function makeUpAccount(): Account {
  const { operator: _, ...account } = makeCredentials({ accountSid: undefined, authToken: undefined });
  return account;
}

/** By the token or by the key: https://www.twilio.com/docs/usage/requests-to-twilio */
export function isSignedIn(authorization: string | undefined, account: Account): boolean {
  const given = readBasicAuthorization(authorization);
  const isToken = isSameCredentials(given, { username: account.accountSid, password: account.authToken });
  const isKey = isSameCredentials(given, { username: account.apiKey.sid, password: account.apiKey.secret });
  return isToken || isKey;
}
