import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HostResponse } from '../shared/responses';
import type { Route } from '../shared/routes';

/** https://www.twilio.com/docs/serverless/functions-assets/functions/request-flow; browsers also send HEAD for assets. */
const methods = { function: ['GET', 'POST', 'OPTIONS'], asset: ['GET', 'HEAD', 'POST', 'OPTIONS'] } as const;

export function rejectMethod(
  { method = '' }: IncomingMessage,
  { type, path }: Route,
): HostResponse | undefined {
  const allowed: readonly string[] = methods[type];
  if (allowed.includes(method)) return undefined;
  return {
    status: 405,
    code: 'method_not_allowed',
    message: `${path} accepts ${allowed.join(', ')}.`,
    headers: { Allow: allowed.join(', ') },
  };
}

/**
 * The platform itself responds to OPTIONS, for every Function and asset
 * (https://www.twilio.com/docs/serverless/functions-assets/functions/headers-and-cookies/cors).
 */
export function sendOptions(response: ServerResponse, { type }: Route): void {
  response.writeHead(204, {
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Headers': '*',
    'Access-Control-Allow-Methods': methods[type].join(', '),
  });
  response.end();
}
