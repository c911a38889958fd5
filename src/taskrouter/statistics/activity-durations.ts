import type { Activity, Worker } from '../model/entities';
import { type DurationFigures, Durations } from './durations';
import type { Fact } from './fact';
import { isStay } from './our-choices';
import type { StatisticsWindow } from './window';

export interface ActivityDuration extends DurationFigures {
  readonly sid: string;
  readonly friendlyName: string;
}

/**
 * How long workers were in each activity: the part within the window of each stay, ended or not. A stay that has ended
 * is known from the event of its end, even if that came after the window.
 * Source: https://www.twilio.com/docs/taskrouter/worker-statistics
 */
export class ActivityDurations {
  private readonly byActivity = new Map<string, Durations>();
  /** The last stay of each deleted worker; it began at an earlier event, or before the window. */
  private readonly lastStays = new Map<string, { readonly activitySid: string; readonly end: number }>();

  constructor(
    private readonly window: StatisticsWindow,
    private readonly now: number,
  ) {}

  /** Adds the present stay of an existing worker. */
  addWorker({ activitySid, dateStatusChanged }: Worker): void {
    this.addStay(activitySid, dateStatusChanged, this.now);
  }

  /** @param fact about a worker, from the start of the window until now, newest first */
  addFact({ type, date, workerSid = '', leftSid = '', stayMs }: Fact): void {
    if (type === 'worker.deleted') {
      this.lastStays.set(workerSid, { activitySid: leftSid, end: date });
      return;
    }
    this.beginLastStay(workerSid, date);
    if (type === 'worker.activity.update') this.addStay(leftSid, date - stayMs, date);
  }

  /** The figures of each of these activities; deleted activities are left out (our choice). */
  figures(activities: readonly Activity[]): ActivityDuration[] {
    for (const workerSid of [...this.lastStays.keys()]) this.beginLastStay(workerSid, this.window.from);
    return activities.map(({ sid, friendlyName }) => ({
      sid,
      friendlyName,
      ...(this.byActivity.get(sid) ?? new Durations()).figures(),
    }));
  }

  private beginLastStay(workerSid: string, begin: number): void {
    const stay = this.lastStays.get(workerSid);
    if (!stay) return;
    this.lastStays.delete(workerSid);
    this.addStay(stay.activitySid, begin, stay.end);
  }

  private addStay(activitySid: string, begin: number, end: number): void {
    const milliseconds = Math.min(end, this.window.to) - Math.max(begin, this.window.from);
    if (!isStay(milliseconds)) return;
    const durations = this.byActivity.get(activitySid) ?? new Durations();
    durations.add(milliseconds);
    this.byActivity.set(activitySid, durations);
  }
}
