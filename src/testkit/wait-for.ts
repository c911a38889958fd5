import type { VirtualClock } from '../system/virtual-clock';
import { isFinished } from '../taskrouter/engine/rules/transitions';
import { taskStatuses } from '../taskrouter/model/statuses';
import type { TaskRouter } from '../taskrouter/taskrouter';
import type { TaskStatus } from './contract';
import type { Records } from './records';
import type { InProcess } from './start-in-process';
import { taskStory } from './task-story';

export interface Wait {
  readonly taskSid: string;
  readonly status: TaskStatus;
  readonly timeoutSeconds?: number | undefined;
}

/** Seconds. Our choice: virtual ones cost nothing, and a task that nobody takes is canceled after a day. */
const usualTimeout = { virtual: 86_400, system: 5 };

/** Null when the status was reached, else why no more was waited for. */
type WaitEnding = string | null;

/**
 * Resolves with the sid of the task's workspace once the task has this status or passes through it.
 * @throws Error which tells what became of the task instead
 */
export async function waitForStatus(
  { service, clock }: InProcess,
  records: Records,
  wait: Wait,
): Promise<string> {
  const { taskRouter } = service;
  if (!taskStatuses.includes(wait.status)) {
    throw new TypeError(`${wait.status} is no status of a task; there are ${taskStatuses.join(', ')}`);
  }
  const task = taskRouter.view.find('tasks', wait.taskSid);
  if (!task) throw new Error(`There is no task ${wait.taskSid}.`);
  const watch = new TaskWatch(taskRouter, wait);
  const ending = clock ? await advancing(watch, clock, wait) : await standingBy(watch, wait);
  watch.end();
  if (ending !== null) throw new Error(taskStory(taskRouter, records, wait, ending));
  return task.workspaceSid;
}

async function advancing(watch: TaskWatch, clock: VirtualClock, wait: Wait): Promise<WaitEnding> {
  const { timeoutSeconds = usualTimeout.virtual } = wait;
  const end = clock.now() + timeoutSeconds * 1000;
  if (!watch.reached) await clock.advance(0);
  while (!watch.reached) {
    if (watch.isOver) return 'nothing more will become of it';
    if ((await clock.advanceToNext(end)) !== null) continue;
    return clock.next() === null
      ? 'nothing will happen by itself any more'
      : `nothing more happens within ${timeoutSeconds} s`;
  }
  return null;
}

async function standingBy(watch: TaskWatch, wait: Wait): Promise<WaitEnding> {
  const { timeoutSeconds = usualTimeout.system } = wait;
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    watch.wake();
  }, timeoutSeconds * 1000);
  while (!watch.reached && !watch.isOver && !isLate) await watch.changed();
  clearTimeout(timer);
  if (watch.reached) return null;
  return isLate ? `${timeoutSeconds} s have passed` : 'nothing more will become of it';
}

/** Sees every commit, so that a status which is passed through between two steps is seen as well. */
class TaskWatch {
  reached: boolean;
  /** Called at the next change of anything. */
  wake: () => void = () => undefined;
  readonly end: () => void;

  constructor(
    private readonly taskRouter: TaskRouter,
    private readonly wait: Wait,
  ) {
    this.reached = this.task?.status === wait.status;
    this.end = taskRouter.onCommit(({ changes }) => {
      const isIt = ({ table, sid }: { table: string; sid: string }) =>
        table === 'tasks' && sid === wait.taskSid;
      this.reached ||= changes.some((change) => isIt(change) && statusOf(change.after) === wait.status);
      this.wake();
    });
  }

  get isOver(): boolean {
    return !this.task || isFinished(this.task.status);
  }

  changed(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }

  private get task() {
    return this.taskRouter.view.find('tasks', this.wait.taskSid);
  }
}

const statusOf = (row: object | undefined) => (row as { status?: unknown } | undefined)?.status;
