import type { Route } from './routes';

/** What the child needs to run Functions; sent once, so that no secret stands in its command line or environment. */
export interface ChildSettings {
  readonly projectRoot: string;
  /** Where users reach the Functions, e.g. `http://127.0.0.1:3000`. */
  readonly publicUrl: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly routes: readonly Route[];
  /** Only a request that carries it is served. */
  readonly secret: string;
  readonly parentProcessId: number;
}

export type MessageToChild =
  | { readonly kind: 'start'; readonly settings: ChildSettings }
  | { readonly kind: 'ping' };

/**
 * `started` is in the pipe before any code of the Function runs, so that a request without it may be sent again;
 * `yielded` says that the event loop was reached again since.
 */
export type MessageFromChild =
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'pong' }
  | { readonly kind: 'started'; readonly flight: number }
  | { readonly kind: 'yielded'; readonly flight: number };

/** The one header between host and child: secret, number of the flight, the client's Content-Length or `-`. */
export const hostHeader = 'x-functions-host';
