import type { Instruction } from '../model/read-instruction';
import type { CallbackAttempt, CallbackOutcome, CallbackRecord } from '../webhooks/callback-record';
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

/** A callback as the log keeps it: nothing secret in it, long bodies cut. */
export interface CallbackEntry extends CallbackRecord {
  readonly id: number;
}

export interface CallbackQuery {
  readonly taskSid?: string | undefined;
  readonly workerSid?: string | undefined;
  readonly kind?: CallbackKind | undefined;
  readonly outcome?: CallbackOutcome | undefined;
  readonly limit?: number | undefined;
}

/** Our choice: enough to read any instruction, so that a thousand entries stay small. */
const mostBodyCharacters = 4096;

/** What every callback was sent and answered; in memory, the newest entries only. */
export class CallbackLog extends Log<CallbackEntry> {
  /** What was really sent, for who sends it again; gone when its entry is. */
  private readonly records = new WeakMap<CallbackEntry, CallbackRecord>();

  add(record: CallbackRecord): CallbackEntry {
    const entry = { ...this.shown(record), id: this.nextId() };
    this.records.set(entry, record);
    return this.keep(entry);
  }

  /** Newest first. */
  list({ limit = Number.POSITIVE_INFINITY, ...query }: CallbackQuery = {}): CallbackEntry[] {
    return this.newest((entry) => matches(entry, query), limit);
  }

  /** The callback as it was, its secrets included: to be sent again, never to be shown. */
  recordOf(entry: CallbackEntry): CallbackRecord | undefined {
    return this.records.get(entry);
  }

  private shown(record: CallbackRecord): CallbackRecord {
    const safe = withoutSecrets(record, this.secrets);
    return { ...safe, attempts: safe.attempts.map(presentable), result: maskResult(safe.result) };
  }
}

function presentable(attempt: CallbackAttempt): CallbackAttempt {
  const { request, response } = attempt;
  return {
    ...attempt,
    url: maskUrl(attempt.url),
    request: { headers: maskHeaders(request.headers), parameters: maskParameters(request.parameters) },
    response: response && {
      status: response.status,
      headers: maskHeaders(response.headers),
      body: cut(maskResponseBody(response.body)),
    },
  };
}

function maskResult(result: CallbackRecord['result']): CallbackRecord['result'] {
  if (result?.kind !== 'instruction') return result;
  const { name, parameters } = result.instruction;
  return { ...result, instruction: { name, parameters: maskSecretParameters(parameters) } as Instruction };
}

function matches(entry: CallbackEntry, query: CallbackQuery): boolean {
  const wanted = ['taskSid', 'workerSid', 'kind', 'outcome'] as const;
  return wanted.every((name) => query[name] === undefined || entry[name] === query[name]);
}

function cut(body: string): string {
  return body.length > mostBodyCharacters ? `${body.slice(0, mostBodyCharacters)}…` : body;
}
