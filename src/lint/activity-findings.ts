import { type Finding, finding, pointerTo } from './finding';
import type { LintedWorkspace } from './linted-workspace';

/** Activities that are available where TaskRouter needs one that is not. */
export function activityFindings(workspace: LintedWorkspace): Finding[] {
  const { activities, timeoutActivity, taskQueues, multiTaskEnabled } = workspace;
  const isAvailable = (name: string | undefined) =>
    activities.some(
      // TaskRouter compares names of activities without regard to case.
      ({ friendlyName, available }) => available && friendlyName.toLowerCase() === name?.toLowerCase(),
    );
  const timeout = isAvailable(timeoutActivity) ? [availableTimeout(timeoutActivity)] : [];
  // In a multitasking workspace, reservations do not change activities: https://www.twilio.com/docs/taskrouter/multitasking
  if (multiTaskEnabled !== false) return timeout;
  return [
    ...timeout,
    ...taskQueues.flatMap((queue, index) =>
      (['reservationActivity', 'assignmentActivity'] as const)
        .filter((field) => isAvailable(queue[field]))
        .map((field) => availableInQueue(field, queue[field], pointerTo('taskQueues', index, field))),
    ),
  ];
}

const availableTimeout = (name: string | undefined) =>
  finding(
    'available_timeout_activity',
    `A worker who lets a reservation time out goes to ${name}, stays available, and is offered the same task again`,
    'Choose an activity that is not available, such as Offline.',
    pointerTo('timeoutActivity'),
  );

const availableInQueue = (field: string, name: string | undefined, place: string) =>
  finding(
    'available_queue_activity',
    `The ${field} is ${name}, which is available although the worker is occupied`,
    'Choose an activity that is not available.',
    place,
  );
