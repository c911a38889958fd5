import type { LifecycleResponse, Worker } from './lifecycle-response';

/** A task that a worker is offered, has, or wraps up. */
interface CurrentTask {
  readonly task_sid: string;
  /** What the worker does with it, such as `has`. */
  readonly text: string;
}

export interface WorkerLoad {
  readonly tasks: readonly CurrentTask[];
  /** Units of capacity in use, by the unique name of the task channel. */
  readonly capacityInUse: ReadonlyMap<string, number>;
}

/**
 * A reservation takes one unit of capacity until it ends (https://www.twilio.com/docs/taskrouter/multitasking). These
 * are the statuses in which it has not ended.
 */
const activeStatuses: Readonly<Record<string, string>> = {
  pending: 'is offered',
  accepted: 'has',
  wrapping: 'is wrapping up',
};

const noLoad: WorkerLoad = { tasks: [], capacityInUse: new Map() };

/** @returns the load of a worker */
export function workerLoads({ reservations, tasks }: LifecycleResponse): (worker: Worker) => WorkerLoad {
  const channels = new Map(tasks.map(({ task_sid, task_channel }) => [task_sid, task_channel]));
  const loads = new Map<string, { tasks: CurrentTask[]; capacityInUse: Map<string, number> }>();
  for (const { worker_sid, reservation_status, task_sid } of reservations) {
    const text = activeStatuses[reservation_status];
    if (text === undefined || worker_sid === null) continue;
    const load = loads.get(worker_sid) ?? { tasks: [], capacityInUse: new Map<string, number>() };
    loads.set(worker_sid, load);
    const channel = channels.get(task_sid) ?? 'default';
    load.tasks.push({ task_sid, text });
    load.capacityInUse.set(channel, (load.capacityInUse.get(channel) ?? 0) + 1);
  }
  return ({ worker_sid }) => loads.get(worker_sid) ?? noLoad;
}

/** Sorted by name, so that the order does not change between two responses. */
export function byName<W extends { readonly worker_name: string }>(workers: readonly W[]): W[] {
  return workers.toSorted((one, other) => one.worker_name.localeCompare(other.worker_name));
}
