import { ResourceNotFound, TaskRouterError } from '../model/errors';

/** What can be wrong with a request before TaskRouter itself comes into it. */

/** No credentials, or not those of this account. */
export class Unauthenticated extends TaskRouterError {
  readonly code = 20003;
  constructor() {
    super('Authenticate');
  }
}

/** Asked under a name that is not ours, or by a page of another origin. 20403 is Twilio's code for "forbidden". */
export class Forbidden extends TaskRouterError {
  readonly code = 20403;
}

export class MethodNotAllowed extends TaskRouterError {
  readonly code = 20004;
  constructor(readonly allowed: readonly string[]) {
    super('Method not allowed');
  }
}

/** A page above the first can only be reached through its token: https://www.twilio.com/docs/api/errors/40153 */
export class AbsolutePagingNotSupported extends TaskRouterError {
  readonly code = 40153;
  constructor() {
    super('Absolute paging is not supported: follow next_page_url, which carries a PageToken');
  }
}

/** More requests a second than are documented to be answered: https://www.twilio.com/docs/api/errors/20429 */
export class RateLimited extends TaskRouterError {
  readonly code = 20429;
  constructor(readonly headers: Readonly<Record<string, string>>) {
    super('Too Many Requests');
  }
}

/** What was asked for was under way when the service stopped. */
export class Stopping extends TaskRouterError {
  readonly code = 20503;
  constructor() {
    super('The service is stopping: ask again once it runs');
  }
}

/** The known text names the path as it was asked for, without the version. */
export function notFound(path: string): ResourceNotFound {
  return new ResourceNotFound(path.replace(/\?.*/s, '').replace(/^\/v1(?=\/)/, ''));
}
