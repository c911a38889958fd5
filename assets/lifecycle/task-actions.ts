import type { FunctionName, Parameters } from './function-client';
import type { Activity } from './lifecycle-response';
import { pendingReservations, type TaskView } from './task-views';

/** A button: what it says, and which Function it calls with what. */
export interface TaskAction {
  readonly label: string;
  readonly name: FunctionName;
  readonly parameters: Parameters;
  /** Takes the task on. */
  readonly primary: boolean;
  /** What else it does. */
  readonly hint?: string | undefined;
}

/**
 * Where a worker goes who rejects: one who stays available would be asked again at once. `Offline` is what a new
 * workspace calls it (https://www.twilio.com/docs/taskrouter/api/activity).
 */
export function activityAfterReject(activities: readonly Activity[]): Activity | undefined {
  const unavailable = activities.filter(({ available }) => !available);
  return unavailable.find(({ activity_name }) => activity_name === 'Offline') ?? unavailable[0];
}

/** What makes sense with a task as it is. The Function has the last word: the state may have changed meanwhile. */
export function taskActions(view: TaskView, afterReject?: Activity): TaskAction[] {
  const task_sid = view.task.task_sid;
  const move = (label: string, name: FunctionName, primary = false): TaskAction => {
    return { label, name, primary, parameters: { task_sid } };
  };
  switch (view.task.assignment_status) {
    case 'pending':
    case 'reserved':
      return [...replies(view, afterReject), move('Cancel', 'cancel-task')];
    case 'assigned':
      return [move('Wrap up', 'wrap-up-task', true), move('Complete', 'complete-task')];
    case 'wrapping':
      return [move('Complete', 'complete-task', true)];
    default:
      return [];
  }
}

/** Accept and reject for each worker who is asked, named where they are several. */
function replies(view: TaskView, afterReject: Activity | undefined): TaskAction[] {
  const task_sid = view.task.task_sid;
  const offers = pendingReservations(view);
  // An old offer may be missing here; without a reservation's sid the Function takes the pending one.
  const isUnknown = offers.length === 0 && view.task.assignment_status === 'reserved';
  if (isUnknown) return bothReplies({ task_sid }, '', afterReject);
  return offers.flatMap(({ reservation_sid, worker_name }) => {
    const whose = offers.length > 1 ? ` for ${worker_name ?? reservation_sid}` : '';
    return bothReplies({ task_sid, reservation_sid }, whose, afterReject);
  });
}

function bothReplies(parameters: Parameters, whose: string, afterReject: Activity | undefined): TaskAction[] {
  const activity = afterReject && { activity: afterReject.activity_sid };
  const hint =
    afterReject && `The worker goes ${afterReject.activity_name}, or would be asked again at once.`;
  return [
    { label: `Accept${whose}`, name: 'accept-reservation', parameters, primary: true },
    {
      label: `Reject${whose}`,
      name: 'reject-reservation',
      parameters: { ...parameters, ...activity },
      primary: false,
      hint,
    },
  ];
}
