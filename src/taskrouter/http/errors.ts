import {
  NotBuilt,
  PreconditionFailed,
  ReservationRescinded,
  ResourceNotFound,
  TaskRouterError,
} from '../model/errors';
import { StoreFailed } from '../store/store';
import type { ApiLog } from './options';
import { Forbidden, MethodNotAllowed, RateLimited, Stopping, Unauthenticated } from './request-errors';

/** Twilio's error body: https://www.twilio.com/docs/usage/twilios-response */
export interface ErrorBody {
  readonly code: number;
  readonly message: string;
  readonly more_info: string;
  readonly status: number;
}

/**
 * HTTP status by what went wrong; every other TaskRouterError is the client's: 400. Of a rescinded reservation only "410
 * series" is documented; 410 with 20001 is our choice.
 */
const statuses: readonly (readonly [new (...details: never[]) => Error, number])[] = [
  [ResourceNotFound, 404],
  [PreconditionFailed, 412],
  [ReservationRescinded, 410],
  [NotBuilt, 501],
  [Unauthenticated, 401],
  [Forbidden, 403],
  [MethodNotAllowed, 405],
  [RateLimited, 429],
  [Stopping, 503],
];

/**
 * What a client is told of an error. The only place that knows HTTP statuses and the error body. What is not the
 * client's doing is logged and not shown.
 */
export function errorBody(error: unknown, log: ApiLog): ErrorBody {
  if (error instanceof TaskRouterError) return refusalBody(error, log);
  if (error instanceof StoreFailed) {
    log.error({ err: error }, 'The store failed; nothing more is acknowledged');
    return body(503, 20503, 'Service unavailable: the store failed');
  }
  const status = statusOfHttpError(error);
  // Twilio documents no 413: what is too large is a parameter out of its range, as everywhere.
  if (status !== undefined && error instanceof Error)
    return body(status === 413 ? 400 : status, 20001, error.message);
  log.error({ err: error }, 'A request failed for a reason that is ours');
  return body(500, 20500, 'Internal server error');
}

function refusalBody(error: TaskRouterError, log: ApiLog): ErrorBody {
  if (error instanceof NotBuilt) log.warn({}, error.message);
  const [, status] = statuses.find(([kind]) => error instanceof kind) ?? [];
  return body(status ?? 400, error.code, error.message);
}

/** What fastify itself refuses (a body too large, a length that is wrong) says so with a status below 500. */
function statusOfHttpError(error: unknown): number | undefined {
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
}

function body(status: number, code: number, message: string): ErrorBody {
  return { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status };
}
