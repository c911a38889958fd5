import { maskHeaders, maskParameters, maskSecretParameters, maskUrl, maskUrls, withoutSecrets } from './mask';
import type { RequestEntry } from './request-log';

type Json = Readonly<Record<string, unknown>>;

/**
 * A request as `/_taskrouter/requests` shows it, with nothing secret in it.
 * @param secrets texts that appear nowhere, such as the auth token
 */
export function requestEntryToJson(entry: RequestEntry, secrets: readonly string[]) {
  const [path = '', query = ''] = entry.url.split(/\?(.*)/s);
  const answer = entry.answer as Json | null;
  return withoutSecrets(
    {
      id: entry.id,
      at: new Date(entry.at).toISOString(),
      duration_ms: Math.round(entry.durationMilliseconds * 10) / 10,
      method: entry.method,
      operation: entry.operation,
      path,
      url: maskUrl(entry.url),
      headers: maskHeaders(texts(entry.headers)),
      parameters: [...pairs(query), ...formOf(entry)],
      body: isForm(entry) ? null : entry.body,
      status: entry.status,
      error_code: entry.status >= 400 ? (answer?.code ?? null) : null,
      answer: maskUrls(answer ?? null),
      ...subjectsOf(entry),
      alert_id: entry.alertId,
    },
    secrets,
  );
}

/** What the request is about: named in its path, or in the answer of what it made. */
export function subjectsOf({ path, answer }: RequestEntry) {
  const named = (answer ?? {}) as Json;
  const subject = (table: string, name: string, prefix: string) => {
    const own = String(named.sid ?? '').startsWith(prefix) ? named.sid : null;
    return (path[table] ?? named[name] ?? own ?? null) as string | null;
  };
  return {
    workspace_sid: subject('workspaces', 'workspace_sid', 'WS'),
    task_sid: subject('tasks', 'task_sid', 'WT'),
    worker_sid: subject('workers', 'worker_sid', 'WK'),
    reservation_sid: subject('reservations', 'reservation_sid', 'WR'),
  };
}

const isForm = ({ headers }: RequestEntry) =>
  /^application\/x-www-form-urlencoded/i.test(String(headers['content-type'] ?? ''));

const formOf = (entry: RequestEntry) => (isForm(entry) ? pairs(entry.body ?? '') : []);

/** Names and values in the order they were sent, URLs and passwords masked. */
function pairs(form: string): [name: string, value: unknown][] {
  return [...new URLSearchParams(form)].flatMap(([name, value]) =>
    Object.entries(maskSecretParameters(maskParameters({ [name]: value }))),
  );
}

function texts(headers: RequestEntry['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]),
  );
}
