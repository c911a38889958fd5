import { Ring } from './ring';

/** Where entries get their numbers: 1, 2, 3 … since the process started, one sequence for logs that belong together. */
export type NextId = () => number;

export function counter(): NextId {
  let last = 0;
  return () => ++last;
}

export interface LogOptions {
  /** How many entries are kept; the oldest go first. */
  readonly capacity?: number;
  /** Texts that appear nowhere in the log, such as the auth token. */
  readonly secrets?: readonly string[];
  readonly nextId?: NextId;
}

/** Our choice. */
export const defaultCapacity = 1000;

/** A log in memory that tells who listens of each new entry. */
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

  /** Calls `listener` for each new entry; answers how to stop that. */
  onEntry(listener: (entry: Entry) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  find(id: number): Entry | undefined {
    return this.ring.find(id);
  }

  /** Oldest first, those after an id. */
  since(id: number): Entry[] {
    return this.ring.list(id);
  }

  /** The id of the newest entry that is no longer kept; 0 when all are. */
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

  /** Newest first, at most so many. */
  protected newest(matches: (entry: Entry) => boolean, limit: number): Entry[] {
    return this.ring.list().reverse().filter(matches).slice(0, limit);
  }
}
