/** Counts what is in progress. */
export class BusyCount {
  private count = 0;
  private waiters: (() => void)[] = [];

  /** @param whole counts this, too */
  constructor(private readonly whole?: BusyCount) {}

  get isBusy(): boolean {
    return this.count > 0;
  }

  begin(): void {
    this.count++;
    this.whole?.begin();
  }

  end(): void {
    this.count--;
    if (this.count === 0) for (const waiter of this.waiters.splice(0)) waiter();
    this.whole?.end();
  }

  /** Resolves when nothing is in progress. */
  quiet(): Promise<void> {
    return new Promise((resolve) => (this.isBusy ? this.waiters.push(resolve) : resolve()));
  }
}
