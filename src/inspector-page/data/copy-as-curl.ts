import { shellQuote } from '../../../assets/design/shell-quote';
import type { Attempt, RequestEntry } from './entries';

/** The request as a curl command. It reads the credentials from environment variables. */
export function requestAsCurl({ method, path, url, parameters, body, headers }: RequestEntry): string {
  const query = url.slice(path.length);
  // Double quotes, so that the shell expands the variable.
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

/** The request of a callback. It is signed in the shell: the inspector shows no signatures. */
export function callbackAsCurl({ method, url, request }: Attempt): string {
  const kept = ['content-type', 'i-twilio-idempotency-token', 'user-agent'];
  const headers = Object.entries(request.headers).filter(([name]) => kept.includes(name.toLowerCase()));
  return [
    `curl -X ${method} ${shellQuote(url)}`,
    ...headers.map(([name, value]) => `-H ${shellQuote(`${name}: ${value}`)}`),
    `-H "X-Twilio-Signature: $(printf %s ${shellQuote(request.signed)} | ${sign})"`,
    ...formOf(Object.entries(request.parameters), ''),
  ].join(' \\\n  ');
}

/** https://www.twilio.com/docs/usage/webhooks/webhooks-security */
const sign = 'openssl dgst -sha1 -hmac "$TWILIO_AUTH_TOKEN" -binary | base64';

/** The parameters that are not in the query. */
function formOf(parameters: readonly (readonly [string, string])[], query: string): string[] {
  const inQuery = [...new URLSearchParams(query)].length;
  return parameters
    .slice(inQuery)
    .map(([name, value]) => `--data-urlencode ${shellQuote(`${name}=${value}`)}`);
}
