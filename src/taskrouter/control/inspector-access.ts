import type { FastifyRequest } from 'fastify';
import { isOwnRequest } from '../../system/own-connection';
import type { ApiOptions } from '../http/options';
import { Unauthenticated } from '../http/request-errors';

/**
 * Whether a request without credentials is allowed, so that people need no password on their own computer. It must be one
 * of this user's own requests, and be
 *
 * - for a file of the page, or
 * - for `/_taskrouter/`, from the inspector's own page. Browsers state this in a header that pages cannot set:
 *   https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header
 *
 * The REST API always requires credentials.
 */
export async function isAllowedWithoutCredentials(
  request: FastifyRequest,
  { localSignIn }: ApiOptions,
): Promise<boolean> {
  if (!localSignIn || !isOfInspector(request)) return false;
  const isFromPage = request.headers['sec-fetch-site'] === 'same-origin';
  return (request.routeOptions.config.page || isFromPage) && isOwnRequest(request.raw, localSignIn);
}

/** The error for a request that is not allowed. The REST API keeps Twilio's message. */
export function unauthenticated(request: FastifyRequest): Unauthenticated {
  return new Unauthenticated(isOfInspector(request) ? remedy : undefined);
}

const remedy =
  'sign in with the account SID as the username and the auth token as the password; "npx taskrouter env" prints both';

function isOfInspector({ routeOptions: { url = '', config } }: FastifyRequest): boolean {
  return config.page === true || url.startsWith('/_taskrouter/');
}
