import type { ActionName, Parameters } from './function-client';
import type { Activity } from './lifecycle-response';
import { pendingReservations, type TaskView } from './task-views';

/** A button: its label, and the Function it invokes with which parameters. */
interface TaskAction {
  readonly label: string;
  readonly name: ActionName;
  readonly parameters: Parameters;
  /** Whether it moves the task forward. */
  readonly primary: boolean;
  /** A side effect of the action. */
  readonly hint?: string | undefined;
}

/**
 * The activity of a worker after rejecting: an available worker would be offered the same task again at once.
 * `Offline` is its name in a new workspace (https://www.twilio.com/docs/taskrouter/api/activity).
 */
export function activityAfterReject(activities: readonly Activity[]): Activity | undefined {
  const unavailable = activities.filter(({ available }) => !available);
  return unavailable.find(({ activity_name }) => activity_name === 'Offline') ?? unavailable[0];
}

/** The actions that fit the state of a task. The Function decides in the end: the state may have changed. */
export function taskActions(view: TaskView, afterReject?: Activity): TaskAction[] {
  const task_sid = view.task.task_sid;
  const move = (label: string, name: ActionName, primary = false): TaskAction => {
    return { label, name, primary, parameters: { task_sid } };
  };
  switch (view.task.assignment_status) {
    case 'pending':
    case 'reserved':
      return [...offerActions(view, afterReject), move('Cancel', 'cancel-task')];
    case 'assigned':
      return [move('Wrap up', 'wrap-up-task', true), move('Complete', 'complete-task')];
    case 'wrapping':
      return [move('Complete', 'complete-task', true)];
    default:
      return [];
  }
}

/** Accept and reject for each worker with an offer. The labels name the worker if there are several. */
function offerActions(view: TaskView, afterReject: Activity | undefined): TaskAction[] {
  const task_sid = view.task.task_sid;
  const offers = pendingReservations(view);
  // The events of an old offer may be missing. Without a reservation sid, the Function finds the pending one.
  const isUnknown = offers.length === 0 && view.task.assignment_status === 'reserved';
  if (isUnknown) return acceptAndReject({ task_sid }, '', afterReject);
  return offers.flatMap(({ reservation_sid, worker_name }) => {
    const suffix = offers.length > 1 ? ` for ${worker_name ?? reservation_sid}` : '';
    return acceptAndReject({ task_sid, reservation_sid }, suffix, afterReject);
  });
}

function acceptAndReject(
  parameters: Parameters,
  suffix: string,
  afterReject: Activity | undefined,
): TaskAction[] {
  const activity = afterReject && { activity: afterReject.activity_sid };
  const hint =
    afterReject &&
    `Also sets the worker to ${afterReject.activity_name}. Otherwise the task would be offered again at once.`;
  return [
    { label: `Accept${suffix}`, name: 'accept-reservation', parameters, primary: true },
    {
      label: `Reject${suffix}`,
      name: 'reject-reservation',
      parameters: { ...parameters, ...activity },
      primary: false,
      hint,
    },
  ];
}
