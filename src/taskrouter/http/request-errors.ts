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
