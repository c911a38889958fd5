import type { CommandContext } from '../command-context';
import type { Deadline, DeadlineKind } from '../indexes/deadlines';
import { expireReservation } from '../rules/reservation-lifecycle';
import { leaveTarget } from '../rules/routing';
import { cancelTask, deleteTask, forgetTask } from '../rules/task-lifecycle';

type Effect = (turn: CommandContext, sid: string) => void;

/** What happens when each kind of deadline has come. Each changes its row so that the deadline is gone. */
const effects: Record<DeadlineKind, Effect> = {
  'reservation-timeout': (turn, sid) => expireReservation(turn, turn.state.get('reservations', sid)),
  'task-time-to-live': (turn, sid) => {
    const reason = 'Task TTL Exceeded';
    cancelTask(turn, turn.state.get('tasks', sid), reason, reason);
  },
  'target-timeout': (turn, sid) => leaveTarget(turn, turn.state.get('tasks', sid), 'timeout'),
  'offer-again': (turn, sid) => {
    turn.changeTask(turn.state.get('tasks', sid), { heldUntil: null });
  },
  // https://www.twilio.com/docs/taskrouter/limits: a task may be assigned for a day.
  'assigned-limit': (turn, sid) => deleteTask(turn, turn.state.get('tasks', sid), 'task.system-deleted'),
  retention: (turn, sid) => forgetTask(turn, turn.state.get('tasks', sid)),
};

export function meetDeadline(turn: CommandContext, deadline: Deadline): void {
  effects[deadline.kind](turn, deadline.sid);
}
