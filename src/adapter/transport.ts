import type { RequestClient } from 'twilio';
import { LifecycleError } from '../steps/errors';
import { isPage, isResource } from './resource-shape';

type Request = Parameters<RequestClient['request']>[0];
type Response = Awaited<ReturnType<RequestClient['request']>>;

/** Node's codes for failures before anything is sent. */
const neverSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/**
 * Makes the client's HTTP transport throw a LifecycleError for failures that no step can handle. Only the transport sees
 * the response headers (the client's exceptions have none) and whether the request was a change. Other 4xx responses
 * go to the client, which throws its own exception.
 */
export function watchTransport(transport: RequestClient): RequestClient {
  const send = transport.request.bind(transport);
  const watched = async (options: Request) => {
    const isChange = options.method.toLowerCase() !== 'get';
    const response = await send(options).catch((error: unknown) => {
      throw requestFailed(error, isChange);
    });
    return requireUsable(response, options);
  };
  transport.request = watched as RequestClient['request'];
  return transport;
}

function requestFailed(error: unknown, isChange: boolean): LifecycleError {
  if (neverSent.has(String((error as { code?: unknown }).code))) return unreachable();
  return isChange ? outcomeUnknown() : timedOut();
}

/** The error for a request that was never sent. */
export function unreachable(): LifecycleError {
  return new LifecycleError(
    'taskrouter_unreachable',
    'TaskRouter cannot be reached, and nothing was changed. Check that it is running, then try again.',
  );
}

/** The error for a change whose response was lost. */
export function outcomeUnknown(): LifecycleError {
  return new LifecycleError(
    'outcome_unknown',
    'The response from TaskRouter was lost, so the change may have been made. Check /lifecycle before you try again.',
  );
}

/** The error for a read whose response was lost. */
export function timedOut(): LifecycleError {
  return new LifecycleError(
    'taskrouter_timeout',
    'TaskRouter did not respond, and nothing was changed. Try again.',
  );
}

/** A list is read at the path of its collection; everything else responds with one resource. */
function isPageRequest({ method, uri }: Request): boolean {
  return method.toLowerCase() === 'get' && !/\/[A-Z]{2}[0-9a-f]{32}$/i.test(new URL(uri).pathname);
}

function requireUsable(response: Response, request: Request): Response {
  const isChange = request.method.toLowerCase() !== 'get';
  const isExpected = isPageRequest(request) ? isPage : isResource;
  const { statusCode, body } = response;
  if (statusCode === 401) throw invalidCredentials();
  if (statusCode === 429 || statusCode === 503) throw busy(response);
  if (statusCode >= 500) throw failed();
  if (statusCode < 400 && !isExpected(body)) throw isChange ? outcomeUnknown() : failed();
  return response;
}

function invalidCredentials(): LifecycleError {
  return new LifecycleError(
    'configuration',
    'TaskRouter rejected ACCOUNT_SID and AUTH_TOKEN. Set a valid pair.',
    {
      errors: { AUTH_TOKEN: 'is not valid for ACCOUNT_SID' },
    },
  );
}

/** Our choice: one second, if TaskRouter sends no Retry-After. */
function busy({ statusCode, headers }: Response): LifecycleError {
  const given: unknown = (headers as Record<string, unknown> | undefined)?.['retry-after'];
  const retryAfter = typeof given === 'string' && /^[\w ,:-]{1,40}$/.test(given) ? given : '1';
  return statusCode === 429
    ? new LifecycleError('rate_limited', 'TaskRouter received too many requests. Try again later.', {
        retryAfter,
      })
    : new LifecycleError('taskrouter_unavailable', 'TaskRouter is unavailable. Try again later.', {
        retryAfter,
      });
}

/** The error for an unusable response. */
export function failed(): LifecycleError {
  return new LifecycleError('taskrouter_failed', 'TaskRouter failed. Check /lifecycle, then try again.');
}
