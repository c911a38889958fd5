// The package's main entry loads the whole SDK; this is the part of it that checks signatures.
import { validateRequest, validateRequestWithBody } from 'twilio/lib/webhooks/webhooks';
import type { HostResponse } from '../shared/responses';
import type { FunctionRequest } from './function-request';

/**
 * Checks what the platform checks on `.protected` files
 * (https://www.twilio.com/docs/usage/webhooks/webhooks-security), with Twilio's own functions. Twilio's pages
 * disagree on 400 or 403 for an unsigned request; our choice is 403 for both faults.
 */
export function rejectUnsigned(visit: FunctionRequest, authToken: string): HostResponse | undefined {
  const { request, route } = visit;
  if (route.access !== 'protected') return undefined;
  const signature = request.headers['x-twilio-signature'];
  if (typeof signature !== 'string' || signature === '') {
    return refusal('signature_missing', `${route.path} is called by Twilio: X-Twilio-Signature is missing.`);
  }
  if (isSigned(visit, signature, authToken)) return undefined;
  return refusal(
    'signature_invalid',
    `X-Twilio-Signature does not match ${route.path}: another auth token, URL or body was signed.`,
  );
}

function isSigned({ request, body, origin }: FunctionRequest, signature: string, authToken: string): boolean {
  const url = `${origin}${request.url}`;
  // JSON is signed by its hash in the URL; without that, nothing vouches for the body.
  if (body.format === 'json')
    return validateRequestWithBody(authToken, signature, url, body.bytes.toString());
  return validateRequest(authToken, signature, url, body.format === 'form' ? body.parameters : {});
}

function refusal(code: string, message: string): HostResponse {
  return { status: 403, code, message };
}
