/** A position in a list: its sort keys, as ascending numbers. */
export type RowPosition = readonly number[];

/**
 * Remembers the positions of the first and last rows of pages. So paging continues correctly if the row of a token was
 * changed or deleted; programs often delete everything that they list. After `max` positions, the oldest are forgotten, and
 * their rows must still exist.
 */
export class Cursors {
  private readonly positions = new Map<string, RowPosition>();

  constructor(private readonly max = 10_000) {}

  remember(order: string, sid: string, position: RowPosition): void {
    const key = `${order} ${sid}`;
    this.positions.delete(key);
    this.positions.set(key, position);
    const [oldest] = this.positions.keys();
    if (this.positions.size > this.max && oldest !== undefined) this.positions.delete(oldest);
  }

  recall(order: string, sid: string): RowPosition | undefined {
    return this.positions.get(`${order} ${sid}`);
  }
}
