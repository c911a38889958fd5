import type { IncomingMessage } from 'node:http';
import type { Route } from '../shared/routes';
import type { RequestBody } from './request-body';

/** A request whose body has been read, and what it asks for. */
export interface FunctionRequest {
  readonly request: IncomingMessage;
  readonly body: RequestBody;
  readonly route: Route;
  /** As the client addressed us, e.g. `http://127.0.0.1:3000`. */
  readonly origin: string;
}
