import { DeliveryStopped, EarlyEnd } from './transport';

/** The attempts in progress, which can all be stopped. */
export class AttemptsInProgress {
  private readonly ends = new Set<EarlyEnd>();
  private isStopped = false;

  /** @throws DeliveryStopped after `stop` */
  begin(): EarlyEnd {
    if (this.isStopped) throw new DeliveryStopped();
    const end = new EarlyEnd();
    this.ends.add(end);
    return end;
  }

  finish(end: EarlyEnd): void {
    this.ends.delete(end);
  }

  /** Ends them all with DeliveryStopped. */
  stop(): void {
    this.isStopped = true;
    for (const end of this.ends) end.end(new DeliveryStopped());
  }
}
