import type { RequestClient } from 'twilio';
import { isObject } from '../steps/attributes';
import { LifecycleError } from '../steps/errors';

type Request = Parameters<RequestClient['request']>[0];
type Response = Awaited<ReturnType<RequestClient['request']>>;

/** Failures that come before anything was sent, by Node's code. */
const neverSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/**
 * The client's own HTTP transport, with the failures that no step can do anything about told apart here, where the
 * headers are still at hand (the client's exceptions have none) and it is known whether the call was to change
 * something. Refusals (4xx) go on to the client, and become its exceptions.
 */
export function watchTransport(transport: RequestClient): RequestClient {
  const send = transport.request.bind(transport);
  const watched = async (options: Request) => {
    const isChange = options.method.toLowerCase() !== 'get';
    const response = await send(options).catch((error: unknown) => {
      throw unanswered(error, isChange);
    });
    return requireUsable(response, isChange);
  };
  transport.request = watched as RequestClient['request'];
  return transport;
}

function unanswered(error: unknown, isChange: boolean): LifecycleError {
  if (neverSent.has(String((error as { code?: unknown }).code))) {
    return new LifecycleError(
      'taskrouter_unreachable',
      'TaskRouter cannot be reached; nothing was changed. Check that it runs, then try again.',
    );
  }
  return isChange ? outcomeUnknown() : timedOut();
}

/** The error for a change whose answer was lost. */
export function outcomeUnknown(): LifecycleError {
  return new LifecycleError(
    'outcome_unknown',
    "TaskRouter's answer was lost, so the change may or may not have been made: look at /lifecycle before trying again.",
  );
}

/** The error for a question whose answer was lost. */
export function timedOut(): LifecycleError {
  return new LifecycleError(
    'taskrouter_timeout',
    'TaskRouter did not answer; nothing was changed. Try again.',
  );
}

function requireUsable(response: Response, isChange: boolean): Response {
  const { statusCode, body } = response;
  if (statusCode === 401) throw credentialsRefused();
  if (statusCode === 429 || statusCode === 503) throw busy(response);
  if (statusCode >= 500) throw failed();
  if (statusCode < 400 && !isObject(body)) throw isChange ? outcomeUnknown() : failed();
  return response;
}

function credentialsRefused(): LifecycleError {
  return new LifecycleError(
    'configuration',
    'TaskRouter refuses ACCOUNT_SID and AUTH_TOKEN: set a valid pair.',
    {
      errors: { AUTH_TOKEN: 'is refused together with ACCOUNT_SID' },
    },
  );
}

/** Our choice: a second, where TaskRouter itself says nothing about when to come back. */
function busy({ statusCode, headers }: Response): LifecycleError {
  const given: unknown = (headers as Record<string, unknown> | undefined)?.['retry-after'];
  const retryAfter = typeof given === 'string' && /^[\w ,:-]{1,40}$/.test(given) ? given : '1';
  return statusCode === 429
    ? new LifecycleError('rate_limited', 'TaskRouter asks for fewer requests: try again later.', {
        retryAfter,
      })
    : new LifecycleError('taskrouter_unavailable', 'TaskRouter is unavailable: try again later.', {
        retryAfter,
      });
}

function failed(): LifecycleError {
  return new LifecycleError(
    'taskrouter_failed',
    'TaskRouter failed to answer properly: look at /lifecycle, then try again.',
  );
}
