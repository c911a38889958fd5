import { type EntryOutcome, entryOutcomeOfCallback } from '../../common/entry-outcome';
import type { Instruction } from '../model/read-instruction';
import type { CallbackAttempt, CallbackOutcome, CallbackRecord } from '../webhooks/callback-record';
import { signatureHeader } from '../webhooks/signature';
import type { CallbackKind } from '../webhooks/transport';
import { Log } from './log';
import {
  maskHeaders,
  maskParameters,
  maskResponseBody,
  maskSecretParameters,
  maskUrl,
  withoutSecrets,
} from './mask';

/** A callback as the log keeps it: secrets masked, long bodies truncated. */
export interface CallbackEntry extends CallbackRecord {
  readonly id: number;
}

interface CallbackQuery {
  readonly taskSid?: string | undefined;
  readonly workerSid?: string | undefined;
  readonly kind?: CallbackKind | undefined;
  /** Whether it failed. */
  readonly outcome?: EntryOutcome | undefined;
  /** The outcome of the entry itself. */
  readonly callbackOutcome?: CallbackOutcome | undefined;
  readonly limit?: number | undefined;
}

/** Our choice: enough for any instruction, while a thousand entries stay small. */
const maxBodyCharacters = 4096;

/** Every callback with its responses; in memory, the newest entries only. */
export class CallbackLog extends Log<CallbackEntry> {
  /** The unmasked requests, for replays; each is deleted with its entry. */
  readonly #records = new WeakMap<CallbackEntry, CallbackRecord>();

  add(record: CallbackRecord): CallbackEntry {
    const entry = { ...this.#masked(record), id: this.nextId() };
    this.#records.set(entry, withoutResponses(record));
    return this.keep(entry);
  }

  /** Newest first. */
  list({ limit = Number.POSITIVE_INFINITY, ...query }: CallbackQuery = {}): CallbackEntry[] {
    return this.newest((entry) => matches(entry, query), limit);
  }

  /** The callback with its secrets: only to send it again, never to show it. */
  recordOf(entry: CallbackEntry): CallbackRecord | undefined {
    return this.#records.get(entry);
  }

  #masked(record: CallbackRecord): CallbackRecord {
    const safe = withoutSecrets(record, [...this.secrets, ...signaturesOf(record)]);
    return { ...safe, attempts: safe.attempts.map(maskAttempt), result: maskResult(safe.result) };
  }
}

/**
 * The signatures of the requests, as a receiver can repeat them in text, JSON, and URLs. They are masked, because a replay
 * signs any parameters: a reader of the log could otherwise send them to a receiver as a request from Twilio.
 */
function signaturesOf({ attempts }: CallbackRecord): string[] {
  const signatures = attempts.flatMap(({ request }) => request.headers[signatureHeader] ?? []);
  return signatures.flatMap((text) => [text, text.replaceAll('/', '\\/'), encodeURIComponent(text)]);
}

/** A replay does not need the responses, which can be long. */
function withoutResponses(record: CallbackRecord): CallbackRecord {
  return { ...record, attempts: record.attempts.map((attempt) => ({ ...attempt, response: null })) };
}

function maskAttempt(attempt: CallbackAttempt): CallbackAttempt {
  const { request, response } = attempt;
  return {
    ...attempt,
    url: maskUrl(attempt.url),
    request: { headers: maskHeaders(request.headers), parameters: maskParameters(request.parameters) },
    response: response && {
      status: response.status,
      headers: maskHeaders(response.headers),
      body: truncated(maskResponseBody(response.body)),
    },
  };
}

function maskResult(result: CallbackRecord['result']): CallbackRecord['result'] {
  if (result?.kind !== 'instruction') return result;
  const { name, parameters } = result.instruction;
  return { ...result, instruction: { name, parameters: maskSecretParameters(parameters) } as Instruction };
}

function matches(entry: CallbackEntry, query: CallbackQuery): boolean {
  const names = ['taskSid', 'workerSid', 'kind'] as const;
  return (
    names.every((name) => query[name] === undefined || entry[name] === query[name]) &&
    (query.callbackOutcome === undefined || entry.outcome === query.callbackOutcome) &&
    (query.outcome === undefined || entryOutcomeOfCallback(entry.outcome) === query.outcome)
  );
}

function truncated(body: string): string {
  return body.length > maxBodyCharacters ? `${body.slice(0, maxBodyCharacters)}…` : body;
}
