import { isLoopbackHost } from '../../src/common/loopback';
import { type FunctionResponse, isClosed } from '../lifecycle/function-client';
import { errorMessage } from '../lifecycle/response-text';

/** How the page is connected to TaskRouter. */
export type AgentConnection =
  | { readonly state: 'connecting' | 'ready' }
  | { readonly state: 'signed-out' }
  /** The Functions have no password and reject every request. */
  | { readonly state: 'closed'; readonly message: string }
  /** The Function has an answer that does not change by itself, such as an unknown worker. */
  | { readonly state: 'refused'; readonly message: string }
  /** Nobody responds, or the connection is interrupted. */
  | { readonly state: 'lost'; readonly message: string };

/** What a Function's error means for the page. */
export function connectionAfter(response: FunctionResponse): AgentConnection {
  const { status } = response;
  if (status === 401) return { state: 'signed-out' };
  const message = errorMessage(response);
  if (isClosed(response)) return { state: 'closed', message };
  return { state: isPermanent(response) ? 'refused' : 'lost', message };
}

/** A missing variable is permanent, too: `configuration` names it. */
function isPermanent({ status, body }: FunctionResponse): boolean {
  const code = (body as { code?: unknown } | null | undefined)?.code;
  return (status >= 400 && status < 429) || code === 'configuration';
}

/**
 * Why a browser on another computer cannot connect: a local TaskRouter listens on the loopback address, and the policy of
 * the page allows no other. Null if it can. Over https, the page may have come through a tunnel to its own computer.
 */
export function outOfReach(eventBridgeUrl: string | null, pageUrl: string): string | null {
  const page = new URL(pageUrl);
  if (!eventBridgeUrl || page.protocol !== 'http:' || isLoopbackHost(page.hostname)) return null;
  return 'A local TaskRouter accepts agents from its own computer only. Open this page there, at 127.0.0.1.';
}
