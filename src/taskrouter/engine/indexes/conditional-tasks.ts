import BTree from 'sorted-btree';
import { RequirementIndex } from '../../../language/requirement-index';
import type { Task } from '../../model/entities';
import { conditionOf, requirementsOfTarget } from '../rules/target-conditions';
import type { Target } from '../rules/workflow-configuration';

type Tasks = BTree<Task, undefined>;

/**
 * Tasks that only some workers may be offered, in a queue's order. Tasks that are alike to every worker are kept together:
 * a worker is compared with the first of them, and only if it fulfills what they require. So a worker that becomes
 * available does not go through 100,000 tasks.
 */
export class ConditionalTasks {
  private readonly byCondition = new Map<string, Tasks>();
  private readonly byRequirement = new RequirementIndex<Tasks>();

  constructor(private readonly compare: (left: Task, right: Task) => number) {}

  get size(): number {
    return this.byCondition.size;
  }

  add(task: Task, target: Target | null): void {
    const condition = conditionOf(task, target);
    let tasks = this.byCondition.get(condition);
    if (!tasks) {
      tasks = new BTree<Task, undefined>(undefined, this.compare);
      this.byCondition.set(condition, tasks);
      this.byRequirement.add(tasks, requirementsOfTarget(task, target));
    }
    tasks.set(task, undefined);
  }

  delete(task: Task, target: Target | null): void {
    const condition = conditionOf(task, target);
    const tasks = this.byCondition.get(condition);
    tasks?.delete(task);
    if (tasks?.size !== 0) return;
    this.byCondition.delete(condition);
    this.byRequirement.delete(tasks);
  }

  /** The first task of each kind that a worker with this document might be offered. */
  *candidates(document: object): Iterable<Task> {
    for (const kinds of [this.byRequirement.filedFor(document), this.byRequirement.unfiled]) {
      for (const tasks of kinds) {
        const first = tasks.minKey();
        if (first) yield first;
      }
    }
  }

  /** All tasks, in order within each kind. */
  *kinds(): Iterable<Iterable<Task>> {
    for (const tasks of this.byCondition.values()) yield tasks.keys();
  }
}
