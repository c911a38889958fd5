import type { UnreadableStatus } from '../../system/connection-guard';
import {
  NotBuilt,
  OfferNotRecorded,
  PreconditionFailed,
  ReservationRescinded,
  ResourceNotFound,
  TaskRouterError,
} from '../model/errors';
import { StoreFailed } from '../store/store';
import type { ApiLog } from './options';
import {
  AccessTokenRefused,
  Forbidden,
  MethodNotAllowed,
  RateLimited,
  Stopping,
  Unauthenticated,
} from './request-errors';

/** Twilio's error body: https://www.twilio.com/docs/usage/twilios-response */
interface ErrorBody {
  readonly code: number;
  readonly message: string;
  readonly more_info: string;
  readonly status: number;
}

/**
 * The HTTP status by error class; the default is 400. For a rescinded reservation, only "410 series" is documented; 410
 * with code 20001 is our choice.
 */
const statuses: readonly (readonly [new (...details: never[]) => Error, number])[] = [
  [ResourceNotFound, 404],
  [OfferNotRecorded, 404],
  [PreconditionFailed, 412],
  [ReservationRescinded, 410],
  [NotBuilt, 501],
  [Unauthenticated, 401],
  [AccessTokenRefused, 401],
  [Forbidden, 403],
  [MethodNotAllowed, 405],
  [RateLimited, 429],
  [Stopping, 503],
];

/**
 * The response body for an error. Only this file knows HTTP statuses and the form of the body. Internal errors are logged,
 * and their details are not sent to the client.
 */
export function errorBody(error: unknown, log: ApiLog): ErrorBody {
  if (error instanceof TaskRouterError) return taskRouterErrorBody(error, log);
  if (error instanceof StoreFailed) {
    log.error({ err: error }, 'The store failed; no more requests are accepted');
    return body(503, 20503, 'Service unavailable: the store failed');
  }
  const status = statusOfHttpError(error);
  if (status === 413) return bodyTooLarge;
  if (status !== undefined) return body(status, 20001, String((error as Error).message));
  log.error({ err: error }, 'A request failed because of an internal error');
  return body(500, 20500, 'Internal server error');
}

function taskRouterErrorBody(error: TaskRouterError, log: ApiLog): ErrorBody {
  if (error instanceof NotBuilt) log.warn({}, error.message);
  const [, status] = statuses.find(([kind]) => error instanceof kind) ?? [];
  return body(status ?? 400, error.code, error.message);
}

/** The response to a request that cannot be read as HTTP; error 20001 for each status is our choice. */
export function unreadableBody(status: UnreadableStatus): ErrorBody {
  return body(status, status === 405 ? 20004 : 20001, unreadableMessages[status]);
}

const unreadableMessages: Readonly<Record<UnreadableStatus, string>> = {
  400: 'The request is not valid HTTP',
  405: 'Method not allowed',
  408: 'The request took too long to arrive',
  431: 'The URL and headers of the request are too large',
};

/** The 4xx status of an error of fastify itself, such as a body that is too large or has the wrong length. */
function statusOfHttpError(error: unknown): number | undefined {
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
}

function body(status: number, code: number, message: string): ErrorBody {
  return { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status };
}

/** Source: https://www.twilio.com/docs/api/errors/20413. The limit is our choice: `maxBodyBytes`. */
const bodyTooLarge = body(413, 20413, 'Request Entity Too Large: the body exceeds the limit of the server');
