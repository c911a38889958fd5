import { commonHeaders } from './post';
import { signatureHeader, signatureOf } from './signature';
import type { CallbackRequest, HttpMethod, UrlRole } from './transport';
import { wireUrl } from './wire-url';

interface VoiceRequest {
  /** As configured, with its fragment. */
  readonly url: string;
  readonly method: HttpMethod;
  readonly role: UrlRole;
  readonly parameters: Readonly<Record<string, string>>;
  /** What all attempts of one request have in common. */
  readonly subject: string;
}

/**
 * A request about a phone call. A GET has its parameters in the URL, which is all that is signed then.
 * Source: https://www.twilio.com/docs/usage/webhooks/webhooks-security
 */
export function signedVoiceRequest(
  { url: configured, method, role, parameters, subject }: VoiceRequest,
  authToken: string,
): CallbackRequest {
  const withParameters = method === 'GET' ? withQuery(configured, parameters) : configured;
  const wire = wireUrl(withParameters);
  const url = wire?.href ?? withParameters;
  const headers = {
    ...(method === 'POST' && { 'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8' }),
    ...commonHeaders(`${subject}/${role}`),
    [signatureHeader]: signatureOf(authToken, url, method === 'GET' ? {} : parameters),
    ...(wire?.authorization ? { Authorization: wire.authorization } : {}),
  };
  return { kind: 'voice', role, method, url, headers, parameters };
}

function withQuery(url: string, parameters: Readonly<Record<string, string>>): string {
  const [, base = '', fragment = ''] = /^([^#]*)(#.*)?$/s.exec(url) ?? [];
  const query = new URLSearchParams(parameters).toString();
  return query ? `${base}${base.includes('?') ? '&' : '?'}${query}${fragment}` : url;
}
