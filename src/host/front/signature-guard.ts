// The package's main entry would load the whole SDK; this part checks signatures.
import { validateRequest, validateRequestWithBody } from 'twilio/lib/webhooks/webhooks';
import type { HostResponse } from '../shared/responses';
import type { RoutedRequest } from './routed-request';

/**
 * Checks what the platform checks on `.protected` files
 * (https://www.twilio.com/docs/usage/webhooks/webhooks-security), with Twilio's own functions. Twilio's pages
 * disagree on 400 or 403 for an unsigned request; our choice is 403, for a missing and for a wrong signature.
 */
export function rejectUnsigned(routed: RoutedRequest, authToken: string): HostResponse | undefined {
  const { request, route } = routed;
  if (route.access !== 'protected') return undefined;
  const signature = request.headers['x-twilio-signature'];
  if (typeof signature !== 'string' || signature === '') {
    return forbidden('signature_missing', `${route.path} is for Twilio: X-Twilio-Signature is missing.`);
  }
  if (isSigned(routed, signature, authToken)) return undefined;
  return forbidden(
    'signature_invalid',
    `X-Twilio-Signature does not match ${route.path}: another auth token, URL or body was signed.`,
  );
}

function isSigned({ request, body, origin }: RoutedRequest, signature: string, authToken: string): boolean {
  const url = `${origin}${request.url}`;
  // A JSON body is signed by its hash in the URL; without the hash, the signature does not cover the body.
  if (body.format === 'json')
    return validateRequestWithBody(authToken, signature, url, body.bytes.toString());
  return validateRequest(authToken, signature, url, body.format === 'form' ? body.parameters : {});
}

function forbidden(code: string, message: string): HostResponse {
  return { status: 403, code, message };
}
