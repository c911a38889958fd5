import type { CallbackAlert } from '../../webhooks/alerts';
import { type CallbackResponse, type HttpMethod, isRedirect } from '../../webhooks/transport';
import { voiceAlerts } from '../voice-alerts';

/** https://www.twilio.com/docs/api/errors/11215 has no number. Our choice, as in most clients. */
const maxRedirects = 10;

interface Target {
  readonly url: string;
  readonly method: HttpMethod;
}

/** Where a redirect leads, or why it is not followed. */
type Redirect =
  | { readonly target: Target; readonly alert: null }
  | { readonly target: null; readonly alert: CallbackAlert };

/**
 * Null if the response is no redirect.
 * @param from the request
 * @param followed the redirects before this one
 */
export function redirectOf(
  response: CallbackResponse | null,
  from: Target,
  followed: number,
): Redirect | null {
  if (!response || !isRedirect(response)) return null;
  const { status, headers } = response;
  const location = String(headers.location);
  if (!URL.canParse(location, from.url)) return { target: null, alert: voiceAlerts.invalidUrl(location) };
  if (followed === maxRedirects) return { target: null, alert: voiceAlerts.tooManyRedirects(maxRedirects) };
  // Our choice, as in browsers: only 307 and 308 keep the method. The parameters go along.
  const method = status === 307 || status === 308 ? from.method : 'GET';
  return { target: { url: new URL(location, from.url).href, method }, alert: null };
}
