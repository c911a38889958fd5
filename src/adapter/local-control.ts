import { basicAuthorization } from '../common/http-basic';
import type { Environment } from './environment';

interface ControlRequest {
  /** Its name below `/_taskrouter/`. */
  readonly resource: 'alerts' | 'explain';
  readonly query: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}

interface ControlResponse {
  readonly status: number;
  readonly body: unknown;
}

/** @throws what fetch() throws, and SyntaxError if the body is not JSON */
type ReadControl = (request: ControlRequest) => Promise<ControlResponse>;

/** Reads from the control API of the local TaskRouter; null for Twilio's own, which has none. */
export function localControl({ baseUrl, accountSid, authToken }: Environment): ReadControl | null {
  if (!baseUrl) return null;
  const authorization = basicAuthorization(accountSid, authToken);
  return async ({ resource, query, timeoutMs }) => {
    const url = new URL(`/_taskrouter/${resource}?${new URLSearchParams(query)}`, baseUrl);
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await fetch(url, { headers: { authorization }, signal });
    return { status: response.status, body: await response.json() };
  };
}
