import { createHash, timingSafeEqual } from 'node:crypto';
import { LifecycleError } from '../steps/errors';
import { header, type RequestHeaders, signInRequired } from './request-headers';
import type { FunctionContext } from './runtime';

/** Who may call the public Functions: one pair, by HTTP Basic (RFC 7617). */
interface Credentials {
  readonly username: string;
  readonly password: string;
}

/**
 * Unconfigured means closed. There is no other way in.
 * @throws {LifecycleError} `operator_not_configured` or `sign_in_required`.
 */
export function requireOperator(context: FunctionContext, headers: RequestHeaders): void {
  const operator = configuredOperator(context);
  const given = basicCredentials(header(headers, 'authorization'));
  // Both are always compared, so that the time taken tells nothing about either.
  const isUsername = sameText(given?.username ?? '', operator.username);
  const isPassword = sameText(given?.password ?? '', operator.password);
  if (given === undefined || !isUsername || !isPassword) throw signInRequired();
}

function configuredOperator({ OPERATOR_USERNAME: username, OPERATOR_PASSWORD: password }: FunctionContext) {
  if (typeof username === 'string' && username && typeof password === 'string' && password) {
    return { username, password };
  }
  throw new LifecycleError(
    'operator_not_configured',
    'No operator is configured, so nobody is let in: set OPERATOR_USERNAME and OPERATOR_PASSWORD.',
  );
}

function basicCredentials(authorization: string | undefined): Credentials | undefined {
  const token = /^basic +([\w+/=-]+) *$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) return undefined;
  const text = Buffer.from(token, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 0) return undefined;
  return { username: text.slice(0, colon), password: text.slice(colon + 1) };
}

/** Digests have one length, which timingSafeEqual needs, and hide the length of the texts. */
function sameText(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text, 'utf8').digest();
  return timingSafeEqual(digest(one), digest(other));
}
