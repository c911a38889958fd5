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
  const claims = token.split('.')[1] ?? '';
  const { exp, iat } = JSON.parse(atob(claims.replaceAll('-', '+').replaceAll('_', '/')));
  return (exp - iat) * 1000 * renewalShare;
}
