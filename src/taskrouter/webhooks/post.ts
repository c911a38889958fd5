import { hash } from 'node:crypto';
import { errorText, propertyOf } from '../../common/error-text';
import type { Clock } from '../../system/clock';
import type { Delivery } from '../model/entities';
import { type AttemptTimer, realTime } from './attempt-timer';
import type { AttemptsInProgress } from './attempts-in-progress';
import { type ConnectionSettings, connectionOverrides, type RetryReason } from './connection-overrides';
import { signatureHeader, signatureOf } from './signature';
import {
  type CallbackRequest,
  type CallbackResponse,
  DeliveryStopped,
  type EarlyEnd,
  ExchangeFailed,
  type ExchangeFailure,
  type Transport,
  type UrlRole,
} from './transport';
import { wireUrl } from './wire-url';

/** One request with its response or the cause of its failure. */
export type Exchange = { readonly durationMs: number } & (
  | { readonly response: CallbackResponse; readonly failure: null }
  | {
      readonly response: null;
      readonly failure: { readonly kind: ExchangeFailure; readonly message: string };
    }
);

/** The contents of a callback and its URL. */
export interface Announcement {
  readonly kind: Delivery['kind'];
  readonly role: UrlRole;
  /** The sid of the delivery. Together with the role, it determines the idempotency token. */
  readonly sid: string;
  readonly url: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * The request with all its headers. Names and values are Twilio's; User-Agent and Accept are our choice. The idempotency
 * token is the same for all attempts, even after a restart. The fallback URL gets another one, because an application that
 * serves both URLs must not mistake the request for a repetition.
 */
export function signedRequest(announcement: Announcement, authToken: string): CallbackRequest {
  const { kind, role, parameters } = announcement;
  const wire = wireUrl(announcement.url);
  const url = wire?.href ?? announcement.url;
  const headers = {
    'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8',
    ...commonHeaders(`${announcement.sid}/${role}`),
    [signatureHeader]: signatureOf(authToken, url, parameters),
    ...(wire?.authorization ? { Authorization: wire.authorization } : {}),
  };
  return { kind, role, url, headers, parameters };
}

/** @param subject what all attempts of one request have in common */
export const commonHeaders = (subject: string) => ({
  Accept: '*/*',
  'User-Agent': 'TwilioProxy/1.1',
  'I-Twilio-Idempotency-Token': idempotencyToken(subject),
});

/**
 * Sends one request. Whatever the transport throws is a failure of the exchange, so that every request ends with a result.
 * @throws DeliveryStopped if the attempts in progress are stopped, and nothing else
 */
export async function post(
  transport: Transport,
  request: CallbackRequest,
  settings: ConnectionSettings,
  inProgress: AttemptsInProgress,
  timer: AttemptTimer = realTime,
): Promise<Exchange> {
  const started = timer.now();
  const duration = () => Math.round((timer.now() - started) * 10) / 10;
  try {
    const response = await limited(timer, settings.totalMs, inProgress, (end) =>
      transport.perform(request, settings, end),
    );
    return { response, failure: null, durationMs: duration() };
  } catch (error) {
    return { response: null, failure: explained(error), durationMs: duration() };
  }
}

/** Ends when the time is over or the attempts are stopped, even if `work` ignores it. */
async function limited<Result>(
  timer: AttemptTimer,
  milliseconds: number,
  inProgress: AttemptsInProgress,
  work: (end: EarlyEnd) => Promise<Result>,
): Promise<Result> {
  const end = inProgress.begin();
  const cancel = timer.after(milliseconds, () =>
    end.end(new ExchangeFailed('total_timeout', `no response within ${milliseconds} ms`)),
  );
  try {
    return await new Promise<Result>((resolve, reject) => {
      end.onEnd(reject);
      work(end).then(resolve, reject);
    });
  } finally {
    cancel();
    inProgress.finish(end);
  }
}

const failureOfCode: Readonly<Record<string, ExchangeFailure>> = {
  EGRESS_REFUSED: 'refused_address',
  ENOTFOUND: 'bad_host_name',
  EAI_AGAIN: 'bad_host_name',
  ECONNREFUSED: 'connection_refused',
  UND_ERR_CONNECT_TIMEOUT: 'connect_timeout',
  UND_ERR_HEADERS_OVERFLOW: 'protocol',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'protocol',
  EPROTO: 'tls',
};

function explained(error: unknown): { kind: ExchangeFailure; message: string } {
  if (error instanceof DeliveryStopped) throw error;
  if (error instanceof ExchangeFailed) return { kind: error.failure, message: error.message };
  return { kind: failureOf(error), message: errorText(error) };
}

function failureOf(error: unknown): ExchangeFailure {
  const code = propertyOf(error, 'code');
  return code === undefined ? 'no_response' : (failureOfCode[code] ?? failureOfFamily(code));
}

function failureOfFamily(code: string): ExchangeFailure {
  return /^ERR_(TLS|SSL)|CERT|SELF_SIGNED|^UNABLE_TO/.test(code) ? 'tls' : 'connection_failed';
}

function idempotencyToken(text: string): string {
  const hex = hash('sha256', text);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}

/** One exchange among the attempts to reach a URL. */
export interface Attempt {
  readonly request: CallbackRequest;
  /** Counts from 1. */
  readonly number: number;
  /** Unix milliseconds. */
  readonly startedAt: number;
  readonly exchange: Exchange;
  readonly settings: ConnectionSettings;
}

/** All attempts to reach one URL, at least one; the last decides. */
export interface Attempts {
  readonly all: readonly Attempt[];
  readonly last: Attempt;
  /** When the last timeout was due, by the clock; null without a timeout. */
  readonly timedOutAt: number | null;
}

export interface PostOptions {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly authToken: string;
  readonly timer: AttemptTimer;
  readonly inProgress: AttemptsInProgress;
}

/**
 * Posts to one URL and retries as its connection overrides allow: at once (our choice), at most `rc` times, and within
 * the total time. Not p-retry: every attempt is recorded, and all of them share one time limit.
 * @param maxMs the limit of the callback's kind for all attempts together
 * @throws DeliveryStopped
 */
export function postWithRetries(
  options: PostOptions,
  announcement: Announcement,
  maxMs: number,
): Promise<Attempts> {
  const request = signedRequest(announcement, options.authToken);
  return sendWithRetries(options, request, announcement.url, maxMs);
}

/** The same with a request that is already signed. @param url as configured, with its fragment */
export async function sendWithRetries(
  options: Omit<PostOptions, 'authToken'>,
  request: CallbackRequest,
  url: string,
  maxMs: number,
): Promise<Attempts> {
  const { timer } = options;
  const settings = connectionOverrides(url, maxMs);
  const startedAt = options.clock.now();
  const started = timer.now();
  const all: Attempt[] = [];
  for (;;) {
    const left = settings.totalMs - (timer.now() - started);
    const now = { number: all.length + 1, startedAt: options.clock.now() };
    const exchange = await post(
      options.transport,
      request,
      { ...settings, totalMs: Math.max(1, Math.ceil(left)) },
      options.inProgress,
      timer,
    );
    const last = { ...now, request, exchange, settings };
    all.push(last);
    const spent = timer.now() - started >= settings.totalMs;
    if (spent || all.length > settings.retryCount || !mayRetry(settings, exchange)) {
      return { all, last, timedOutAt: timedOutAt(startedAt, settings, all) };
    }
  }
}

function mayRetry(settings: ConnectionSettings, exchange: Exchange): boolean {
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

/** A virtual clock stands still during the wait, but what follows must not happen before the timeout is due. */
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
