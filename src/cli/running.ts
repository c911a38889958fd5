import { basicAuthorization } from '../common/http-basic';
import { ConfigurationError, readConfig } from '../system/config';
import { keepCredentials } from '../system/credentials';
import { type RunRecord, readRunRecord } from '../system/run-record';
import type { Terminal } from './terminal';

/**
 * Sends a request to the process that runs on a data directory, under `/_taskrouter/`.
 * @param form sent with POST; without it the request is a GET
 * @returns the response, parsed; null when nothing runs there
 * @throws Error with the `status` and message of an error response
 */
export async function requestRunning(
  terminal: Terminal,
  dataDirectory: string,
  path: string,
  form?: Readonly<Record<string, string>> | URLSearchParams,
): Promise<unknown> {
  const post = form && { method: 'POST', body: new URLSearchParams(form) };
  const response = await fetchRunning(terminal, dataDirectory, path, post);
  return response && jsonOf(response);
}

/**
 * The same with any body.
 * @param request of `fetch`; default: a GET
 * @returns the response, which is not an error; null when nothing runs there
 */
export async function fetchRunning(
  { environment }: Terminal,
  dataDirectory: string,
  path: string,
  request: RequestInit = {},
): Promise<Response | null> {
  const run = await findRunning(dataDirectory);
  if (!run) return null;
  const { accountSid, authToken } = keepCredentials(dataDirectory, readConfig(environment));
  const response = await fetch(`${run.taskrouterUrl}/_taskrouter/${path}`, {
    ...request,
    headers: { ...request.headers, authorization: basicAuthorization(accountSid, authToken) },
  }).catch(nullUnlessTimedOut);
  if (!response || response.ok) return response;
  const { message } = (await jsonOf(response)) as { message?: string };
  throw Object.assign(new Error(message ?? `/_taskrouter/${path} failed`), { status: response.status });
}

const jsonOf = (response: Response): Promise<unknown> => response.json().catch(() => ({}));

/** Nothing runs on the data directory that a command needs. @param start how to start it @param more what else to know */
export function notRunning(
  data: string,
  start = 'Start it (npx taskrouter start)',
  more = '',
): ConfigurationError {
  return new ConfigurationError([
    `No TaskRouter is running on ${data}. ${start}, or choose its directory with --data DIR.${more && ` ${more}`}`,
  ]);
}

/** Our choice: a health check on this computer. */
const healthTimeoutMs = 5000;

/**
 * The run on a data directory; null when there is none. After a crash the record stays, and another program may have
 * taken its port, so the other side must prove that it is this run before it gets any secret.
 */
export async function findRunning(dataDirectory: string): Promise<RunRecord | null> {
  const run = readRunRecord(dataDirectory);
  if (!run) return null;
  try {
    const response = await fetch(`${run.taskrouterUrl}/healthz`, {
      signal: AbortSignal.timeout(healthTimeoutMs),
    });
    const { instance } = (await response.json()) as { instance?: unknown };
    return instance === run.instance ? run : null;
  } catch {
    return null;
  }
}

/** Nothing runs only if the connection fails. @throws Error when the response is late */
function nullUnlessTimedOut(error: { readonly cause?: { readonly code?: unknown } }): null {
  if (error.cause?.code !== 'UND_ERR_HEADERS_TIMEOUT') return null;
  throw new Error(
    'The local TaskRouter has not finished after five minutes, and continues. Check with: taskrouter clock',
  );
}
