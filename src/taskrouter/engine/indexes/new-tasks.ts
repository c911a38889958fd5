import BTree from 'sorted-btree';
import type { Task } from '../../model/entities';
import type { TaskOrder } from '../../model/statuses';
import { compareTasks } from '../rules/ordering';

/** A task that has just started to wait. */
interface NewTask {
  readonly task: Task;
  /** Whether it has just entered its target: only then is `skip_if` evaluated. */
  readonly arrived: boolean;
  readonly taskOrder: TaskOrder;
}

const sorted = (taskOrder: TaskOrder) =>
  new BTree<Task, undefined>(undefined, (left, right) => compareTasks(taskOrder, left, right));

/**
 * Tasks that started to wait, or changed while they wait, in the present command, until it is known that no ready worker
 * matches them. One command can have 100,000 of them: each is examined once, the best first.
 */
export class NewTasks {
  private readonly tasks = new Map<string, NewTask>();
  /** Those that were not examined yet, by the order of their queue. */
  private readonly unexamined = { FIFO: sorted('FIFO'), LIFO: sorted('LIFO') };

  add(task: Task, taskOrder: TaskOrder, arrived: boolean): void {
    const before = this.tasks.get(task.sid);
    if (before) this.examined(before.task);
    this.tasks.set(task.sid, { task, arrived: arrived || before?.arrived === true, taskOrder });
    this.unexamined[taskOrder].set(task, undefined);
  }

  delete(sid: string): void {
    const found = this.tasks.get(sid);
    if (!found) return;
    this.unexamined[found.taskOrder].delete(found.task);
    this.tasks.delete(sid);
  }

  clear(): void {
    if (this.tasks.size === 0) return;
    this.tasks.clear();
    this.unexamined.FIFO.clear();
    this.unexamined.LIFO.clear();
  }

  /** In the order in which they started to wait. Tasks that are added meanwhile come, too. */
  values(): Iterable<NewTask> {
    return this.tasks.values();
  }

  isExamined(task: Task): boolean {
    const found = this.tasks.get(task.sid);
    return !found || !this.unexamined[found.taskOrder].has(task);
  }

  /** Remembers that no ready worker matches the task. A worker that becomes ready looks for tasks itself. */
  examined(task: Task): void {
    const found = this.tasks.get(task.sid);
    if (found) this.unexamined[found.taskOrder].delete(task);
  }

  /** The best task in queues with this order that was not examined. */
  best(taskOrder: TaskOrder): Task | undefined {
    return this.unexamined[taskOrder].minKey();
  }
}
