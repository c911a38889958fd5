import { isSameCredentials, readBasicAuthorization } from '../../common/http-basic';
import type { ApiOptions } from './options';

/** The WWW-Authenticate header of a 401 response. */
export const challenge = 'Basic realm="Twilio API"';

/** Whether an Authorization header has the credentials of the account. */
type IsAuthenticated = (authorization: string | undefined) => boolean;

/** HTTP Basic with account SID and auth token, or with the API key, compared in constant time. */
export function authenticator({ sid, authToken, apiKey }: ApiOptions['account']): IsAuthenticated {
  const expected = [
    { username: sid, password: authToken },
    { username: apiKey.sid, password: apiKey.secret },
  ];
  return (authorization) => {
    const given = readBasicAuthorization(authorization);
    // Compares with both, so that the time taken does not reveal which one matches.
    return expected.filter((each) => isSameCredentials(given, each)).length > 0;
  };
}
