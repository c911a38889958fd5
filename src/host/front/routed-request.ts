import type { IncomingMessage } from 'node:http';
import type { Route } from '../shared/routes';
import type { RequestBody } from './request-body';

/** A request whose body has been read, with the Function or asset it is for. */
export interface RoutedRequest {
  readonly request: IncomingMessage;
  readonly body: RequestBody;
  readonly route: Route;
  /** How the client may have addressed the host, the most likely first, such as `http://127.0.0.1:3000`. */
  readonly origins: readonly string[];
}
