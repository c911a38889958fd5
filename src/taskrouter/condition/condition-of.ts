import type { Condition } from '../../doctor/condition';
import type { ExplainedState } from '../explain/explained-state';
import type { Journal } from '../inspector/journal';
import { openReservations } from './open-reservations';
import { openTasks } from './open-tasks';
import { alertsOf, callbacksOf } from './recent-entries';
import { waitingQueues } from './waiting-queues';

/** The condition of everything that an engine holds; without callbacks and alerts, which are not in the engine. */
export function conditionOfState(
  state: ExplainedState,
  target: Condition['target'],
): Omit<Condition, 'callbacks' | 'alerts'> {
  return {
    now: state.now,
    target,
    tasks: openTasks(state),
    reservations: openReservations(state),
    queues: waitingQueues(state),
  };
}

/** The condition of the local TaskRouter. */
export function localCondition(state: ExplainedState, journal: Journal): Condition {
  return {
    ...conditionOfState(state, 'local'),
    callbacks: callbacksOf(journal.callbacks.list()),
    alerts: alertsOf(journal.alerts.list()),
  };
}
