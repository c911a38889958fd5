import { basicAuthorization } from '../common/http-basic';
import { readConfig } from '../system/config';
import { keepCredentials } from '../system/credentials';
import { type RunRecord, readRunRecord } from '../system/run-record';

/**
 * Asks the process that runs on a data directory, under `/_taskrouter/`; null when there is none.
 * @param form sent as a POST; without it the request is a GET
 * @throws Error with the `status` and message of a refusal
 */
export async function requestRunning(
  dataDirectory: string,
  path: string,
  form?: Readonly<Record<string, string>>,
): Promise<unknown> {
  const run = await findRunning(dataDirectory);
  if (!run) return null;
  const { accountSid, authToken } = keepCredentials(dataDirectory, readConfig(process.env));
  const authorization = basicAuthorization(accountSid, authToken);
  const response = await fetch(`${run.taskrouterUrl}/_taskrouter/${path}`, {
    headers: { authorization },
    ...(form && { method: 'POST', body: new URLSearchParams(form) }),
  }).catch(unlessLate);
  if (!response) return null;
  const answer: unknown = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  const { message } = answer as { message?: string };
  throw Object.assign(new Error(message ?? `/_taskrouter/${path} failed`), { status: response.status });
}

/** Milliseconds. Our choice: a health check on this computer. */
const patience = 5000;

/**
 * The run on a data directory; null when there is none. A record may be left over from a crash, and another program may
 * be on its port since: nothing secret is sent before it has said that it is that run.
 */
export async function findRunning(dataDirectory: string): Promise<RunRecord | null> {
  const run = readRunRecord(dataDirectory);
  if (!run) return null;
  try {
    const response = await fetch(`${run.taskrouterUrl}/healthz`, { signal: AbortSignal.timeout(patience) });
    const { instance } = (await response.json()) as { instance?: unknown };
    return instance === run.instance ? run : null;
  } catch {
    return null;
  }
}

/** Only a request that nobody takes means that nothing runs. */
function unlessLate(error: { readonly cause?: { readonly code?: unknown } }): null {
  if (error.cause?.code !== 'UND_ERR_HEADERS_TIMEOUT') return null;
  throw new Error(
    'The local TaskRouter is still at it after five minutes, and goes on. Look again with: taskrouter clock',
  );
}
