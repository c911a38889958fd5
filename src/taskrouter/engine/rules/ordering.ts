import type { OrderBy } from '../../../language/order-by';
import type { Attributes, Task, Worker } from '../../model/entities';
import type { TaskOrder } from '../../model/statuses';

/**
 * The order of two tasks in a queue.
 * FIFO: higher priority first, then the earlier virtual start time; LIFO: newest first, priority ignored.
 * Source: https://www.twilio.com/docs/taskrouter/queue-ordering-last-first-out-lifo; ties by date, then by order of
 * creation (our choice).
 */
export function compareTasks(order: TaskOrder, left: Task, right: Task): number {
  if (order === 'LIFO') return compareAge(right, left);
  return right.priority - left.priority || compareAge(left, right);
}

function compareAge(left: Task, right: Task): number {
  return (
    left.virtualStartTime - right.virtualStartTime ||
    left.dateCreated - right.dateCreated ||
    left.sequence - right.sequence
  );
}

/**
 * Since when a worker counts as idle: the creation of its last reservation. Before its first one: its creation or its
 * last change to an available activity, whichever is later (our choice for "longest without a task").
 */
export function idleSince(worker: Worker, channelReservedTime: number | null | undefined): number {
  return (
    (channelReservedTime === undefined ? worker.lastReservedTime : channelReservedTime) ??
    worker.availableSince
  );
}

/**
 * The workers in the order of the clauses; ties keep their order. Workers without the attribute come last in both
 * directions. If any candidate has a value that is not an integer, the order is ignored (our choice).
 */
export function orderWorkers(workers: readonly Worker[], orderBy: OrderBy): readonly Worker[] {
  const keyed = workers.map((worker) => ({
    worker,
    keys: orderBy.map(({ path }) => valueAt(worker.attributes, path)),
  }));
  const sortable = keyed.every(({ keys }) => keys.every((key) => key == null || Number.isInteger(key)));
  if (!sortable) return workers;
  keyed.sort((left, right) => {
    for (const [index, { direction }] of orderBy.entries()) {
      const order = compareKeys(left.keys[index], right.keys[index], direction);
      if (order) return order;
    }
    return 0;
  });
  return keyed.map(({ worker }) => worker);
}

function compareKeys(left: unknown, right: unknown, direction: 1 | -1): number {
  if (left == null || right == null) return Number(left == null) - Number(right == null);
  return direction * ((left as number) - (right as number));
}

/** The value at a path of the attributes; undefined if there is none. */
export function valueAt(attributes: Attributes, path: readonly string[]): unknown {
  let value: unknown = attributes.value;
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}
