import { isSameCredentials, readBasicAuthorization } from '../../common/http-basic';
import type { ApiOptions } from './options';
import { Unauthenticated } from './request-errors';

/** The WWW-Authenticate header of a 401 response. */
export const challenge = 'Basic realm="Twilio API"';

/** Checks an Authorization header. @throws Unauthenticated if it does not have the credentials of the account */
export type Authenticate = (authorization: string | undefined) => void;

/** HTTP Basic with account SID and auth token, or with the API key, compared in constant time. */
export function authenticator({ sid, authToken, apiKey }: ApiOptions['account']): Authenticate {
  const expected = [
    { username: sid, password: authToken },
    { username: apiKey.sid, password: apiKey.secret },
  ];
  return (authorization) => {
    const given = readBasicAuthorization(authorization);
    const matches = expected.filter((each) => isSameCredentials(given, each));
    if (matches.length === 0) throw new Unauthenticated();
  };
}
