import { ResourceNotFound, TaskRouterError } from '../model/errors';

/** Errors of a request that have nothing to do with TaskRouter's rules. */

/** The credentials are missing or wrong. */
export class Unauthenticated extends TaskRouterError {
  readonly code = 20003;
  /** @param remedy what to do, where Twilio's message need not be kept word for word */
  constructor(remedy?: string) {
    super(remedy === undefined ? 'Authenticate' : `Authenticate: ${remedy}`);
  }
}

/** Why an Access Token is refused, with Twilio's code and message: https://www.twilio.com/docs/api/errors/20101 */
const tokenFaults = {
  malformed: [20101, 'Invalid Access Token'],
  header: [20102, 'Invalid Access Token header: alg must be HS256'],
  issuer: [
    20103,
    'Invalid Access Token issuer/subject: they must be the API key and the account of this service',
  ],
  expiration: [20104, 'Access Token expired or expiration date invalid'],
  early: [20105, 'Access Token not yet valid'],
  grants: [
    20106,
    'Invalid Access Token grants: task_router needs workspace_sid, worker_sid, and the role worker, supervisor, or admin (which needs no worker_sid)',
  ],
  signature: [20107, 'Invalid Access Token signature'],
  lifetime: [20157, 'Expiration Time in the Access Token exceeds maximum time allowed: 24 hours'],
  unknown: [20106, 'Invalid Access Token grants: there is no such Workspace, or no such Worker in it'],
} as const;

/** The token of the worker SDK is not valid. */
export class AccessTokenRefused extends TaskRouterError {
  readonly code: number;
  constructor(fault: keyof typeof tokenFaults) {
    const [code, message] = tokenFaults[fault];
    super(message);
    this.code = code;
  }
}

/** The Host header is unknown, or the request comes from a page of another origin. 20403 is Twilio's "forbidden". */
export class Forbidden extends TaskRouterError {
  readonly code = 20403;
}

export class MethodNotAllowed extends TaskRouterError {
  readonly code = 20004;
  constructor(readonly allowed: readonly string[]) {
    super('Method not allowed');
  }
}

/** Pages after the first need a PageToken: https://www.twilio.com/docs/api/errors/40153 */
export class AbsolutePagingNotSupported extends TaskRouterError {
  readonly code = 40153;
  constructor() {
    super('Absolute paging is not supported: follow next_page_url, which carries a PageToken');
  }
}

/** More requests per second than the documented limit: https://www.twilio.com/docs/api/errors/20429 */
export class RateLimited extends TaskRouterError {
  readonly code = 20429;
  constructor(readonly headers: Readonly<Record<string, string>>) {
    super('Too Many Requests');
  }
}

/** The service stopped while the request was in progress. */
export class Stopping extends TaskRouterError {
  readonly code = 20503;
  constructor() {
    super('The service is stopping: retry when it runs again');
  }
}

/** Twilio's message contains the requested path without the version. */
export function notFound(path: string): ResourceNotFound {
  return new ResourceNotFound(path.replace(/\?.*/s, '').replace(/^\/v1(?=\/)/, ''));
}
