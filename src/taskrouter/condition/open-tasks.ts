import type { OpenTask } from '../../doctor/condition';
import { isFinished } from '../engine/rules/transitions';
import type { View } from '../engine/state/view';
import type { ExplainedState } from '../explain/explained-state';
import type { Task } from '../model/entities';

export function openTasks({ view }: ExplainedState): OpenTask[] {
  const tasks: OpenTask[] = [];
  for (const task of view.all('tasks')) if (!isFinished(task.status)) tasks.push(openTask(view, task));
  return tasks;
}

function openTask(view: View, task: Task): OpenTask {
  const { sid, workspaceSid, status, dateCreated, timeoutSeconds, assignedAt, assignmentCount } = task;
  // The limit of assigned tasks takes the place of the time-to-live of a task in transfer.
  const isInTransfer = task.transferSid !== null && assignedAt !== null;
  return {
    sid,
    workspaceSid,
    status: isInTransfer ? 'assigned' : (status as OpenTask['status']),
    createdAt: dateCreated,
    endsAt: dateCreated + timeoutSeconds * 1000,
    assignedAt: assignedAt ?? acceptedAt(view, sid),
    offers: assignmentCount,
  };
}

/** For a task that was read from an account, of which REST does not show when it was assigned. */
function acceptedAt(view: View, taskSid: string): number | null {
  const accepted = view.reservationsOfTask(taskSid).find(({ status }) => status === 'accepted');
  return accepted?.dateUpdated ?? null;
}
