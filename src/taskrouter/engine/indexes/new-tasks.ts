import BTree from 'sorted-btree';
import type { Task } from '../../model/entities';
import type { TaskOrder } from '../../model/statuses';
import { compareTasks } from '../rules/ordering';

/** A task that has just started to wait. */
interface NewTask {
  readonly task: Task;
  /** Whether it has just entered its target: only then is `skip_if` evaluated. */
  readonly arrived: boolean;
  readonly kind: string;
}

/**
 * Tasks that started to wait, or changed while they wait, in the present command, until it is known that no ready worker
 * matches them. One command can have 100,000 of them: each is examined once, the best first.
 */
export class NewTasks {
  private readonly tasks = new Map<string, NewTask>();
  /** Those that were not examined yet, by workspace and order of the queue. */
  private readonly unexamined = new Map<string, BTree<Task, undefined>>();

  add(task: Task, taskOrder: TaskOrder, arrived: boolean): void {
    const before = this.tasks.get(task.sid);
    if (before) this.examined(before.task);
    const kind = task.workspaceSid + taskOrder;
    this.tasks.set(task.sid, { task, arrived: arrived || before?.arrived === true, kind });
    let unexamined = this.unexamined.get(kind);
    if (!unexamined) {
      unexamined = new BTree<Task, undefined>(undefined, (left, right) =>
        compareTasks(taskOrder, left, right),
      );
      this.unexamined.set(kind, unexamined);
    }
    unexamined.set(task, undefined);
  }

  delete(sid: string): void {
    const found = this.tasks.get(sid);
    if (found) this.examined(found.task);
    this.tasks.delete(sid);
  }

  clear(): void {
    this.tasks.clear();
    this.unexamined.clear();
  }

  /** In the order in which they started to wait. Tasks that are added meanwhile come, too. */
  values(): Iterable<NewTask> {
    return this.tasks.values();
  }

  isExamined(task: Task): boolean {
    const kind = this.tasks.get(task.sid)?.kind ?? '';
    return this.unexamined.get(kind)?.has(task) !== true;
  }

  /** Remembers that no ready worker matches the task. A worker that becomes ready looks for tasks itself. */
  examined(task: Task): void {
    const kind = this.tasks.get(task.sid)?.kind ?? '';
    const unexamined = this.unexamined.get(kind);
    unexamined?.delete(task);
    if (unexamined?.size === 0) this.unexamined.delete(kind);
  }

  /** Tasks of one kind have an order. */
  kinds(): readonly string[] {
    return [...this.unexamined.keys()];
  }

  /** The best task of the kind that was not examined. */
  best(kind: string): Task | undefined {
    return this.unexamined.get(kind)?.minKey();
  }
}
