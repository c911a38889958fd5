import { groupBy } from '../../src/common/group-by';
import type { LifecycleResponse, Task, TaskQueue } from './lifecycle-response';

/** How busy a queue is. */
export interface QueueLoad {
  readonly queue: TaskQueue;
  readonly waiting: number;
  /** In seconds; 0 if no task waits. */
  readonly longestWait: number;
  /** Tasks that are offered to a worker. */
  readonly offered: number;
  /** Tasks that workers have, including those being wrapped up. */
  readonly inProgress: number;
}

/** The load of each queue, sorted by name. */
export function queueLoads({ task_queues, tasks }: LifecycleResponse): QueueLoad[] {
  const byQueue = groupBy(tasks, ({ task_queue_sid }) => task_queue_sid);
  return task_queues
    .toSorted((one, other) => one.task_queue_name.localeCompare(other.task_queue_name))
    .map((queue) => loadOf(queue, byQueue.get(queue.task_queue_sid) ?? []));
}

function loadOf(queue: TaskQueue, tasks: readonly Task[]): QueueLoad {
  const withStatus = (...statuses: string[]) =>
    tasks.filter(({ assignment_status }) => statuses.includes(assignment_status));
  const waiting = withStatus('pending');
  return {
    queue,
    waiting: waiting.length,
    longestWait: Math.max(0, ...waiting.map(waitOf)),
    offered: withStatus('reserved').length,
    inProgress: withStatus('assigned', 'wrapping').length,
  };
}

/** How long a task has waited in its queue, in seconds, by TaskRouter's clock, which may differ from the browser's. */
function waitOf({ age, date_created, task_queue_entered_date }: Task): number {
  const entered = task_queue_entered_date === null ? Number.NaN : Date.parse(task_queue_entered_date);
  const before = (entered - Date.parse(date_created)) / 1000;
  return Math.max(0, Number.isFinite(before) ? age - before : age);
}
