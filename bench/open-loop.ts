import { setTimeout as wait } from 'node:timers/promises';
import type { Latencies } from './latencies';

export interface OpenLoop {
  readonly perSecond: number;
  readonly seconds: number;
  /** How long to wait for what is not finished at the end. */
  readonly patienceSeconds: number;
  /** Ends it early. */
  readonly signal?: AbortSignal;
}

/** Monotonic milliseconds, and waiting for some of them. */
export interface Timer {
  now(): number;
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

const realTimer: Timer = {
  now: () => performance.now(),
  wait: (milliseconds, signal) => wait(milliseconds, undefined, { signal }),
};

/**
 * Starts work at a constant rate, whatever became of earlier work, and records how long it takes from the moment when it
 * should have started. So a service that stops responding for a second shows in the time of everything that this second
 * held up, instead of in one (coordinated omission).
 * @returns how much was not finished in time; it counts with the time it had until then
 * @throws the first error of the work
 */
export async function openLoop(
  { perSecond, seconds, patienceSeconds, signal }: OpenLoop,
  latencies: Latencies,
  work: () => Promise<void>,
  timer: Timer = realTimer,
): Promise<number> {
  const running = new Running(latencies, timer);
  const started = timer.now();
  for (let number = 0; number < perSecond * seconds && !signal?.aborted; number += 1) {
    const intended = started + (number * 1000) / perSecond;
    while (timer.now() < intended) await timer.wait(1);
    running.add(intended, work());
  }
  await running.finished(patienceSeconds * 1000);
  return running.giveUp();
}

/** Work in progress, by the moment when it should have started. */
class Running {
  private readonly unfinished = new Set<number>();
  private readonly all: Promise<void>[] = [];
  private failure: unknown = null;

  constructor(
    private readonly latencies: Latencies,
    private readonly timer: Timer,
  ) {}

  add(intended: number, work: Promise<void>): void {
    this.unfinished.add(intended);
    const failed = (error: unknown) => {
      this.failure ??= error;
    };
    this.all.push(work.then(() => this.finish(intended), failed));
  }

  /** @throws the first error */
  async finished(patienceMs: number): Promise<void> {
    const patience = new AbortController();
    const tired = this.timer.wait(patienceMs, patience.signal).catch(() => undefined);
    await Promise.race([Promise.all(this.all), tired]);
    patience.abort();
    if (this.failure !== null) throw this.failure;
  }

  giveUp(): number {
    const unfinished = [...this.unfinished];
    for (const intended of unfinished) this.finish(intended);
    return unfinished.length;
  }

  private finish(intended: number): void {
    if (this.unfinished.delete(intended)) this.latencies.record(this.timer.now() - intended);
  }
}
