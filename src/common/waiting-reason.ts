/** The workers who are known to a reader of REST: those of the task's queue, or all of the workspace. */
export interface KnownWorkers {
  readonly of: 'task queue' | 'workspace';
  readonly count: number;
  /** How many of them are in an available activity. */
  readonly available: number;
}

/**
 * Why a task waits, as a clause, if its workers alone explain it. REST does not show what keeps an available worker from
 * a task: their capacity, another offer, or the expression or known worker of the workflow's target. Then it is undefined.
 */
export function waitingReason(workers: KnownWorkers, taskQueueName: string | null): string | undefined {
  if (workers.available > 0) return undefined;
  if (workers.of === 'workspace') {
    return workers.count === 0 ? 'the workspace has no workers' : 'no worker is available';
  }
  return workers.count === 0
    ? `no worker matches the task queue "${taskQueueName ?? ''}"`
    : 'no available worker is eligible';
}
