import { readConfig } from '../system/config';
import { keepCredentials } from '../system/credentials';
import { readRunRecord } from '../system/run-record';

/**
 * Asks the process that runs on a data directory, under `/_taskrouter/`; null when there is none.
 * @param form sent as a POST; without it the request is a GET
 * @throws Error with the `status` and message of a refusal
 */
export async function askRunning(
  dataDirectory: string,
  path: string,
  form?: Readonly<Record<string, string>>,
): Promise<unknown> {
  const run = readRunRecord(dataDirectory);
  if (!run) return null;
  const { accountSid, authToken } = keepCredentials(dataDirectory, readConfig(process.env));
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
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

/** Only a request that nobody takes means that nothing runs. */
function unlessLate(error: { readonly cause?: { readonly code?: unknown } }): null {
  if (error.cause?.code !== 'UND_ERR_HEADERS_TIMEOUT') return null;
  throw new Error(
    'The local TaskRouter is still at it after five minutes, and goes on. Look again with: taskrouter clock',
  );
}
