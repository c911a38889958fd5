// The package's main entry would load the whole SDK; this part checks signatures.
import { validateRequest, validateRequestWithBody } from 'twilio/lib/webhooks/webhooks';
import { isForwarded } from '../../common/own-address';
import type { FunctionsHostOptions } from '../shared/options';
import type { HostResponse } from '../shared/responses';
import type { RoutedRequest } from './routed-request';

/**
 * Checks what the platform checks on `.protected` files
 * (https://www.twilio.com/docs/usage/webhooks/webhooks-security), with Twilio's own functions. Twilio's pages
 * disagree on 400 or 403 for an unsigned request; our choice is 403, for a missing and for a wrong signature.
 */
export function rejectUnsigned(
  routed: RoutedRequest,
  { authToken, publicUrl }: Pick<FunctionsHostOptions, 'authToken' | 'publicUrl'>,
): HostResponse | undefined {
  const { request, route } = routed;
  if (route.access !== 'protected') return undefined;
  const signature = request.headers['x-twilio-signature'];
  if (typeof signature !== 'string' || signature === '') {
    return forbidden('signature_missing', `${route.path} is for Twilio: X-Twilio-Signature is missing.`);
  }
  if (routed.origins.some((origin) => isSigned(routed, origin, signature, authToken))) return undefined;
  const hint =
    publicUrl === undefined && isForwarded(request.headers)
      ? ' The request came through a tunnel: start the server with --public-url and the URL that Twilio calls.'
      : '';
  return forbidden(
    'signature_invalid',
    `X-Twilio-Signature does not match ${checkedUrls(routed)}: another auth token, URL or body was signed.${hint}`,
  );
}

/** Without the query, which holds personal data. */
function checkedUrls({ request, origins }: RoutedRequest): string {
  const url = (request.url ?? '').replace(/\?.*$/s, '?…');
  return origins.map((origin) => `${origin}${url}`).join(' or ');
}

function isSigned(
  { request, body }: RoutedRequest,
  origin: string,
  signature: string,
  authToken: string,
): boolean {
  const url = `${origin}${request.url}`;
  // A JSON body is signed by its hash in the URL; without the hash, the signature does not cover the body.
  if (body.format === 'json')
    return validateRequestWithBody(authToken, signature, url, body.bytes.toString());
  return validateRequest(authToken, signature, url, body.format === 'form' ? body.parameters : {});
}

function forbidden(code: string, message: string): HostResponse {
  return { status: 403, code, message };
}
