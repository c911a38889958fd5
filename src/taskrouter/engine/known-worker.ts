import type { Task, Worker } from '../model/entities';
import { isSid, sidPrefix } from '../model/sids';
import { valueAt } from './ordering';
import type { State } from './state';
import type { Turn } from './turn';
import type { KnownWorker, Target } from './workflow-configuration';

/**
 * The worker that a target asks for by a task attribute; undefined when the attribute names nobody in the workspace.
 * Source: https://www.twilio.com/docs/taskrouter/workflow-configuration/known-agent-routing
 */
export function findKnownWorker(state: State, task: Task, known: KnownWorker): Worker | undefined {
  const value = valueAt(task.attributes, known.path);
  if (typeof value !== 'string') return undefined;
  if (known.by === 'friendlyName') return workerNamed(state, task.workspaceSid, value);
  const worker = state.find('workers', value);
  return worker?.workspaceSid === task.workspaceSid ? worker : undefined;
}

/** Our choice: without regard to case, as names are unique without regard to it. */
function workerNamed(state: State, workspaceSid: string, name: string): Worker | undefined {
  const wanted = name.toLowerCase();
  for (const worker of state.all('workers', workspaceSid)) {
    if (worker.friendlyName.toLowerCase() === wanted) return worker;
  }
  return undefined;
}

/** Says once, as the task enters the target, why nobody will be found in it; the task waits there all the same. */
export function alertKnownWorker(turn: Turn, task: Task, target: Target): void {
  const trouble = target.knownWorker && troubleWith(turn, task, target.knownWorker);
  if (!trouble) return;
  const [code, detail] = trouble;
  turn.alert({ code, level: 'error', workspaceSid: task.workspaceSid, resourceSid: task.sid, detail });
}

/** Our choice: a sid or a name that nobody has is an invalid value. A JSON null is documented to be no trouble. */
function troubleWith(turn: Turn, task: Task, known: KnownWorker): readonly [number, string] | null {
  const value = valueAt(task.attributes, known.path);
  if (value === null) return null;
  const attribute = `task.${known.path.join('.')}`;
  const worker = findKnownWorker(turn.state, task, known);
  if (worker) return isInQueue(turn, worker, task) ? null : notInQueue(turn, worker, task);
  if (value === undefined)
    return [40154, `Task ${task.sid} has no attribute ${attribute} to name its Worker`];
  if (known.by === 'sid' && isSid(value, sidPrefix.worker) && turn.state.find('workers', value)) {
    return [40155, `${attribute} of Task ${task.sid} names Worker ${value} of another Workspace`];
  }
  return [40154, `${attribute} of Task ${task.sid} is ${shortened(value)}, which names no Worker`];
}

function isInQueue(turn: Turn, worker: Worker, task: Task): boolean {
  return turn.membership.has(worker.sid, task.taskQueueSid);
}

function notInQueue(turn: Turn, worker: Worker, task: Task): readonly [number, string] {
  const { friendlyName } = turn.state.get('taskQueues', task.taskQueueSid);
  return [
    40152,
    `Worker ${worker.friendlyName} (${worker.sid}), known to Task ${task.sid}, is not in TaskQueue ${friendlyName}`,
  ];
}

const shortened = (value: unknown): string => JSON.stringify(value).slice(0, 80);
