import type { workerToken } from '../../src/steps/worker-token';
import type { FunctionResponse } from '../lifecycle/function-client';

/** The response of the Function /worker-token. */
export type WorkerToken = Awaited<ReturnType<typeof workerToken>>;

/** The token in a response; undefined if it is an error or has another format. */
export function workerTokenIn({ status, body }: FunctionResponse): WorkerToken | undefined {
  const response = body as Partial<WorkerToken> | null | undefined;
  return status === 200 && typeof response?.token === 'string' ? (response as WorkerToken) : undefined;
}

/** Our choice: 6 minutes before a token of one hour expires. A hidden tab has its timers delayed by up to a minute. */
const renewalShare = 0.9;

/**
 * How long after its issue a token is to be renewed, in ms. From its own two dates, because the clock of this computer
 * may be wrong: https://www.rfc-editor.org/rfc/rfc7519#section-4.1
 * @throws if it is not a token
 */
export function renewAfterMs(token: string): number {
  const { exp, iat } = partOf(token, 1) as { exp: number; iat: number };
  return (exp - iat) * 1000 * renewalShare;
}

/**
 * Where a token is valid, such as `ie1`; undefined for the United States.
 * Source: https://www.twilio.com/docs/iam/access-tokens, `twr` in the header
 * @throws if it is not a token
 */
export function regionOf(token: string): string | undefined {
  return (partOf(token, 0) as { twr?: string }).twr;
}

/** Base64url without padding: https://www.rfc-editor.org/rfc/rfc7515#section-2 */
function partOf(token: string, index: 0 | 1): unknown {
  const text = token.split('.')[index] ?? '';
  return JSON.parse(atob(text.replaceAll('-', '+').replaceAll('_', '/')));
}
