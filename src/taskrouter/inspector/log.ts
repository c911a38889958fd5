import { Ring } from './ring';

/** The source of entry IDs: 1, 2, 3 … since the start of the process. Related logs share one sequence. */
export type NextId = () => number;

export function counter(): NextId {
  let last = 0;
  return () => ++last;
}

export interface LogOptions {
  /** The maximum number of entries; the oldest are deleted first. */
  readonly capacity?: number;
  /** Texts to mask everywhere in the log, such as the auth token. */
  readonly secrets?: readonly string[];
  readonly nextId?: NextId;
}

/** Our choice. */
export const defaultCapacity = 1000;

/** A log in memory that notifies listeners of each new entry. */
export class Log<Entry extends { readonly id: number }> {
  protected readonly secrets: readonly string[];
  protected readonly nextId: NextId;
  private readonly listeners = new Set<(entry: Entry) => void>();
  private readonly ring: Ring<Entry>;

  constructor({ capacity = defaultCapacity, secrets = [], nextId = counter() }: LogOptions = {}) {
    this.ring = new Ring(capacity);
    this.secrets = secrets.filter((secret) => secret !== '');
    this.nextId = nextId;
  }

  /** Calls `listener` for each new entry. @returns a function that removes the listener */
  onEntry(listener: (entry: Entry) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  find(id: number): Entry | undefined {
    return this.ring.find(id);
  }

  /** The entries after an ID, oldest first. */
  since(id: number): Entry[] {
    return this.ring.list(id);
  }

  /** The ID of the newest deleted entry; 0 if none was deleted. */
  get forgottenUpTo(): number {
    return this.ring.forgottenUpTo;
  }

  clear(): void {
    this.ring.clear();
  }

  protected keep(entry: Entry): Entry {
    this.ring.add(entry);
    for (const listener of this.listeners) listener(entry);
    return entry;
  }

  /** At most `limit` entries, newest first. */
  protected newest(matches: (entry: Entry) => boolean, limit: number): Entry[] {
    return this.ring.list().reverse().filter(matches).slice(0, limit);
  }
}
