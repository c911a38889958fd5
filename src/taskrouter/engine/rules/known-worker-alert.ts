import type { Task } from '../../model/entities';
import { isSid, sidPrefix } from '../../model/sids';
import type { CommandContext } from '../command-context';
import { valueAt } from './ordering';
import type { KnownWorker, Target } from './workflow-configuration';

type KnownWorkerProblem = readonly [code: number, detail: string];

/**
 * Records once, as the task enters the target, why its known worker cannot be found there. The task waits all the same.
 * Source: https://www.twilio.com/docs/taskrouter/workflow-configuration/known-agent-routing
 */
export function recordKnownWorkerAlert(context: CommandContext, task: Task, { knownWorker }: Target): void {
  const problem = knownWorker && problemWith(context, task, knownWorker);
  if (!problem) return;
  const [code, detail] = problem;
  context.recordAlert({
    code,
    level: 'error',
    workspaceSid: task.workspaceSid,
    resourceSid: task.sid,
    detail,
  });
}

/** A JSON null is documented as valid. Our choice: a sid or a name that no worker has is an invalid value. */
function problemWith(context: CommandContext, task: Task, known: KnownWorker): KnownWorkerProblem | null {
  const value = valueAt(task.attributes, known.path);
  if (value === null) return null;
  const attribute = `task.${known.path.join('.')}`;
  const worker = context.knownWorkers.find(task, known);
  if (worker)
    return context.membership.has(worker.sid, task.taskQueueSid) ? null : notInQueue(context, task, worker);
  if (value === undefined)
    return [40154, `Task ${task.sid} has no ${attribute}, which names its known Worker`];
  if (known.by === 'sid' && isSid(sidPrefix.worker, value) && context.state.find('workers', value)) {
    return [40155, `${attribute} of Task ${task.sid} names Worker ${value} of another Workspace`];
  }
  const shown = JSON.stringify(value).slice(0, 80);
  return [40154, `${attribute} of Task ${task.sid} is ${shown}, which names no Worker`];
}

function notInQueue(
  context: CommandContext,
  task: Task,
  worker: { sid: string; friendlyName: string },
): KnownWorkerProblem {
  const { friendlyName } = context.state.get('taskQueues', task.taskQueueSid);
  const who = `${worker.friendlyName} (${worker.sid})`;
  return [40152, `Worker ${who}, known to Task ${task.sid}, is not in TaskQueue ${friendlyName}`];
}
