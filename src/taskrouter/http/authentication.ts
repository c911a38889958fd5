import { createHash, timingSafeEqual } from 'node:crypto';
import type { ApiOptions } from './options';
import { Unauthenticated } from './refusals';

/** What 401 says beside its body. */
export const challenge = 'Basic realm="Twilio API"';

/** Checks an Authorization header; @throws Unauthenticated for anything but the account's own credentials. */
export type Authenticate = (authorization: string | undefined) => void;

/** HTTP Basic with account sid and auth token, compared in constant time. */
export function authenticator(account: ApiOptions['account']): Authenticate {
  const expected = digest(`${account.sid}:${account.authToken}`);
  return (authorization) => {
    const [, credentials] = /^basic +([\w+/=-]+) *$/i.exec(authorization ?? '') ?? [];
    // An empty guess is compared as well, so that a malformed header takes no other path than a wrong one.
    const given = digest(Buffer.from(credentials ?? '', 'base64').toString());
    if (!timingSafeEqual(given, expected)) throw new Unauthenticated();
  };
}

/** Of equal length whatever the credentials', as the comparison needs it. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
