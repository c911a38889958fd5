import type { DeployTime } from '../../src/deploy/poll-until';

/** The wall clock, but a wait lasts only until no callback is in flight. */
export class SkippedTime implements DeployTime {
  constructor(
    private readonly settled: () => Promise<void>,
    /** In ms. */
    private skipped = 0,
  ) {}

  now = () => Date.now() + this.skipped;

  async wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
    this.skipped += milliseconds;
    await this.settled();
    signal?.throwIfAborted();
  }
}
