import type { InvokeFunction } from './function-client';
import { isLifecycleResponse, type LifecycleEvent, type LifecycleResponse } from './lifecycle-response';

/** The events of tasks, by sid. */
export type Timelines = ReadonlyMap<string, readonly LifecycleEvent[]>;

/**
 * Keeps the events of the tasks that somebody looks into. `/lifecycle` tells the newest events of all tasks; those of
 * one task are asked for when it is opened and whenever it has changed, and not otherwise.
 */
export class TimelineLoader {
  /** What was known of each task when it was last asked for; undefined when that has to be done again. */
  readonly #seen = new Map<string, string | undefined>();
  #timelines: Timelines = new Map();

  constructor(
    private readonly call: InvokeFunction,
    private readonly changed: (timelines: Timelines) => void,
  ) {}

  open(taskSid: string, lifecycle: LifecycleResponse | null): void {
    this.#seen.set(taskSid, undefined);
    if (lifecycle) this.update(lifecycle);
  }

  close(taskSid: string): void {
    this.#seen.delete(taskSid);
    this.#set([...this.#timelines].filter(([sid]) => sid !== taskSid));
  }

  /** To be called with every good answer of /lifecycle. */
  update(lifecycle: LifecycleResponse): void {
    for (const [taskSid, seen] of this.#seen) {
      const now = stateOf(lifecycle, taskSid);
      if (now === seen) continue;
      this.#seen.set(taskSid, now);
      void this.#read(taskSid);
    }
  }

  async #read(taskSid: string): Promise<void> {
    const { status, body } = await this.call('lifecycle', { task_sid: taskSid });
    if (!this.#seen.has(taskSid)) return;
    if (status === 200 && isLifecycleResponse(body)) this.#set([...this.#timelines, [taskSid, body.events]]);
    else this.#seen.set(taskSid, undefined);
  }

  #set(timelines: Iterable<readonly [string, readonly LifecycleEvent[]]>): void {
    this.#timelines = new Map(timelines);
    this.changed(this.#timelines);
  }
}

/** Differs when something happened to the task. */
function stateOf({ tasks, reservations }: LifecycleResponse, taskSid: string): string {
  const task = tasks.find(({ task_sid }) => task_sid === taskSid);
  const offers = reservations.filter(({ task_sid }) => task_sid === taskSid);
  return JSON.stringify([
    task?.assignment_status,
    task?.date_updated,
    offers.map(({ reservation_sid, reservation_status }) => [reservation_sid, reservation_status]),
  ]);
}
