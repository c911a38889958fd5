import { isSameCredentials, readBasicAuthorization } from '../../common/http-basic';
import type { ApiOptions } from './options';
import { Unauthenticated } from './refusals';

/** What 401 says beside its body. */
export const challenge = 'Basic realm="Twilio API"';

/** Checks an Authorization header; @throws Unauthenticated for anything but the account's own credentials. */
export type Authenticate = (authorization: string | undefined) => void;

/** HTTP Basic with account sid and auth token, compared in constant time. */
export function authenticator(account: ApiOptions['account']): Authenticate {
  const expected = { username: account.sid, password: account.authToken };
  return (authorization) => {
    if (!isSameCredentials(readBasicAuthorization(authorization), expected)) throw new Unauthenticated();
  };
}
