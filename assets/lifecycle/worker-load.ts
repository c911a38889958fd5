import type { LifecycleResponse, Worker } from './lifecycle-response';

/** What a worker is at: a task that he is asked about, has, or wraps up. */
export interface Work {
  readonly task_sid: string;
  readonly words: string;
}

export interface WorkerLoad {
  readonly work: readonly Work[];
  /** Units of capacity in use, by the unique name of the task channel. */
  readonly use: ReadonlyMap<string, number>;
}

/**
 * A reservation takes one unit of capacity until it ends (https://www.twilio.com/docs/taskrouter/multitasking): these
 * are the statuses in which it has not ended.
 */
const live: Readonly<Record<string, string>> = {
  pending: 'is asked about',
  accepted: 'has',
  wrapping: 'wraps up',
};

/** What each worker is at, by sid; a worker who is at nothing is not among them. */
export function workerLoads({ reservations, tasks }: LifecycleResponse): Map<string, WorkerLoad> {
  const channels = new Map(tasks.map(({ task_sid, task_channel }) => [task_sid, task_channel]));
  const loads = new Map<string, { work: Work[]; use: Map<string, number> }>();
  for (const { worker_sid, reservation_status, task_sid } of reservations) {
    const words = live[reservation_status];
    if (words === undefined || worker_sid === null) continue;
    const load = loads.get(worker_sid) ?? { work: [] as Work[], use: new Map<string, number>() };
    loads.set(worker_sid, load);
    const channel = channels.get(task_sid) ?? 'default';
    load.work.push({ task_sid, words });
    load.use.set(channel, (load.use.get(channel) ?? 0) + 1);
  }
  return loads;
}

const nothing: WorkerLoad = { work: [], use: new Map() };

export function loadOf(loads: ReadonlyMap<string, WorkerLoad>, { worker_sid }: Worker): WorkerLoad {
  return loads.get(worker_sid) ?? nothing;
}
