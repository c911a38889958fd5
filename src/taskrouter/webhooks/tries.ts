import type { Clock } from '../../system/clock';
import { type ConnectionSettings, connectionOverrides, type RetryReason } from './connection-overrides';
import { type Announcement, type Exchange, post, signedRequest } from './post';
import type { CallbackRequest, ExchangeFailure, Transport } from './transport';

/** One exchange with its place in the tries of a URL. */
export interface Attempt {
  readonly request: CallbackRequest;
  /** Counts from 1. */
  readonly number: number;
  /** Unix milliseconds. */
  readonly startedAt: number;
  readonly exchange: Exchange;
  readonly settings: ConnectionSettings;
}

/** All tries of one URL, at least one; the last decides. */
export interface Attempts {
  readonly all: readonly Attempt[];
  readonly last: Attempt;
  /** When the last timeout that struck was due, by the clock; null when none did. */
  readonly timedOutAt: number | null;
}

export interface PostOptions {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly authToken: string;
  /** Aborted when deliveries stop. */
  readonly stop: AbortSignal;
}

/**
 * Calls one URL and, as its connection overrides allow, calls it again: at once (our choice), at most `rc` times, and
 * while the total time lasts.
 * @throws DeliveryStopped
 */
export async function postWithRetries(
  needs: PostOptions,
  announcement: Announcement,
  mostMilliseconds: number,
): Promise<Attempts> {
  const settings = connectionOverrides(announcement.url, mostMilliseconds);
  const request = signedRequest(announcement, needs.authToken);
  const startedAt = needs.clock.now();
  const started = performance.now();
  const all: Attempt[] = [];
  for (;;) {
    const left = settings.totalMs - (performance.now() - started);
    const now = { number: all.length + 1, startedAt: needs.clock.now() };
    const exchange = await post(
      needs.transport,
      request,
      { ...settings, totalMs: Math.max(1, Math.ceil(left)) },
      needs.stop,
    );
    const last = { ...now, request, exchange, settings };
    all.push(last);
    const spent = performance.now() - started >= settings.totalMs;
    if (spent || all.length > settings.retryCount || !mayRepeat(settings, exchange)) {
      return { all, last, timedOutAt: timedOutAt(startedAt, settings, all) };
    }
  }
}

function mayRepeat(settings: ConnectionSettings, exchange: Exchange): boolean {
  const reason = retryReason(exchange);
  return reason !== null && settings.retryOn.includes(reason);
}

const connectFailures: readonly ExchangeFailure[] = [
  'bad_host_name',
  'connection_refused',
  'connection_failed',
  'connect_timeout',
  'tls',
];

function retryReason({ response, failure }: Exchange): RetryReason | null {
  if (response) return response.status >= 500 ? '5xx' : response.status >= 400 ? '4xx' : null;
  if (failure.kind === 'read_timeout') return 'rt';
  return connectFailures.includes(failure.kind) ? 'ct' : null;
}

/**
 * Under a virtual clock the wait took no time, yet what follows must not happen before the moment it would have
 * happened at.
 */
function timedOutAt(startedAt: number, settings: ConnectionSettings, all: readonly Attempt[]): number | null {
  const waited = all.map(({ exchange }) => waitOf(settings, exchange.failure?.kind));
  const sum = waited.reduce((left, right) => left + right, 0);
  return sum ? startedAt + Math.min(sum, settings.totalMs) : null;
}

function waitOf(settings: ConnectionSettings, failure: ExchangeFailure | undefined): number {
  if (failure === 'total_timeout') return settings.totalMs;
  if (failure === 'read_timeout') return settings.readMs;
  return failure === 'connect_timeout' ? settings.connectMs : 0;
}
