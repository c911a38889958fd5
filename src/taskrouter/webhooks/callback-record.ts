import type { Delivery } from '../model/entities';
import type { InstructionName } from '../model/instructions';
import type { CallbackAlert } from './alerts';
import type { ConnectionSettings } from './connection-overrides';
import type { AssignmentResult } from './evaluate-response';
import type { Attempt, Exchange } from './post';
import type { CallbackKind, CallbackResponse, ExchangeFailure, UrlRole } from './transport';

/**
 * How a callback ended.
 * - `delivered`, `dropped`: an event callback whose response was 2xx or not.
 * - `instruction:…`, `no_instruction`: an assignment callback with a valid response.
 * - `refused`: the response contained an invalid instruction; the reservation stays pending.
 * - `timed_out`, `failed`: no URL of an assignment callback gave a usable response; the last one timed out, or failed.
 * - `withdrawn`: the reservation was settled in another way before there was a usable response.
 */
export type CallbackOutcome =
  | 'delivered'
  | 'dropped'
  | `instruction:${InstructionName}`
  | 'no_instruction'
  | 'refused'
  | 'timed_out'
  | 'failed'
  | 'withdrawn';

/** One request of a callback and its response. */
export interface CallbackAttempt {
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
  readonly eventSid: string | null;
  readonly eventType: string | null;
  readonly outcome: CallbackOutcome;
  readonly attempts: readonly CallbackAttempt[];
  /** The result that is applied; null for an event callback. */
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
  return {
    url: request.url,
    role: request.role,
    number: made.number,
    startedAt: made.startedAt,
    durationMs: exchange.durationMs,
    settings: made.settings,
    request: { headers: request.headers, parameters: request.parameters },
    response: exchange.response,
    error: exchange.failure,
    alert: alertFor(exchange),
  };
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
    reservationSid: isEvent ? (delivery.parameters.ReservationSid ?? null) : delivery.sid,
    eventSid: isEvent ? delivery.sid : null,
    eventType: delivery.parameters.EventType ?? null,
    outcome: end.outcome,
    attempts,
    result: end.result,
    replayOf: null,
  };
}
