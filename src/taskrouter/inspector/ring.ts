/** The newest entries of a log, in the order of their ids; the oldest go first. */
export class Ring<Entry extends { readonly id: number }> {
  private entries: Entry[] = [];
  /** What was cleared away, beside what is too old. */
  private clearedUpTo = 0;
  private readonly capacity: number;

  constructor(capacity: number) {
    this.capacity = Math.max(1, capacity);
  }

  add(entry: Entry): void {
    this.entries.push(entry);
    // One more is kept, so that it is known what was forgotten last; cut back seldom rather than shift at every entry.
    if (this.entries.length > 2 * this.capacity) this.entries = this.entries.slice(-this.capacity - 1);
  }

  /** Oldest first; those after an id when one is given. */
  list(after = 0): Entry[] {
    const oldest = Math.max(0, this.entries.length - this.capacity);
    return this.entries.slice(Math.max(oldest, this.indexAfter(after)));
  }

  find(id: number): Entry | undefined {
    const [entry] = this.list(id - 1);
    return entry?.id === id ? entry : undefined;
  }

  /** The id of the newest entry that is no longer here; 0 when all still are. */
  get forgottenUpTo(): number {
    return this.entries.at(-this.capacity - 1)?.id ?? this.clearedUpTo;
  }

  clear(): void {
    this.clearedUpTo = this.entries.at(-1)?.id ?? this.clearedUpTo;
    this.entries = [];
  }

  /** Ids only grow, so the place is found by halving. */
  private indexAfter(id: number): number {
    let low = 0;
    let high = this.entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.entries[middle]?.id ?? 0) <= id) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
