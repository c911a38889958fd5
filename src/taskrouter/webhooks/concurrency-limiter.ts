import { DeliveryStopped } from './transport';

interface Lane {
  running: number;
  readonly waiting: { start(): void; stop(): void }[];
}

/**
 * Lets so many jobs of one lane run at a time; the rest start in the order they came. One slow receiver cannot take
 * the places of another.
 */
export class ConcurrencyLimiter {
  private readonly lanes = new Map<string, Lane>();
  private stopped = false;

  constructor(private readonly width: number) {}

  /** @throws DeliveryStopped when it was still waiting as the lanes were stopped. */
  async run<Result>(name: string, job: () => Promise<Result>): Promise<Result> {
    if (this.stopped) throw new DeliveryStopped();
    const lane = this.lane(name);
    if (lane.running < this.width) lane.running++;
    else
      await new Promise<void>((start, stop) =>
        lane.waiting.push({ start, stop: () => stop(new DeliveryStopped()) }),
      );
    try {
      return await job();
    } finally {
      this.leave(name, lane);
    }
  }

  /** Turns away everything that has not started. */
  stop(): void {
    this.stopped = true;
    for (const lane of this.lanes.values()) for (const job of lane.waiting.splice(0)) job.stop();
  }

  private lane(name: string): Lane {
    const lane = this.lanes.get(name) ?? { running: 0, waiting: [] };
    this.lanes.set(name, lane);
    return lane;
  }

  /** The place goes straight to the next one. */
  private leave(name: string, lane: Lane): void {
    const next = lane.waiting.shift();
    if (next) next.start();
    else if (--lane.running === 0) this.lanes.delete(name);
  }
}
