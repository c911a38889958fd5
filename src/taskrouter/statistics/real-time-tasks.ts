import type { Slices } from '../../common/slices';
import { wholeSeconds } from '../engine/event-fields';
import type { View } from '../engine/state/view';
import type { Task } from '../model/entities';
import { type ChannelName, taskChannelTest } from './channel';
import { countedStatuses, isWaitingForAcceptance, noTaskWaiting } from './our-choices';

/** `age` in whole seconds. */
interface WaitingTask {
  readonly sid: string | null;
  readonly age: number;
}

type CountedStatus = (typeof countedStatuses)[number];

/** The present tasks of a workspace, workflow, or queue. */
export interface TaskFigures {
  readonly tasksByStatus: Readonly<Record<CountedStatus, number>>;
  /** Waiting tasks by priority. */
  readonly tasksByPriority: Readonly<Record<string, number>>;
  readonly totalTasks: number;
  /** Since creation. */
  readonly longestWaiting: WaitingTask;
  /** Since it entered its queue. */
  readonly longestInQueue: WaitingTask;
}

class TaskCounts {
  private readonly byStatus: Record<CountedStatus, number> = {
    reserved: 0,
    pending: 0,
    assigned: 0,
    wrapping: 0,
  };
  private readonly byPriority: Record<string, number> = {};
  private total = 0;
  private oldest: Task | undefined;
  private longestInQueue: Task | undefined;

  /** Tasks are added in order of creation: of equally old ones the first counts. */
  add(task: Task): void {
    if (!isCounted(task.status)) return;
    this.byStatus[task.status] += 1;
    this.total += 1;
    if (!isWaitingForAcceptance(task)) return;
    this.byPriority[task.priority] = (this.byPriority[task.priority] ?? 0) + 1;
    if (!this.oldest || task.dateCreated < this.oldest.dateCreated) this.oldest = task;
    if (!this.longestInQueue || task.taskQueueEnteredDate < this.longestInQueue.taskQueueEnteredDate)
      this.longestInQueue = task;
  }

  figures(now: number): TaskFigures {
    return {
      tasksByStatus: this.byStatus,
      tasksByPriority: this.byPriority,
      totalTasks: this.total,
      longestWaiting: waiting(this.oldest, this.oldest?.dateCreated, now),
      longestInQueue: waiting(this.longestInQueue, this.longestInQueue?.taskQueueEnteredDate, now),
    };
  }
}

function waiting(task: Task | undefined, since: number | undefined, now: number): WaitingTask {
  return task === undefined || since === undefined
    ? noTaskWaiting
    : { sid: task.sid, age: wholeSeconds(since, now) };
}

const isCounted = (status: Task['status']): status is CountedStatus =>
  (countedStatuses as readonly string[]).includes(status);

export interface TasksRequest {
  readonly workspaceSid: string;
  readonly taskChannel: ChannelName;
}

/**
 * Counts the workspace's tasks, as of the moment of the call, in one pass, grouped by `keyOf`. Returns the figures by key,
 * with zeros for a key without tasks.
 * @param now Unix milliseconds
 */
export async function countTasks(
  slices: Slices,
  view: View,
  { workspaceSid, taskChannel }: TasksRequest,
  keyOf: (task: Task) => string,
  now: number,
): Promise<(key: string) => TaskFigures> {
  const countsByKey = new Map<string, TaskCounts>();
  const isOn = taskChannelTest(taskChannel, view, workspaceSid);
  // Tasks are values: what changes meanwhile is another task object.
  await slices.each([...view.all('tasks', workspaceSid)], (task) => {
    if (!isOn(task)) return;
    const key = keyOf(task);
    let counts = countsByKey.get(key);
    if (!counts) {
      counts = new TaskCounts();
      countsByKey.set(key, counts);
    }
    counts.add(task);
  });
  return (key) => (countsByKey.get(key) ?? new TaskCounts()).figures(now);
}
