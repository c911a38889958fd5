import type { Route } from './routes';

/** What the child needs to run Functions. Sent as one message, so that no secret is in its command line or environment. */
export interface ChildSettings {
  readonly projectRoot: string;
  /** Where users reach the Functions, such as `http://127.0.0.1:3000`. */
  readonly publicUrl: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly routes: readonly Route[];
  /** The child serves only requests that carry it. */
  readonly secret: string;
  readonly parentProcessId: number;
}

export type MessageToChild =
  | { readonly kind: 'start'; readonly settings: ChildSettings }
  | { readonly kind: 'ping' };

/**
 * `request` is the number of the request in {@link hostHeader}. `started` is written to the pipe before any code of
 * the Function runs: a request without it may safely be sent again. `yielded` says that control has returned to the
 * event loop since then.
 */
export type MessageFromChild =
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'pong' }
  | { readonly kind: 'started'; readonly request: number }
  | { readonly kind: 'yielded'; readonly request: number };

/** The one header between host and child: secret, number of the request, the client's Content-Length or `-`. */
export const hostHeader = 'x-functions-host';
