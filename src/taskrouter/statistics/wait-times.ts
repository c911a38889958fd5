import { Durations } from './durations';
import type { Fact } from './fact';
import { SplitByWaitTime } from './split-by-wait-time';

/**
 * How long tasks waited until they were accepted or canceled, in whole seconds: since creation (the task's age), or since
 * they entered the queue. Source: https://www.twilio.com/docs/taskrouter/api/taskqueue-statistics
 */
export class WaitTimes {
  readonly untilAccepted = new Durations();
  readonly untilCanceled = new Durations();
  readonly inQueueUntilAccepted = new Durations();
  readonly split: SplitByWaitTime;

  /** @param thresholds seconds */
  constructor(thresholds: readonly number[]) {
    this.split = new SplitByWaitTime(thresholds);
  }

  add({ type, age, ageInQueue }: Fact): void {
    if (type === 'reservation.accepted') {
      this.untilAccepted.add(age * 1000);
      this.inQueueUntilAccepted.add(ageInQueue * 1000);
      this.split.add('accepted', age);
    }
    if (type === 'task.canceled') {
      this.untilCanceled.add(age * 1000);
      this.split.add('canceled', age);
    }
  }
}
