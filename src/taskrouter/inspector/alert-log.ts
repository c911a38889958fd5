import type { Alert } from '../model/alerts';
import { maskSecrets } from './mask';
import { remedyFor } from './remedies';

/** An alert as it is handed in. */
export interface NewAlert extends Alert {
  /** Unix milliseconds. */
  readonly at: number;
  /** Who noticed: the routing rules, a callback, or a request to the REST API. */
  readonly source: 'engine' | 'callback' | 'api';
  readonly taskSid?: string | null | undefined;
  readonly workerSid?: string | null | undefined;
  /** What to do about it, where more is known than the code. */
  readonly remedy?: string | undefined;
}

/** An alert as the debugger's list keeps it. */
export interface AlertEntry extends NewAlert {
  /** Counts from 1 since the process started. */
  readonly id: number;
  readonly taskSid: string | null;
  readonly workerSid: string | null;
  readonly remedy: string;
}

export interface AlertQuery {
  readonly code?: number | undefined;
  readonly level?: Alert['level'] | undefined;
  readonly workspaceSid?: string | undefined;
  readonly taskSid?: string | undefined;
  readonly workerSid?: string | undefined;
  readonly limit?: number | undefined;
}

export interface AlertLogOptions {
  /** How many alerts are kept; the oldest go first. */
  readonly capacity?: number;
  /** Texts that appear nowhere in the log, such as the auth token. */
  readonly secrets?: readonly string[];
}

/** What Twilio's debugger would list, each with a remedy; in memory, the newest only. */
export class AlertLog {
  private entries: AlertEntry[] = [];
  private readonly listeners = new Set<(entry: AlertEntry) => void>();
  private readonly capacity: number;
  private readonly secrets: readonly string[];
  private added = 0;

  constructor({ capacity = 1000, secrets = [] }: AlertLogOptions = {}) {
    this.capacity = Math.max(1, capacity);
    this.secrets = secrets.filter((secret) => secret !== '');
  }

  add(alert: NewAlert): AlertEntry {
    this.added += 1;
    const { taskSid, workerSid, resourceSid } = alert;
    const entry: AlertEntry = maskSecrets(
      {
        ...alert,
        id: this.added,
        taskSid: taskSid ?? (resourceSid.startsWith('WT') ? resourceSid : null),
        workerSid: workerSid ?? (resourceSid.startsWith('WK') ? resourceSid : null),
        remedy: alert.remedy ?? remedyFor(alert.code),
      },
      this.secrets,
    );
    this.entries.push(entry);
    // Cut back seldom rather than shift at every alert.
    if (this.entries.length > 2 * this.capacity) this.entries = this.entries.slice(-this.capacity);
    for (const listener of this.listeners) listener(entry);
    return entry;
  }

  /** Calls `listener` for each new entry; answers how to stop that. */
  onEntry(listener: (entry: AlertEntry) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Newest first. */
  list({ limit = this.capacity, ...query }: AlertQuery = {}): AlertEntry[] {
    const kept = this.entries.slice(-this.capacity).reverse();
    return kept.filter((entry) => matches(entry, query)).slice(0, limit);
  }

  clear(): void {
    this.entries = [];
  }
}

function matches(entry: AlertEntry, query: AlertQuery): boolean {
  const wanted = ['code', 'level', 'workspaceSid', 'taskSid', 'workerSid'] as const;
  return wanted.every((name) => query[name] === undefined || entry[name] === query[name]);
}
