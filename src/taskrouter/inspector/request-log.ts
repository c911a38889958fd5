import { counter, defaultCapacity, Log, type NextId } from './log';

/** A request to the REST API as the log receives it: only references, no copies. */
export interface NewRequest {
  /** When the response was sent, in Unix milliseconds. */
  readonly at: number;
  readonly durationMs: number;
  readonly method: string;
  /** Path and query as sent. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The form as URL-encoded text, or the JSON as sent; null without a body. */
  readonly body: string | null;
  /** The operation ID in Twilio's OpenAPI description; null for a path that TaskRouter does not have. */
  readonly operation: string | null;
  /** The collection in the path, such as `Tasks`; empty without an operation. */
  readonly resource: string;
  /** The names of the operation's parameters. */
  readonly knownParameters: readonly string[];
  /** The SIDs in the path, by their table. */
  readonly path: Readonly<Record<string, string>>;
  readonly status: number;
  /** The JSON of the response. */
  readonly response: unknown;
  /** The ID of the alert that the request caused. */
  readonly alertId: number | null;
}

/** A request as the log keeps it. It can contain secrets: show it only through `requestEntryToJson`. */
export interface RequestEntry extends NewRequest {
  readonly id: number;
}

interface RequestLogOptions {
  /** The maximum number of requests that can change something, and of those that only read. */
  readonly capacity?: number;
  readonly nextId?: NextId;
}

/**
 * Our choice: of a longer body, only the length is kept, and of a list response, only the number of rows. A thousand
 * entries must not hold a thousand pages.
 */
const maxCharacters = 65_536;

/**
 * The newest requests to the REST API, in memory. Reads have their own ring, so that a program that polls does not push
 * out the requests that changed something. Entries are written at every request and rarely read: nothing is formatted,
 * masked, or copied until somebody looks.
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

  /** The entries after an ID, oldest first. */
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

/** Whether a request only reads. */
export function isRead({ method }: Pick<NewRequest, 'method'>): boolean {
  return method === 'GET' || method === 'HEAD';
}

class KeptRequests extends Log<RequestEntry> {
  take(entry: RequestEntry): RequestEntry {
    return this.keep(entry);
  }
}

function shortened(body: string | null): string | null {
  return body !== null && body.length > maxCharacters ? `(${body.length} characters)` : body;
}

/** Replaces the rows of a list with their number; `meta.key` names the property that holds them. */
function withoutRows(response: unknown): unknown {
  const meta = (response as { meta?: { key?: unknown } } | null)?.meta;
  if (typeof meta?.key !== 'string') return response;
  const rows = (response as Record<string, unknown>)[meta.key];
  return { rows: meta.key, count: Array.isArray(rows) ? rows.length : 0 };
}
