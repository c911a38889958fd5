import { shellQuote } from '../../../assets/design/shell-quote';
import type { Attempt, RequestEntry } from './entries';

/** The way to ask TaskRouter the same again; whoever pastes it has the credentials in variables. */
export function requestAsCurl({ method, path, url, parameters, body, headers }: RequestEntry): string {
  const query = url.slice(path.length);
  // Variables are filled in by the shell, so that these stand in double quotes.
  const address = `"$TASKROUTER_BASE_URL${`${path}${query}`.replace(/["\\$`]/g, '\\$&')}"`;
  const form = method === 'GET' || body !== null ? [] : formOf(parameters, query);
  return [
    `curl -X ${method} ${address}`,
    ...(headers['if-match'] ? [`-H ${shellQuote(`If-Match: ${headers['if-match']}`)}`] : []),
    ...form,
    ...(body === null
      ? []
      : [`-H ${shellQuote('Content-Type: application/json')}`, `--data ${shellQuote(body)}`]),
    '-u "$TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN"',
  ].join(' \\\n  ');
}

/** The signed request of a callback, as it was sent. */
export function callbackAsCurl({ url, request }: Attempt): string {
  const kept = ['content-type', 'x-twilio-signature', 'i-twilio-idempotency-token', 'user-agent'];
  const headers = Object.entries(request.headers).filter(([name]) => kept.includes(name.toLowerCase()));
  return [
    `curl -X POST ${shellQuote(url)}`,
    ...headers.map(([name, value]) => `-H ${shellQuote(`${name}: ${value}`)}`),
    ...formOf(Object.entries(request.parameters), ''),
  ].join(' \\\n  ');
}

/** What stands in the query is in the address already. */
function formOf(parameters: readonly (readonly [string, string])[], query: string): string[] {
  const inQuery = [...new URLSearchParams(query)].length;
  return parameters
    .slice(inQuery)
    .map(([name, value]) => `--data-urlencode ${shellQuote(`${name}=${value}`)}`);
}
