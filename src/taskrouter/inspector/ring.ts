/** The newest entries of a log, ordered by ID. When it is full, the oldest are deleted. */
export class Ring<Entry extends { readonly id: number }> {
  private entries: Entry[] = [];
  /** The ID of the newest entry that `clear` deleted. */
  private clearedUpTo = 0;
  private readonly capacity: number;

  constructor(capacity: number) {
    this.capacity = Math.max(1, capacity);
  }

  add(entry: Entry): void {
    this.entries.push(entry);
    // Truncates rarely instead of shifting at every entry. Keeps one entry more, because forgottenUpTo needs its ID.
    if (this.entries.length > 2 * this.capacity) this.entries = this.entries.slice(-this.capacity - 1);
  }

  /** The entries after an ID, oldest first. */
  list(after = 0): Entry[] {
    const oldest = Math.max(0, this.entries.length - this.capacity);
    return this.entries.slice(Math.max(oldest, this.indexAfter(after)));
  }

  find(id: number): Entry | undefined {
    const [entry] = this.list(id - 1);
    return entry?.id === id ? entry : undefined;
  }

  /** The ID of the newest deleted entry; 0 if none was deleted. */
  get forgottenUpTo(): number {
    return this.entries.at(-this.capacity - 1)?.id ?? this.clearedUpTo;
  }

  clear(): void {
    this.clearedUpTo = this.entries.at(-1)?.id ?? this.clearedUpTo;
    this.entries = [];
  }

  /** IDs are ascending, so a binary search finds the index. */
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
