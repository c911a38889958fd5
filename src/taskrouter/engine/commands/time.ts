import type { CommandContext } from '../command-context';
import type { Deadline, DeadlineKind } from '../indexes/deadlines';
import { expireReservation } from '../rules/reservation-lifecycle';
import { leaveTarget } from '../rules/routing';
import { cancelTask, deleteTask, forgetTask } from '../rules/task-lifecycle';

type Effect = (context: CommandContext, sid: string) => void;

/** The effect of each kind of deadline. Each changes its row so that the deadline is gone. */
const effects: Record<DeadlineKind, Effect> = {
  'reservation-timeout': (context, sid) => expireReservation(context, context.state.get('reservations', sid)),
  'task-time-to-live': (context, sid) => {
    const reason = 'Task TTL Exceeded';
    cancelTask(context, context.state.get('tasks', sid), reason, reason);
  },
  'target-timeout': (context, sid) => leaveTarget(context, context.state.get('tasks', sid), 'timeout'),
  'offer-again': (context, sid) => {
    context.changeTask({ ...context.state.get('tasks', sid), heldUntil: null });
  },
  // https://www.twilio.com/docs/taskrouter/limits: a task may be assigned for a day.
  'assigned-limit': (context, sid) =>
    deleteTask(context, context.state.get('tasks', sid), 'task.system-deleted'),
  retention: (context, sid) => forgetTask(context, context.state.get('tasks', sid)),
};

export function meetDeadline(context: CommandContext, deadline: Deadline): void {
  effects[deadline.kind](context, deadline.sid);
}
