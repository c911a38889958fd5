import { durationText } from '../common/duration-text';
import { explain, lint, setActivity } from './commands';
import type { Condition, IdleWorker, WaitingQueue } from './condition';
import { type Finding, finding } from './finding';
import { thresholds } from './thresholds';

/** Tasks that wait although a worker is idle, and tasks that nobody is there for. */
export function queueFindings({ queues, ...condition }: Condition): Finding[] {
  return queues.flatMap((queue) => [...idleWorkers(queue, condition), ...nobody(queue, condition)]);
}

type Now = Pick<Condition, 'now' | 'target'>;

/** One finding for a queue: its tasks wait for the same reason. */
function idleWorkers({ name, idle }: WaitingQueue, { now, target }: Now): Finding[] {
  const [longest] = idle
    .filter(({ since, heldUntil }) => heldUntil !== null || now - since >= thresholds.idleMs)
    .sort((left, right) => left.waitingSince - right.waitingSince);
  if (!longest) return [];
  return [
    finding(
      'idle_worker_while_task_waits',
      longest.taskSid,
      `${longest.name} is ${longest.activityName}, and ${longest.taskSid} has been waiting for ${durationText(now - longest.waitingSince)} in the queue ${JSON.stringify(name)}${causeText(longest, now)}`,
      longest.heldUntil === null
        ? `See why: ${explain(target, longest.taskSid)}`
        : `Fix the callback, which has findings of its own. See what the task waits for: ${explain(target, longest.taskSid)}`,
    ),
  ];
}

function causeText({ heldUntil }: IdleWorker, now: number): string {
  if (heldUntil === null) return '';
  return `: no callback URL gave a usable response, so the next offer is in ${durationText(heldUntil - now)}`;
}

function nobody(queue: WaitingQueue, { now, target }: Now): Finding[] {
  const { name, waiting, oldest, hasWorkerAtWork } = queue;
  if (hasWorkerAtWork || now - oldest.since < thresholds.nobodyMs) return [];
  const tasks = waiting === 1 ? 'A task waits' : `${waiting} tasks wait`;
  return [
    finding(
      'no_worker_for_waiting_tasks',
      queue.sid,
      `${tasks} in the queue ${JSON.stringify(name)}, the first for ${durationText(now - oldest.since)}, and ${whoText(queue)}`,
      remedyOf(queue, target),
    ),
  ];
}

function whoText({ workers, offline }: WaitingQueue): string {
  if (workers === 0 || !offline) return 'no worker is in it';
  return workers === 1
    ? `its only worker, ${offline.name}, is ${offline.activityName} without a task`
    : `none of its ${workers} workers is available or has a task`;
}

function remedyOf(queue: WaitingQueue, target: Condition['target']): string {
  const { offline } = queue;
  if (!offline) return `Check the expression of the queue and the attributes of workers: ${lint(target)}`;
  const { sid, name, availableActivity: activity } = offline;
  if (!activity) return 'Create an activity that is available.';
  return `Set ${name} to ${activity.name}: ${setActivity(target, queue, sid, activity.sid)}`;
}
