import { DetailLoader } from './detail-loader';
import type { InvokeFunction } from './function-client';
import { isLifecycleResponse, type LifecycleEvent, type LifecycleResponse } from './lifecycle-response';

/** The events of tasks, by the sid of the task. */
export type Timelines = ReadonlyMap<string, readonly LifecycleEvent[]>;

/**
 * Loads the events of the tasks whose details are open. `/lifecycle` contains only the newest events of all tasks, so
 * those of one task are requested when its details are opened and after each change of the task.
 */
export class TimelineLoader extends DetailLoader<readonly LifecycleEvent[]> {
  constructor(
    private readonly invoke: InvokeFunction,
    onChange: (timelines: Timelines) => void,
  ) {
    super(onChange);
  }

  protected override async read(task_sid: string): Promise<readonly LifecycleEvent[] | undefined> {
    const { status, body } = await this.invoke('lifecycle', { task_sid });
    return status === 200 && isLifecycleResponse(body) ? body.events : undefined;
  }

  /** Changes whenever something happens to the task. */
  protected override fingerprint({ tasks, reservations }: LifecycleResponse, taskSid: string): string {
    const task = tasks.find(({ task_sid }) => task_sid === taskSid);
    const offers = reservations.filter(({ task_sid }) => task_sid === taskSid);
    return JSON.stringify([
      task?.assignment_status,
      task?.date_updated,
      offers.map(({ reservation_sid, reservation_status }) => [reservation_sid, reservation_status]),
    ]);
  }
}
