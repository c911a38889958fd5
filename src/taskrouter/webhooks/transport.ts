import type { ConnectionSettings } from './connection-overrides';

/** Those of TaskRouter, and the requests about a phone call: for its TwiML, and about its status. */
export const callbackKinds = ['assignment', 'event', 'voice'] as const;
export type CallbackKind = (typeof callbackKinds)[number];
export type HttpMethod = 'GET' | 'POST';
export type UrlRole = 'primary' | 'fallback';

/** One request of a callback, complete with its signature. */
export interface CallbackRequest {
  readonly kind: CallbackKind;
  readonly role: UrlRole;
  /** Default: POST. The URL of a GET contains the parameters. */
  readonly method?: HttpMethod;
  /** The configured URL without its fragment. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, string>>;
}

/** The response of a receiver; header names are in lower case. */
export interface CallbackResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export const isRedirect = ({ status, headers }: CallbackResponse): boolean =>
  status >= 300 && status < 400 && Boolean(headers.location);

/**
 * Ends an attempt before its response, for a reason. Not an AbortController: making one and listening to it took more time
 * than signing the request.
 */
export class EarlyEnd {
  /** Why the attempt has ended; null while it goes on. */
  reason: Error | null = null;
  private readonly listeners: ((reason: Error) => void)[] = [];

  /** Calls `listener` when the attempt ends early, and at once if it already has. */
  onEnd(listener: (reason: Error) => void): void {
    if (this.reason) listener(this.reason);
    else this.listeners.push(listener);
  }

  end(reason: Error): void {
    if (this.reason) return;
    this.reason = reason;
    for (const listener of this.listeners) listener(reason);
  }
}

/**
 * Sends a request to its receiver: over HTTP, or to a function in tests. `perform` enforces the connect and read times, but
 * not the total time, and ends when `end` says so. It rejects with the cause of a failure.
 */
export interface Transport {
  perform(request: CallbackRequest, settings: ConnectionSettings, end: EarlyEnd): Promise<CallbackResponse>;
  close(): Promise<void>;
}

/** Why there was no complete response. `internal_error` is the local TaskRouter's own; see close-delivery.ts. */
const exchangeFailures = [
  'invalid_url',
  'refused_address',
  'bad_host_name',
  'connection_refused',
  'connection_failed',
  'connect_timeout',
  'tls',
  'protocol',
  'too_large',
  'read_timeout',
  'total_timeout',
  'no_response',
  'internal_error',
] as const;
export type ExchangeFailure = (typeof exchangeFailures)[number];

/** The rejection of a transport that knows the cause. */
export class ExchangeFailed extends Error {
  constructor(
    readonly failure: ExchangeFailure,
    message: string,
  ) {
    super(message);
    this.name = 'ExchangeFailed';
  }
}

/** Deliveries were stopped while this one was in progress; it stays in the outbox. */
export class DeliveryStopped extends Error {
  override readonly name = 'DeliveryStopped';
}
