import type { ConnectionSettings } from './connection-overrides';

export type CallbackKind = 'assignment' | 'event';
export type UrlRole = 'primary' | 'fallback';

/** One request of a callback, complete with its signature. */
export interface CallbackRequest {
  readonly kind: CallbackKind;
  readonly role: UrlRole;
  /** As configured, without its fragment. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, string>>;
}

/** What came back; header names are in lower case. */
export interface CallbackResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * What carries a request to its receiver: HTTP, or a function in tests.
 * `perform` keeps to the connect and read times, gives up when `signal` aborts, and rejects with what went wrong;
 * the total time is the caller's business.
 */
export interface Transport {
  perform(
    request: CallbackRequest,
    settings: ConnectionSettings,
    signal: AbortSignal,
  ): Promise<CallbackResponse>;
  close(): Promise<void>;
}

/** Why there was no whole answer. */
export const exchangeFailures = [
  'invalid_url',
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
] as const;
export type ExchangeFailure = (typeof exchangeFailures)[number];

/** Rejection of a transport that knows what went wrong. */
export class ExchangeFailed extends Error {
  constructor(
    readonly failure: ExchangeFailure,
    message: string,
  ) {
    super(message);
    this.name = 'ExchangeFailed';
  }
}

/** Deliveries were stopped while this one was under way; it stays in the outbox. */
export class DeliveryStopped extends Error {
  override readonly name = 'DeliveryStopped';
}
