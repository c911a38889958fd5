/** Counts what is in progress. */
export class BusyCount {
  private count = 0;
  private waiters: (() => void)[] = [];

  get isBusy(): boolean {
    return this.count > 0;
  }

  begin(): void {
    this.count++;
  }

  end(): void {
    this.count--;
    if (this.count > 0) return;
    for (const waiter of this.waiters.splice(0)) waiter();
  }

  /** Resolves when nothing is in progress. */
  quiet(): Promise<void> {
    return new Promise((resolve) => (this.isBusy ? this.waiters.push(resolve) : resolve()));
  }
}
