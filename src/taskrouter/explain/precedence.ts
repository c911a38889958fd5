import type { OrderBy } from '../../language/order-by';
import { compareByAttributes, valueAt } from '../engine/rules/ordering';
import type { Task, Worker } from '../model/entities';
import type { ExplainedState } from './explained-state';
import { exactTimeText } from './time-text';

/** Why one worker is offered a task before another. */
export interface Precedence {
  /** What is said of the first worker, and of several first workers. */
  readonly was: string;
  readonly were: string;
  /** What is said of the other worker. */
  readonly message: string;
}

/** Why `first` comes before `other`, by the first rule that tells them apart. */
export function precedence(
  state: ExplainedState,
  task: Task,
  orderBy: OrderBy | null,
  [first, other]: readonly [first: Worker, other: Worker],
): Precedence {
  const deciding = orderBy?.find((clause) => compareByAttributes(first, other, [clause]) !== 0);
  if (orderBy && deciding) return byAttribute(orderBy, deciding, first, other);
  const [since, otherSince] = [first, other].map((worker) =>
    state.routing.idleSince(worker, task.taskChannelSid),
  ) as [number, number];
  return since === otherSince ? byCreation(first) : byIdleTime(first, since, otherSince);
}

function byAttribute(orderBy: OrderBy, { path }: OrderBy[number], first: Worker, other: Worker): Precedence {
  const order = orderBy.map(
    ({ path: each, direction }) => `${nameOf(each)} ${direction === 1 ? 'ASC' : 'DESC'}`,
  );
  const came = `came first by ${order.join(', ')}`;
  const values = [other, first].map(({ attributes }) => JSON.stringify(valueAt(attributes, path) ?? null));
  const message = `comes later by ${order.join(', ')}: ${nameOf(path)} is ${values[0]}, and ${values[1]} for ${first.friendlyName}`;
  return { was: came, were: came, message };
}

const nameOf = (path: readonly string[]) => `worker.${path.join('.')}`;

const byIdleTime = ({ friendlyName }: Worker, since: number, otherSince: number): Precedence => ({
  was: 'was idle longest',
  were: 'were idle longest',
  message: `was idle only since ${exactTimeText(otherSince)}, ${friendlyName} since ${exactTimeText(since)}`,
});

/** Our choice, as in the order of workers. */
const byCreation = ({ friendlyName }: Worker): Precedence => ({
  was: 'was created first, and is idle as long as the next one',
  were: 'were created first, and are idle as long as the next one',
  message: `was created after ${friendlyName}, and is idle as long`,
});
