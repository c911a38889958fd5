import { createHmac, timingSafeEqual } from 'node:crypto';
import type { ApiKey } from '../../system/credentials';
import { isSid, sidPrefix } from '../model/sids';
import { AccessTokenRefused } from './request-errors';

/** What the owner of a token may do: https://www.twilio.com/docs/iam/access-tokens and the grants of the worker SDK. */
export type Role = (typeof roles)[number];
export const roles = ['worker', 'supervisor', 'admin'] as const;

export interface Grant {
  readonly workspaceSid: string;
  /** Null only for an admin. */
  readonly workerSid: string | null;
  readonly role: Role;
}

export interface AccessToken extends Grant {
  /** Unix seconds, as in the token. */
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly notBefore: number;
}

/** The account and the API key that sign tokens. */
export interface Signer {
  readonly accountSid: string;
  readonly apiKey: ApiKey;
}

/** Twilio's maximum: https://www.twilio.com/docs/api/errors/20157 */
export const maxTokenSeconds = 86_400;

interface TokenLifetime {
  /** Unix milliseconds. */
  readonly now: number;
  readonly ttlSeconds: number;
}

/**
 * Signs an Access Token with the claims of `AccessToken` and `TaskRouterGrant` of the `twilio` package. That package cannot
 * sign for the time of a virtual clock, and its JSON Web Token library takes 55 ms to load.
 */
export function signAccessToken(
  { accountSid, apiKey }: Signer,
  grant: Grant & { readonly identity: string },
  { now, ttlSeconds }: TokenLifetime,
): string {
  const iat = Math.floor(now / 1000);
  const payload = {
    jti: `${apiKey.sid}-${iat}`,
    grants: {
      identity: grant.identity,
      task_router: {
        workspace_sid: grant.workspaceSid,
        ...(grant.workerSid !== null && { worker_sid: grant.workerSid }),
        role: grant.role,
      },
    },
    iat,
    exp: iat + ttlSeconds,
    iss: apiKey.sid,
    sub: accountSid,
  };
  const signed = `${encode({ cty: 'twilio-fpa;v=1', typ: 'JWT', alg: 'HS256' })}.${encode(payload)}`;
  return `${signed}.${signatureOf(signed, apiKey.secret).toString('base64url')}`;
}

/**
 * Reads a token that the account's API key has signed. Whether it is valid now is for the caller, who knows the time.
 * @throws AccessTokenRefused
 */
export function readAccessToken(text: string, signer: Signer): AccessToken {
  const [header = '', payload = '', signature = '', ...rest] = text.split('.');
  if (signature === '' || rest.length > 0) throw new AccessTokenRefused('malformed');
  if (decode(header).alg !== 'HS256') throw new AccessTokenRefused('header');
  const given = Buffer.from(signature, 'base64url');
  const expected = signatureOf(`${header}.${payload}`, signer.apiKey.secret);
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    throw new AccessTokenRefused('signature');
  const claims = decode(payload);
  if (claims.iss !== signer.apiKey.sid || claims.sub !== signer.accountSid)
    throw new AccessTokenRefused('issuer');
  return { ...readGrant(claims.grants), ...readTimes(claims) };
}

function readTimes({ iat, exp, nbf }: Readonly<Record<string, unknown>>) {
  if (typeof exp !== 'number') throw new AccessTokenRefused('expiration');
  const issuedAt = typeof iat === 'number' ? iat : exp;
  if (exp - issuedAt > maxTokenSeconds) throw new AccessTokenRefused('lifetime');
  return { issuedAt, expiresAt: exp, notBefore: typeof nbf === 'number' ? nbf : 0 };
}

function readGrant(grants: unknown): Grant {
  const grant = asObject(asObject(grants).task_router);
  const { workspace_sid: workspaceSid, worker_sid: workerSid = null } = grant;
  const role = roles.find((each) => each === (grant.role ?? 'worker'));
  const hasWorker = isSid(sidPrefix.worker, workerSid);
  if (!role || !isSid(sidPrefix.workspace, workspaceSid) || !(hasWorker || (role === 'admin' && !workerSid)))
    throw new AccessTokenRefused('grants');
  return { workspaceSid, workerSid: hasWorker ? workerSid : null, role };
}

const asObject = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** @throws AccessTokenRefused */
function decode(part: string): Readonly<Record<string, unknown>> {
  try {
    return asObject(JSON.parse(Buffer.from(part, 'base64url').toString()));
  } catch {
    throw new AccessTokenRefused('malformed');
  }
}

const signatureOf = (text: string, secret: string): Buffer =>
  createHmac('sha256', secret).update(text).digest();
