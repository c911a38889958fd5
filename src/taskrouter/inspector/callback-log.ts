import { type EntryOutcome, entryOutcomeOfCallback } from '../../common/entry-outcome';
import type { Instruction } from '../model/read-instruction';
import type { CallbackAttempt, CallbackOutcome, CallbackRecord } from '../webhooks/callback-record';
import { signatureHeader } from '../webhooks/signature';
import type { CallbackKind, CallbackResponse } from '../webhooks/transport';
import { defaultCapacity, Log, type LogOptions } from './log';
import {
  maskHeaders,
  maskParameters,
  maskResponseBody,
  maskSecretParameters,
  maskUrl,
  withoutSecrets,
} from './mask';
import { Ring } from './ring';

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

/**
 * Every callback with its responses; in memory, the newest entries only. Nothing is masked until somebody looks: masking
 * the texts of every callback took a seventh of the service's time.
 */
export class CallbackLog extends Log<CallbackEntry> {
  /** The unmasked requests, for replays. */
  readonly #records: Ring<{ readonly id: number; readonly record: CallbackRecord }>;

  constructor(options: LogOptions = {}) {
    super(options);
    this.#records = new Ring(options.capacity ?? defaultCapacity);
  }

  add(record: CallbackRecord): CallbackEntry {
    const id = this.nextId();
    this.#records.add({ id, record: withoutResponses(record) });
    return this.keep(maskedEntry(withShortBodies(record, this.secrets), id, this.secrets));
  }

  override clear(): void {
    super.clear();
    this.#records.clear();
  }

  /** Newest first. */
  list({ limit = Number.POSITIVE_INFINITY, ...query }: CallbackQuery = {}): CallbackEntry[] {
    return this.newest((entry) => matches(entry, query), limit);
  }

  /** The callback with its secrets: only to send it again, never to show it. */
  recordOf({ id }: CallbackEntry): CallbackRecord | undefined {
    return this.#records.find(id)?.record;
  }
}

/** Masks texts when they are read. What has no secrets is there at once. */
function maskedEntry(record: CallbackRecord, id: number, secrets: readonly string[]): CallbackEntry {
  const { attempts, result } = record;
  return {
    ...record,
    id,
    attempts: attempts.map((attempt) => maskedAttempt(attempt, () => secretsOf(record, secrets))),
    get result() {
      return maskResult(withoutSecrets(result, secretsOf(record, secrets)));
    },
  };
}

function maskedAttempt(attempt: CallbackAttempt, secrets: () => readonly string[]): CallbackAttempt {
  const { role, number, startedAt, durationMs, settings, error, alert } = attempt;
  return {
    role,
    number,
    startedAt,
    durationMs,
    settings,
    error: error && withoutSecrets(error, secrets()),
    alert: alert && withoutSecrets(alert, secrets()),
    get url() {
      return maskUrl(withoutSecrets(attempt.url, secrets()));
    },
    get request() {
      const { headers, parameters } = withoutSecrets(attempt.request, secrets());
      return { headers: maskHeaders(headers), parameters: maskParameters(parameters) };
    },
    get response() {
      return attempt.response && maskResponse(attempt.response, secrets());
    },
  };
}

function maskResponse(response: CallbackResponse, secrets: readonly string[]): CallbackResponse {
  const { status, headers, body } = withoutSecrets(response, secrets);
  return { status, headers: maskHeaders(headers), body: truncated(maskResponseBody(body)) };
}

/**
 * The secrets of the service and the signatures of the requests, as a receiver can repeat them in text, JSON, and URLs.
 * Signatures are masked, because a replay signs any parameters: a reader of the log could otherwise send them to a
 * receiver as a request from Twilio.
 */
function secretsOf({ attempts }: CallbackRecord, secrets: readonly string[]): string[] {
  const signatures = attempts.flatMap(({ request }) => request.headers[signatureHeader] ?? []);
  const repeated = signatures.flatMap((text) => [
    text,
    text.replaceAll('/', '\\/'),
    encodeURIComponent(text),
  ]);
  return [...secrets, ...repeated];
}

/** Masks and truncates long responses at once: a thousand entries must not hold a thousand long bodies. */
function withShortBodies(record: CallbackRecord, secrets: readonly string[]): CallbackRecord {
  const isLong = ({ response }: CallbackAttempt) => (response?.body.length ?? 0) > maxBodyCharacters;
  if (!record.attempts.some(isLong)) return record;
  const attempts = record.attempts.map((attempt) => {
    const response = attempt.response && maskResponse(attempt.response, secretsOf(record, secrets));
    return { ...attempt, response };
  });
  return { ...record, attempts };
}

/** A replay does not need the responses, which can be long. */
function withoutResponses(record: CallbackRecord): CallbackRecord {
  return { ...record, attempts: record.attempts.map((attempt) => ({ ...attempt, response: null })) };
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
