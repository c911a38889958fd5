import type { VirtualClock } from '../system/virtual-clock';
import { isFinished } from '../taskrouter/engine/rules/transitions';
import { taskStatuses } from '../taskrouter/model/statuses';
import type { TaskRouter } from '../taskrouter/taskrouter';
import type { TaskStatus } from './contract';
import type { Records } from './records';
import type { InProcess } from './start-in-process';
import { taskStory } from './task-story';

interface Wait {
  readonly taskSid: string;
  readonly status: TaskStatus;
  readonly timeoutSeconds?: number | undefined;
}

/** Our choice: virtual seconds cost nothing, and TaskRouter cancels a task that is not accepted after a day. */
const defaultTimeoutSeconds = { virtual: 86_400, system: 5 };

/** Null if the task reached the status; otherwise why the wait ended. */
type WaitEnding = string | null;

/**
 * Resolves with the sid of the task's workspace once the task has this status or passes through it.
 * @throws Error that lists what happened to the task instead
 */
export async function waitForStatus(
  { service, clock }: InProcess,
  records: Records,
  wait: Wait,
): Promise<string> {
  const { taskRouter } = service;
  if (!taskStatuses.includes(wait.status)) {
    throw new TypeError(`Unknown task status '${wait.status}'. Valid statuses: ${taskStatuses.join(', ')}`);
  }
  const task = taskRouter.view.find('tasks', wait.taskSid);
  if (!task) throw new Error(`Task ${wait.taskSid} does not exist.`);
  const watch = new TaskWatch(taskRouter, wait);
  const ending = clock ? await waitByAdvancing(watch, clock, wait) : await waitInRealTime(watch, wait);
  watch.end();
  if (ending !== null) throw new Error(taskStory(taskRouter, records, wait, ending));
  return task.workspaceSid;
}

async function waitByAdvancing(watch: TaskWatch, clock: VirtualClock, wait: Wait): Promise<WaitEnding> {
  const { timeoutSeconds = defaultTimeoutSeconds.virtual } = wait;
  const end = clock.now() + timeoutSeconds * 1000;
  if (!watch.reached) await clock.advance(0);
  while (!watch.reached) {
    if (watch.isFinal) return 'it cannot change anymore';
    if ((await clock.advanceToNext(end)) !== null) continue;
    return clock.next() === null
      ? 'there are no more deadlines'
      : `there are no more deadlines within ${timeoutSeconds} s`;
  }
  return null;
}

async function waitInRealTime(watch: TaskWatch, wait: Wait): Promise<WaitEnding> {
  const { timeoutSeconds = defaultTimeoutSeconds.system } = wait;
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    watch.wake();
  }, timeoutSeconds * 1000);
  while (!watch.reached && !watch.isFinal && !timedOut) await watch.changed();
  clearTimeout(timer);
  if (watch.reached) return null;
  return timedOut ? `the wait timed out after ${timeoutSeconds} s` : 'it cannot change anymore';
}

/** Watches every commit, so that it also notices a status that the task has only briefly. */
class TaskWatch {
  reached: boolean;
  /** Called after the next commit. */
  wake: () => void = () => undefined;
  readonly end: () => void;

  constructor(
    private readonly taskRouter: TaskRouter,
    private readonly wait: Wait,
  ) {
    this.reached = this.task?.status === wait.status;
    this.end = taskRouter.onCommit(({ changes }) => {
      const isTask = ({ table, sid }: { table: string; sid: string }) =>
        table === 'tasks' && sid === wait.taskSid;
      this.reached ||= changes.some((change) => isTask(change) && statusOf(change.after) === wait.status);
      this.wake();
    });
  }

  get isFinal(): boolean {
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
