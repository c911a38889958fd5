import { limits } from '../../../common/limits';
import type { Task } from '../../model/entities';
import type { CommandContext } from '../command-context';
import { isPastTarget, leaveTarget, routeAgain } from './routing';
import { cancelTask } from './task-lifecycle';

export function settleReleases(context: CommandContext): void {
  if (context.releasedTasks.length === 0) return;
  for (const sid of context.releasedTasks) settleRelease(context, sid);
  context.releasedTasks.length = 0;
}

/**
 * The next step of a task whose offer ended without acceptance: it is canceled, goes to the next target, or is offered
 * again where it is. Source: https://www.twilio.com/docs/taskrouter/lifecycle-task-workflows-and-assignment
 */
function settleRelease(context: CommandContext, taskSid: string): void {
  const task = context.state.find('tasks', taskSid);
  if (task?.status !== 'pending') return;
  const reason = cancelReason(task);
  if (reason) {
    cancelTask(context, task, reason);
    return;
  }
  const routed = task.routeAgain ? reroute(context, task, task.routeAgain) : task;
  if (isPastTarget(routed, context.now)) leaveTarget(context, routed, 'timeout');
}

/** Why a task ends that only one worker may be offered (text seen). */
export const notAvailable = (workerSid: string): string =>
  `RoutingTarget not available for Reservation acceptance: ${workerSid}`;

/** A RoutingTarget worker is offered the task once; any task is offered at most a thousand times (text seen). */
function cancelReason(task: Task): string | null {
  if (task.step.kind === 'direct' && task.step.workerSid) return notAvailable(task.step.workerSid);
  if (task.assignmentCount < limits.maxAssignmentCount) return null;
  return 'Task TTL Exceeded or Max assignment count exceeded';
}

function reroute(context: CommandContext, task: Task, changed: 'attributes' | 'workflow'): Task {
  routeAgain(context, context.state.put('tasks', { ...task, routeAgain: null }), changed);
  return context.state.get('tasks', task.sid);
}
