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

type WithAttributes = Pick<Worker, 'attributes'>;

/** Whether the worker has integers, or nothing, where the clauses look. If any candidate has not, their order is ignored (our choice). */
export function hasOrder({ attributes }: WithAttributes, orderBy: OrderBy): boolean {
  return orderBy.every(({ path }) => {
    const value = valueAt(attributes, path);
    return value == null || Number.isInteger(value);
  });
}

/**
 * The order of two workers by the clauses; zero if it is the same. Workers without the attribute come last in both
 * directions. Source: https://www.twilio.com/docs/taskrouter/order-workers
 */
export function compareByAttributes(left: WithAttributes, right: WithAttributes, orderBy: OrderBy): number {
  for (const { path, direction } of orderBy) {
    const order = compareKeys(valueAt(left.attributes, path), valueAt(right.attributes, path), direction);
    if (order) return order;
  }
  return 0;
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
