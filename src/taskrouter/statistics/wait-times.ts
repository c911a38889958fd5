import { wholeSeconds } from '../engine/event-fields';
import type { TaskRouterEvent } from '../model/events';
import { Durations } from './durations';
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

  add(event: TaskRouterEvent): void {
    if (event.type === 'reservation.accepted') {
      this.untilAccepted.add(ageOf(event) * 1000);
      this.inQueueUntilAccepted.add(ageInQueueOf(event) * 1000);
      this.split.add('accepted', ageOf(event));
    }
    if (event.type === 'task.canceled') {
      this.untilCanceled.add(ageOf(event) * 1000);
      this.split.add('canceled', ageOf(event));
    }
  }
}

const ageOf = ({ fields }: TaskRouterEvent): number => Number(fields.TaskAge);

const ageInQueueOf = ({ fields, date }: TaskRouterEvent): number =>
  wholeSeconds(Number(fields.TaskQueueEnteredDate) * 1000, date);
