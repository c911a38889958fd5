import { durationText } from '../common/duration-text';
import { limits } from '../common/limits';
import { completeTask, explain } from './commands';
import type { Condition, OpenTask } from './condition';
import { type Finding, finding } from './finding';
import { thresholds } from './thresholds';

/** Tasks that TaskRouter is about to end. */
export function taskFindings({ tasks, now, target }: Condition): Finding[] {
  return tasks.flatMap((task) =>
    task.status === 'pending' || task.status === 'reserved'
      ? [...nearEnd(task, now, target), ...offeredInVain(task, target)]
      : assignedForLong(task, now, target),
  );
}

type Target = Condition['target'];

const isNear = (used: number, limit: number): boolean => used >= limit * thresholds.nearLimit;

function nearEnd({ sid, status, createdAt, endsAt }: OpenTask, now: number, target: Target): Finding[] {
  if (!isNear(now - createdAt, endsAt - createdAt)) return [];
  return [
    finding(
      'time_to_live_ends_soon',
      sid,
      `${sid} has been ${status === 'pending' ? 'waiting' : 'reserved or waiting'} for ${durationText(now - createdAt)}, and is canceled in ${durationText(endsAt - now)}`,
      `See what it waits for: ${explain(target, sid)}`,
    ),
  ];
}

function offeredInVain({ sid, offers }: OpenTask, target: Target): Finding[] {
  if (!isNear(offers, limits.maxAssignmentCount)) return [];
  return [
    finding(
      'assignment_count_nearly_reached',
      sid,
      `${sid} was offered ${offers} times, and is canceled after ${limits.maxAssignmentCount}`,
      `Reject with the SID of an activity that is not available, so that the worker is not offered the task again. See who is offered it: ${explain(target, sid)}`,
    ),
  ];
}

function assignedForLong(task: OpenTask, now: number, target: Target): Finding[] {
  const { sid, status, assignedAt } = task;
  if (status !== 'assigned' || assignedAt === null || !isNear(now - assignedAt, limits.assignedMs)) return [];
  return [
    finding(
      'assignment_ends_soon',
      sid,
      `${sid} has been assigned for ${durationText(now - assignedAt)}, and TaskRouter ends it in ${durationText(assignedAt + limits.assignedMs - now)}`,
      `If the work is done, complete it: ${completeTask(target, task, sid)}`,
    ),
  ];
}
