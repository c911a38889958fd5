import type { Cancel } from '../../../system/clock';

/** The workers whose phones people hold, for example on the agent page. */
export class WorkerPhones {
  /** How many people hold the phone of a worker: the agent page can be open twice. */
  private readonly holders = new Map<string, number>();

  /** Somebody holds the phone of a worker from now on. @returns a function that ends this */
  hold(workerSid: string): Cancel {
    let isOver = false;
    this.add(workerSid, 1);
    return () => {
      if (!isOver) this.add(workerSid, -1);
      isOver = true;
    };
  }

  isHeld(workerSid: string | null): boolean {
    return workerSid !== null && this.holders.has(workerSid);
  }

  private add(workerSid: string, change: number): void {
    const count = (this.holders.get(workerSid) ?? 0) + change;
    if (count === 0) this.holders.delete(workerSid);
    else this.holders.set(workerSid, count);
  }
}
