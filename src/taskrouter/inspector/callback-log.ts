import type { CallbackAttempt, CallbackOutcome, CallbackRecord } from '../webhooks/callback-record';
import type { CallbackKind } from '../webhooks/transport';
import { maskAnswer, maskHeaders, maskParameters, maskSecretParameters, maskSecrets, maskUrl } from './mask';

/** A callback as the log keeps it: nothing secret in it, long bodies cut. */
export interface CallbackEntry extends CallbackRecord {
  /** Counts from 1 since the process started. */
  readonly id: number;
}

export interface CallbackQuery {
  readonly taskSid?: string | undefined;
  readonly workerSid?: string | undefined;
  readonly kind?: CallbackKind | undefined;
  readonly outcome?: CallbackOutcome | undefined;
  readonly limit?: number | undefined;
}

export interface CallbackLogOptions {
  /** How many entries are kept; the oldest go first. */
  readonly capacity?: number;
  /** Texts that appear nowhere in the log, such as the auth token. */
  readonly secrets?: readonly string[];
}

/** Our choice: enough to read any instruction, so that a thousand entries stay small. */
const mostBodyCharacters = 4096;

/** What every callback was sent and answered; in memory, the newest entries only. */
export class CallbackLog {
  private readonly ring: CallbackEntry[] = [];
  private readonly listeners = new Set<(entry: CallbackEntry) => void>();
  private readonly capacity: number;
  private readonly secrets: readonly string[];
  private added = 0;

  constructor({ capacity = 1000, secrets = [] }: CallbackLogOptions = {}) {
    this.capacity = Math.max(1, capacity);
    this.secrets = secrets.filter((secret) => secret !== '');
  }

  add(record: CallbackRecord): CallbackEntry {
    const safe = maskSecrets(record, this.secrets);
    const entry = {
      ...safe,
      attempts: safe.attempts.map(presentable),
      verdict: maskVerdict(safe.verdict),
      id: ++this.added,
    };
    this.ring[(entry.id - 1) % this.capacity] = entry;
    for (const listener of this.listeners) listener(entry);
    return entry;
  }

  /** Calls `listener` for each new entry; answers how to stop that. */
  onEntry(listener: (entry: CallbackEntry) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Newest first. */
  list({ limit = this.capacity, ...query }: CallbackQuery = {}): CallbackEntry[] {
    const found: CallbackEntry[] = [];
    const oldest = Math.max(1, this.added - this.capacity + 1);
    for (let id = this.added; id >= oldest && found.length < limit; id--) {
      const entry = this.find(id);
      if (entry && matches(entry, query)) found.push(entry);
    }
    return found;
  }

  find(id: number): CallbackEntry | undefined {
    const entry = this.ring[(id - 1) % this.capacity];
    return entry?.id === id ? entry : undefined;
  }

  clear(): void {
    this.ring.length = 0;
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
      body: cut(maskAnswer(response.body)),
    },
  };
}

function maskVerdict(verdict: CallbackRecord['verdict']): CallbackRecord['verdict'] {
  if (verdict?.kind !== 'instruction') return verdict;
  const { name, parameters } = verdict.instruction;
  return { ...verdict, instruction: { name, parameters: maskSecretParameters(parameters) } };
}

function matches(entry: CallbackEntry, query: CallbackQuery): boolean {
  const wanted = ['taskSid', 'workerSid', 'kind', 'outcome'] as const;
  return wanted.every((name) => query[name] === undefined || entry[name] === query[name]);
}

function cut(body: string): string {
  return body.length > mostBodyCharacters ? `${body.slice(0, mostBodyCharacters)}…` : body;
}
