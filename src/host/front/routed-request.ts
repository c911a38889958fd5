import type { IncomingMessage } from 'node:http';
import type { Route } from '../shared/routes';
import type { RequestBody } from './request-body';

/** A request to one of the host's own addresses. */
export interface AddressedRequest {
  readonly request: IncomingMessage;
  /** How the client may have addressed the host, the most likely first, such as `http://127.0.0.1:3000`. */
  readonly origins: readonly string[];
}

/** A request whose body has been read, with the Function or asset it is for. */
export interface RoutedRequest extends AddressedRequest {
  readonly body: RequestBody;
  readonly route: Route;
}
