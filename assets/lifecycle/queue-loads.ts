import type { LifecycleResponse, Task, TaskQueue } from './lifecycle-response';

/** How busy a queue is. */
export interface QueueLoad {
  readonly queue: TaskQueue;
  readonly waiting: number;
  /** In s; 0 when nothing waits. */
  readonly longestWait: number;
  /** Tasks whose worker is asked. */
  readonly offered: number;
  /** Tasks that workers have, wrapping up included. */
  readonly inProgress: number;
}

export function queueLoads({ task_queues, tasks }: LifecycleResponse): QueueLoad[] {
  return [...task_queues]
    .sort((one, other) => one.task_queue_name.localeCompare(other.task_queue_name))
    .map((queue) =>
      loadOf(
        queue,
        tasks.filter((task) => task.task_queue_sid === queue.task_queue_sid),
      ),
    );
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

/** How long a task waits in its queue, in s, by TaskRouter's own clock, which need not be that of this computer. */
function waitOf({ age, date_created, task_queue_entered_date }: Task): number {
  const entered = task_queue_entered_date === null ? Number.NaN : Date.parse(task_queue_entered_date);
  const before = (entered - Date.parse(date_created)) / 1000;
  return Math.max(0, Number.isFinite(before) ? age - before : age);
}
