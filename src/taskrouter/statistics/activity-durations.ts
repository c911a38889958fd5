import type { View } from '../engine/state/view';
import type { Worker } from '../model/entities';
import type { EventType } from '../model/event-types';
import type { TaskRouterEvent } from '../model/events';
import { type DurationFigures, Durations } from './durations';
import { isStay } from './our-choices';
import type { StatisticsWindow } from './window';

export interface ActivityDuration extends DurationFigures {
  readonly sid: string;
  readonly friendlyName: string;
}

export const workerTypes = [
  'worker.created',
  'worker.activity.update',
  'worker.deleted',
] as const satisfies readonly EventType[];

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

  /** @param event of one of `workerTypes`, from the start of the window until now, newest first */
  addEvent({ type, date, fields }: TaskRouterEvent): void {
    const workerSid = fields.WorkerSid ?? '';
    if (type === 'worker.deleted') {
      this.lastStays.set(workerSid, { activitySid: fields.WorkerActivitySid ?? '', end: date });
      return;
    }
    this.beginLastStay(workerSid, date);
    if (type !== 'worker.activity.update') return;
    const milliseconds = Number(fields.WorkerTimeInPreviousActivityMs);
    this.addStay(fields.WorkerPreviousActivitySid ?? '', date - milliseconds, date);
  }

  /** The figures of each activity of the workspace; deleted activities are left out (our choice). */
  figures(view: View, workspaceSid: string): ActivityDuration[] {
    for (const workerSid of [...this.lastStays.keys()]) this.beginLastStay(workerSid, this.window.from);
    return Array.from(view.all('activities', workspaceSid), ({ sid, friendlyName }) => ({
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
