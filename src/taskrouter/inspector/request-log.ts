import { counter, defaultCapacity, Log, type NextId } from './log';

/** A request to the REST API as it is handed in: references only, nothing copied. */
export interface NewRequest {
  /** When it was answered, unix milliseconds. */
  readonly at: number;
  readonly durationMs: number;
  readonly method: string;
  /** Path and query as they were sent. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The form as url-encoded text, or the JSON as it was sent; null without one. */
  readonly body: string | null;
  /** As in Twilio's OpenAPI description; null for a path that is none of TaskRouter's. */
  readonly operation: string | null;
  /** The collection in the path, such as `Tasks`; empty without an operation. */
  readonly resource: string;
  /** The names of the operation's parameters. */
  readonly knownParameters: readonly string[];
  /** The sids in the path, by the table they are looked up in. */
  readonly path: Readonly<Record<string, string>>;
  readonly status: number;
  /** The JSON that was answered. */
  readonly response: unknown;
  /** The alert that the request led to, by its id. */
  readonly alertId: number | null;
}

/** A request as the log keeps it. It may hold secrets: `requestEntryToJson` is the way to look at it. */
export interface RequestEntry extends NewRequest {
  readonly id: number;
}

interface RequestLogOptions {
  /** How many requests are kept that may change something, and how many that only read. */
  readonly capacity?: number;
  readonly nextId?: NextId;
}

/**
 * Our choice: of a text longer than this its length is kept alone, and of a list how many it had; a thousand entries
 * must not hold a thousand pages.
 */
const mostCharacters = 65_536;

/**
 * What was asked of the REST API; in memory, the newest only. Reads have a ring of their own, so that a program that
 * polls does not push out what changed something. An entry is read by people rarely and made at every request: nothing
 * is formatted, masked or copied before somebody looks.
 */
export class RequestLog {
  private readonly reads: KeptRequests;
  private readonly changes: KeptRequests;
  private readonly nextId: NextId;

  constructor({ capacity = defaultCapacity, nextId = counter() }: RequestLogOptions = {}) {
    this.reads = new KeptRequests({ capacity });
    this.changes = new KeptRequests({ capacity });
    this.nextId = nextId;
  }

  add(request: NewRequest): RequestEntry {
    const { body, response } = request;
    const entry = { ...request, id: this.nextId(), body: shortened(body), response: withoutRows(response) };
    return (isRead(entry) ? this.reads : this.changes).take(entry);
  }

  onEntry(listener: (entry: RequestEntry) => void): () => void {
    const stops = [this.reads.onEntry(listener), this.changes.onEntry(listener)];
    return () => {
      for (const stop of stops) stop();
    };
  }

  find(id: number): RequestEntry | undefined {
    return this.changes.find(id) ?? this.reads.find(id);
  }

  /** Oldest first, those after an id. */
  since(id: number): RequestEntry[] {
    return [...this.reads.since(id), ...this.changes.since(id)].sort((left, right) => left.id - right.id);
  }

  get forgottenUpTo(): number {
    return Math.max(this.reads.forgottenUpTo, this.changes.forgottenUpTo);
  }

  clear(): void {
    this.reads.clear();
    this.changes.clear();
  }
}

/** Whether a request can have changed nothing. */
export function isRead({ method }: Pick<NewRequest, 'method'>): boolean {
  return method === 'GET' || method === 'HEAD';
}

class KeptRequests extends Log<RequestEntry> {
  take(entry: RequestEntry): RequestEntry {
    return this.keep(entry);
  }
}

function shortened(body: string | null): string | null {
  return body !== null && body.length > mostCharacters ? `(${body.length} characters)` : body;
}

/** Replaces the rows of a list by their number; `meta.key` names the property that holds them. */
function withoutRows(response: unknown): unknown {
  const meta = (response as { meta?: { key?: unknown } } | null)?.meta;
  if (typeof meta?.key !== 'string') return response;
  const rows = (response as Record<string, unknown>)[meta.key];
  return { rows: meta.key, count: Array.isArray(rows) ? rows.length : 0 };
}
