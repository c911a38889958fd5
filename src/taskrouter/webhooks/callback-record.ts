import type { Delivery } from '../model/entities';
import type { InstructionName } from '../model/instructions';
import type { CallbackAlert } from './alerts';
import type { ConnectionSettings } from './connection-overrides';
import type { AssignmentResult } from './evaluate-response';
import type { Attempt, Exchange } from './post';
import type { CallbackKind, CallbackResponse, ExchangeFailure, HttpMethod, UrlRole } from './transport';

/**
 * How a callback ended.
 * - `delivered`, `dropped`: an event callback, or a request about the status of a phone call, whose response was 2xx or not.
 * - `twiml`: a request for the TwiML of a phone call, which got TwiML.
 * - `instruction:…`, `no_instruction`: an assignment callback with a valid response.
 * - `refused`: the response contained an invalid instruction; the reservation stays pending.
 * - `timed_out`, `failed`: no URL of an assignment callback gave a usable response, or there is no TwiML at the URL; the last
 *   attempt timed out, or failed.
 * - `redirected`: a replay of a request for TwiML, whose response is a redirect. Replays do not follow it.
 * - `withdrawn`: the reservation was settled in another way before there was a usable response, or the phone call ended or went
 *   to other TwiML before that.
 */
export type CallbackOutcome =
  | 'delivered'
  | 'dropped'
  | `instruction:${InstructionName}`
  | 'no_instruction'
  | 'refused'
  | 'timed_out'
  | 'failed'
  | 'twiml'
  | 'redirected'
  | 'withdrawn';

/** One request of a callback and its response. */
export interface CallbackAttempt {
  readonly method: HttpMethod;
  /** Includes the parameters of a GET. */
  readonly url: string;
  readonly role: UrlRole;
  /** Counts from 1 for each URL. */
  readonly number: number;
  /** Unix milliseconds. */
  readonly startedAt: number;
  readonly durationMs: number;
  /** The time limits of the request. */
  readonly settings: ConnectionSettings;
  readonly request: {
    readonly headers: Readonly<Record<string, string>>;
    /** Of the form; empty for a GET. */
    readonly parameters: Readonly<Record<string, string>>;
  };
  readonly response: CallbackResponse | null;
  readonly error: { readonly kind: ExchangeFailure; readonly message: string } | null;
  readonly alert: CallbackAlert | null;
}

/** A finished callback. */
export interface CallbackRecord {
  readonly kind: CallbackKind;
  /** When the first request was sent, in Unix milliseconds. */
  readonly at: number;
  readonly workspaceSid: string;
  readonly taskSid: string | null;
  readonly workerSid: string | null;
  readonly reservationSid: string | null;
  /** The phone call of a voice request. Its task, worker, and reservation are those of the call when it was sent. */
  readonly callSid: string | null;
  readonly eventSid: string | null;
  readonly eventType: string | null;
  readonly outcome: CallbackOutcome;
  readonly attempts: readonly CallbackAttempt[];
  /** The result that is applied; null unless it is an assignment callback. */
  readonly result: AssignmentResult | null;
  /** The log ID of the original callback if this is a replay, which has no effect; otherwise null. */
  readonly replayOf: number | null;
}

/** Records callbacks. */
export interface CallbackRecords {
  add(record: CallbackRecord): void;
}

export function attemptOf(
  made: Attempt,
  alertFor: (exchange: Exchange) => CallbackAlert | null,
): CallbackAttempt {
  const { request, exchange } = made;
  const { method = 'POST', headers, parameters } = request;
  return {
    method,
    url: request.url,
    role: request.role,
    number: made.number,
    startedAt: made.startedAt,
    durationMs: exchange.durationMs,
    settings: made.settings,
    request: { headers, parameters: method === 'GET' ? {} : parameters },
    response: exchange.response,
    error: exchange.failure,
    alert: alertFor(exchange),
  };
}

/** What a voice request is about. */
export type VoiceSubjects = Pick<
  CallbackRecord,
  'workspaceSid' | 'taskSid' | 'workerSid' | 'reservationSid' | 'callSid'
>;

export function recordOfVoice(
  subjects: VoiceSubjects,
  { attempts, outcome }: Pick<CallbackRecord, 'attempts' | 'outcome'>,
  now: number,
): CallbackRecord {
  const at = attempts[0]?.startedAt ?? now;
  const noEvent = { eventSid: null, eventType: null };
  return { kind: 'voice', at, ...subjects, ...noEvent, outcome, attempts, result: null, replayOf: null };
}

export function recordOf(
  delivery: Delivery,
  attempts: readonly CallbackAttempt[],
  end: Pick<CallbackRecord, 'outcome' | 'result'>,
): CallbackRecord {
  const isEvent = delivery.kind === 'event';
  return {
    kind: delivery.kind,
    at: attempts[0]?.startedAt ?? delivery.dateCreated,
    workspaceSid: delivery.workspaceSid,
    taskSid: delivery.taskSid,
    workerSid: delivery.workerSid,
    callSid: null,
    reservationSid: isEvent ? (delivery.parameters.ReservationSid ?? null) : delivery.sid,
    eventSid: isEvent ? delivery.sid : null,
    eventType: delivery.parameters.EventType ?? null,
    outcome: end.outcome,
    attempts,
    result: end.result,
    replayOf: null,
  };
}
