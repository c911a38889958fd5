import type { WorkspaceContext } from 'twilio/lib/rest/taskrouter/v1/workspace';
import type { Environment } from './environment';
import { watchTransport } from './transport';

/** How a Function talks to TaskRouter. */
export interface ConnectionOptions {
  /**
   * False for requests that must not be sent twice. They use no kept-alive connection either: if it died while the
   * instance was idle, nothing would tell whether TaskRouter has read the request.
   */
  readonly retries: boolean;
  /** For one request, in ms. */
  readonly timeoutMs?: number;
}

/** Our choice: a Function has 10 s (https://www.twilio.com/docs/serverless/functions-assets/functions/request-flow). */
const requestTimeoutMs = 4000;

/** Kept for the next invocation in the same instance. */
let last: { readonly key: string; readonly workspace: WorkspaceContext } | undefined;

/** The workspace through the Twilio client, which loads on the first use. */
export function connect(environment: Environment, options: ConnectionOptions): WorkspaceContext {
  const key = JSON.stringify([environment, options]);
  if (last?.key !== key) last = { key, workspace: openWorkspace(environment, options) };
  return last.workspace;
}

function openWorkspace(environment: Environment, options: ConnectionOptions): WorkspaceContext {
  const { accountSid, authToken, workspaceSid, baseUrl, region, edge } = environment;
  const twilio: typeof import('twilio') = require('twilio');
  const client = twilio(accountSid, authToken, {
    httpClient: openTransport(twilio, options),
    // An empty text keeps the client from reading the process environment: a local address has no region.
    region: baseUrl ? '' : (region ?? ''),
    edge: baseUrl ? '' : (edge ?? ''),
  });
  if (baseUrl) client.taskrouter.baseUrl = baseUrl;
  return client.taskrouter.v1.workspaces(workspaceSid);
}

/** The client retries only after 429, at most twice within half a second, so that the time limit holds. */
function openTransport(twilio: typeof import('twilio'), { retries, timeoutMs }: ConnectionOptions) {
  const transport = new twilio.RequestClient({
    timeout: timeoutMs ?? requestTimeoutMs,
    keepAlive: retries,
    autoRetry: retries,
    maxRetries: 2,
    maxRetryDelay: 250,
  });
  return watchTransport(transport);
}
