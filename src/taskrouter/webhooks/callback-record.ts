import type { Delivery } from '../model/entities';
import type { InstructionName } from '../model/instructions';
import type { CallbackAlert } from './alerts';
import type { ConnectionSettings } from './connection-overrides';
import type { AssignmentResult } from './evaluate-response';
import type { Attempt, Exchange } from './post';
import type { CallbackKind, CallbackResponse, ExchangeFailure, UrlRole } from './transport';

/**
 * How a callback ended.
 * - `delivered`, `dropped`: an event callback, answered with 2xx or not.
 * - `instruction:…`, `no_instruction`: an assignment callback that was answered well.
 * - `refused`: answered with something that cannot be carried out; the reservation stays pending.
 * - `timed_out`, `failed`: no URL of an assignment callback gave a usable answer; the last one was too slow, or else.
 * - `withdrawn`: the reservation was settled otherwise before there was a usable answer.
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

/** One request of a callback and what came of it. */
export interface CallbackAttempt {
  readonly url: string;
  readonly role: UrlRole;
  /** Counts from 1 for each URL. */
  readonly number: number;
  /** Unix milliseconds. */
  readonly startedAt: number;
  readonly durationMs: number;
  /** The time limits it was made within. */
  readonly settings: ConnectionSettings;
  readonly request: {
    readonly headers: Readonly<Record<string, string>>;
    readonly parameters: Readonly<Record<string, string>>;
  };
  readonly response: CallbackResponse | null;
  readonly error: { readonly kind: ExchangeFailure; readonly message: string } | null;
  readonly alert: CallbackAlert | null;
}

/** A callback from its decision to its end. */
export interface CallbackRecord {
  readonly kind: CallbackKind;
  /** When the first request went out, unix milliseconds. */
  readonly at: number;
  readonly workspaceSid: string;
  readonly taskSid: string | null;
  readonly workerSid: string | null;
  readonly reservationSid: string | null;
  readonly eventSid: string | null;
  readonly eventType: string | null;
  readonly outcome: CallbackOutcome;
  readonly attempts: readonly CallbackAttempt[];
  /** What the engine is told; null for an event callback. */
  readonly result: AssignmentResult | null;
  /** The id, in the log, of the callback that this one repeats; such a one changes nothing. Null for a real one. */
  readonly replayOf: number | null;
}

/** Where records go. */
export interface CallbackRecords {
  add(record: CallbackRecord): void;
}

export function attemptOf(
  made: Attempt,
  judge: (exchange: Exchange) => CallbackAlert | null,
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
    alert: judge(exchange),
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
