import type { InvokeFunction } from './function-client';
import { isLifecycleResponse, type LifecycleEvent, type LifecycleResponse } from './lifecycle-response';

/** The events of tasks, by the sid of the task. */
export type Timelines = ReadonlyMap<string, readonly LifecycleEvent[]>;

/**
 * Loads the events of the tasks whose details are open. `/lifecycle` contains only the newest events of all tasks, so
 * those of one task are requested when its details are opened and after each change of the task.
 */
export class TimelineLoader {
  /** The fingerprint of each open task at its last request; undefined if it must be requested again. */
  readonly #requested = new Map<string, string | undefined>();
  #timelines: Timelines = new Map();

  constructor(
    private readonly invoke: InvokeFunction,
    private readonly onChange: (timelines: Timelines) => void,
  ) {}

  open(taskSid: string, lifecycle: LifecycleResponse | null): void {
    this.#requested.set(taskSid, undefined);
    if (lifecycle) this.update(lifecycle);
  }

  close(taskSid: string): void {
    this.#requested.delete(taskSid);
    this.#set([...this.#timelines].filter(([sid]) => sid !== taskSid));
  }

  /** To be called with every successful response of /lifecycle. */
  update(lifecycle: LifecycleResponse): void {
    for (const [taskSid, requested] of this.#requested) {
      const current = fingerprint(lifecycle, taskSid);
      if (current === requested) continue;
      this.#requested.set(taskSid, current);
      void this.#load(taskSid);
    }
  }

  async #load(taskSid: string): Promise<void> {
    const { status, body } = await this.invoke('lifecycle', { task_sid: taskSid });
    if (!this.#requested.has(taskSid)) return;
    if (status === 200 && isLifecycleResponse(body)) this.#set([...this.#timelines, [taskSid, body.events]]);
    else this.#requested.set(taskSid, undefined);
  }

  #set(timelines: Iterable<readonly [string, readonly LifecycleEvent[]]>): void {
    this.#timelines = new Map(timelines);
    this.onChange(this.#timelines);
  }
}

/** Changes whenever something happens to the task. */
function fingerprint({ tasks, reservations }: LifecycleResponse, taskSid: string): string {
  const task = tasks.find(({ task_sid }) => task_sid === taskSid);
  const offers = reservations.filter(({ task_sid }) => task_sid === taskSid);
  return JSON.stringify([
    task?.assignment_status,
    task?.date_updated,
    offers.map(({ reservation_sid, reservation_status }) => [reservation_sid, reservation_status]),
  ]);
}
