import type { Condition, OpenTask } from '../doctor/condition';
import { conditionOfState } from '../taskrouter/condition/condition-of';
import type { TaskRouterClient } from '../workspace/client';
import { type AccountState, engineOf } from './account-state';
import { mapWithProgress } from './concurrently';
import { type ReadingProgress, readList } from './lists';
import type { AlertedCondition } from './monitor-alerts';

/** How often tasks were offered, by sid. */
export type OfferCounts = ReadonlyMap<string, number>;

/** The condition of a workspace of an account. What REST does not show counts as healthy. */
export function conditionOfAccount(
  state: AccountState,
  offers: OfferCounts,
  { callbacks, alerts }: AlertedCondition,
): Condition {
  const { view, routing } = engineOf(state);
  const condition = conditionOfState({ view, routing, now: state.now }, 'twilio');
  const withOffers = (task: OpenTask) => ({ ...task, offers: offers.get(task.sid) ?? task.offers });
  return { ...condition, tasks: condition.tasks.map(withOffers), callbacks, alerts };
}

/** Our choice, ms: no task can be offered 900 times sooner, as each offer takes a second. */
const countedAgeMs = 15 * 60 * 1000;
/** Our choice: of more pending tasks, only the oldest are counted, because each takes a request. */
const countedTasks = 50;

/**
 * How often tasks were offered, by their reservations: REST shows no number. Those of tasks that are not pending have
 * been read with the account.
 */
export async function readOfferCounts(
  client: TaskRouterClient,
  { workspaceSid, rows, now }: AccountState,
  onProgress: ReadingProgress,
): Promise<OfferCounts> {
  const counts = new Map<string, number>();
  for (const { taskSid } of rows.reservations) counts.set(taskSid, (counts.get(taskSid) ?? 0) + 1);
  const oldest = rows.tasks
    .filter(
      ({ sid, status, dateCreated }) =>
        status === 'pending' && !counts.has(sid) && now - dateCreated > countedAgeMs,
    )
    .sort((left, right) => left.dateCreated - right.dateCreated)
    .slice(0, countedTasks);
  const { tasks } = client.taskrouter.v1.workspaces(workspaceSid);
  await mapWithProgress('offers of tasks', oldest, onProgress, async ({ sid }) => {
    const reservations = await readList('', tasks(sid).reservations, () => undefined);
    counts.set(sid, reservations.length);
  });
  return counts;
}
