import type { FunctionName, Parameters } from './call-function';
import { pendingReservations, type TaskView } from './task-views';

/** A button: what it says, and which Function it calls with what. */
export interface TaskAction {
  readonly label: string;
  readonly name: FunctionName;
  readonly parameters: Parameters;
  /** Takes the task on. */
  readonly primary: boolean;
}

/** What makes sense with a task as it is. The Function has the last word: the state may have changed meanwhile. */
export function taskActions(view: TaskView): TaskAction[] {
  const task_sid = view.task.task_sid;
  const move = (label: string, name: FunctionName, primary = false): TaskAction => {
    return { label, name, primary, parameters: { task_sid } };
  };
  switch (view.task.assignment_status) {
    case 'pending':
    case 'reserved':
      return [...replies(view), move('Cancel', 'cancel-task')];
    case 'assigned':
      return [move('Wrap up', 'wrap-up-task', true), move('Complete', 'complete-task')];
    case 'wrapping':
      return [move('Complete', 'complete-task', true)];
    default:
      return [];
  }
}

/** Accept and reject for each worker who is asked, named where they are several. */
function replies(view: TaskView): TaskAction[] {
  const task_sid = view.task.task_sid;
  const offers = pendingReservations(view);
  if (offers.length === 0) return view.task.assignment_status === 'reserved' ? bothReplies({ task_sid }) : [];
  return offers.flatMap(({ reservation_sid, worker_name }) =>
    bothReplies(
      { task_sid, reservation_sid },
      offers.length > 1 ? ` for ${worker_name ?? reservation_sid}` : '',
    ),
  );
}

/** Without a reservation's sid, which an old offer may lack here, the Function takes the pending one. */
function bothReplies(parameters: Parameters, whose = ''): TaskAction[] {
  return [
    { label: `Accept${whose}`, name: 'accept-reservation', parameters, primary: true },
    { label: `Reject${whose}`, name: 'reject-reservation', parameters, primary: false },
  ];
}
