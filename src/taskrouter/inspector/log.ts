import { Ring } from './ring';

/** The source of entry IDs: 1, 2, 3 … since the start of the process. Related logs share one sequence. */
export type NextId = () => number;

export function counter(): NextId {
  let last = 0;
  return () => ++last;
}

export interface LogOptions {
  /** The maximum number of entries of each kind; the oldest are deleted first. */
  readonly capacity?: number;
  /** Texts to mask everywhere in the log, such as the auth token. */
  readonly secrets?: readonly string[];
  readonly nextId?: NextId;
}

/** Our choice. */
export const defaultCapacity = 1000;

/**
 * A log in memory that notifies listeners of each new entry. Entries that can be very frequent have a ring of their own, so
 * that they do not push out the others.
 */
export class Log<Entry extends { readonly id: number }> {
  protected readonly secrets: readonly string[];
  protected readonly nextId: NextId;
  private readonly listeners = new Set<(entry: Entry) => void>();
  private readonly usual: Ring<Entry>;
  private readonly frequent: Ring<Entry>;

  constructor({ capacity = defaultCapacity, secrets = [], nextId = counter() }: LogOptions = {}) {
    this.usual = new Ring(capacity);
    this.frequent = new Ring(capacity);
    this.secrets = secrets.filter((secret) => secret !== '');
    this.nextId = nextId;
  }

  /** Calls `listener` for each new entry. @returns a function that removes the listener */
  onEntry(listener: (entry: Entry) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  find(id: number): Entry | undefined {
    return this.usual.find(id) ?? this.frequent.find(id);
  }

  /** The entries after an ID, oldest first. */
  since(id: number): Entry[] {
    const frequent = this.frequent.list(id);
    const usual = this.usual.list(id);
    if (frequent.length === 0) return usual;
    return [...frequent, ...usual].sort((left, right) => left.id - right.id);
  }

  /** The ID of the newest deleted entry; 0 if none was deleted. */
  get forgottenUpTo(): number {
    return Math.max(this.usual.forgottenUpTo, this.frequent.forgottenUpTo);
  }

  clear(): void {
    this.usual.clear();
    this.frequent.clear();
  }

  protected keep(entry: Entry, isFrequent = false): Entry {
    (isFrequent ? this.frequent : this.usual).add(entry);
    for (const listener of this.listeners) listener(entry);
    return entry;
  }

  /** At most `limit` entries, newest first. */
  protected newest(matches: (entry: Entry) => boolean, limit: number): Entry[] {
    return this.since(0).reverse().filter(matches).slice(0, limit);
  }
}
