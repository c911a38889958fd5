/** A place in a list: what it is ordered by, as numbers that all ascend. */
export type RowPosition = readonly number[];

/**
 * Remembers where the ends of pages stood, so that paging goes on in the right place when what a token names is gone
 * by then or has changed: deleting everything one lists is common. The oldest are forgotten; then the row itself has
 * to be there.
 */
export class Cursors {
  private readonly positions = new Map<string, RowPosition>();

  constructor(private readonly most = 10_000) {}

  remember(order: string, sid: string, position: RowPosition): void {
    const key = `${order} ${sid}`;
    this.positions.delete(key);
    this.positions.set(key, position);
    const [oldest] = this.positions.keys();
    if (this.positions.size > this.most && oldest !== undefined) this.positions.delete(oldest);
  }

  recall(order: string, sid: string): RowPosition | undefined {
    return this.positions.get(`${order} ${sid}`);
  }
}
