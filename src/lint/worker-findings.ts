import { compileExpression, type Expression, type Scope, scopeOf } from '../language/expression';
import { type Finding, finding, pointerTo } from './finding';
import type { LintedQueue, LintedWorker, LintedWorkspace } from './linted-workspace';
import { conditionOf } from './parsed';

/** What the expressions of the queues mean for the workers in the file; nothing for a file without workers. */
export function workerFindings({ taskQueues, workers, multiTaskEnabled }: LintedWorkspace): Finding[] {
  if (workers.length === 0) return [];
  const queues = taskQueues.map((queue) => ({ queue, accepts: acceptanceOf(queue) }));
  // One scope for all queues: there can be hundreds.
  const scopes = workers.map(scopeOfWorker);
  const isIn = (scope: Scope) => queues.some(({ accepts }) => !accepts || accepts(scope));
  return [
    ...queues.flatMap(({ queue, accepts }, index) =>
      !accepts || scopes.some(accepts) ? [] : [withoutWorkers(queue, index)],
    ),
    ...workers.flatMap((worker, index) => (isIn(scopes[index] as Scope) ? [] : [inNoQueue(worker, index)])),
    ...(multiTaskEnabled === false ? [] : workers.flatMap(withoutCapacity)),
  ];
}

/** These change while TaskRouter runs, or are chosen by it, so the file does not decide about them. */
const undecided = ['sid', 'activity_sid', 'activity_name', 'channel'];

/** Whether a worker is in the queue; undefined if the file cannot tell. */
function acceptanceOf({ targetWorkers }: LintedQueue): ((worker: Scope) => boolean) | undefined {
  if (targetWorkers === undefined) return () => true;
  if (targetWorkers === null) return () => false;
  if (!conditionOf(targetWorkers)) return undefined;
  const expression = compileExpression(targetWorkers);
  if (readsUndecided(expression)) return undefined;
  return (worker) => expression.evaluate(worker);
}

const readsUndecided = ({ references }: Expression) =>
  references.some((reference) =>
    undecided.includes(reference.replace(/^worker\./, '').split('.', 1)[0] ?? ''),
  );

function scopeOfWorker({ friendlyName, attributes = {} }: LintedWorker): Scope {
  const own = scopeOf(attributes);
  const read: Scope = (name) => own(name) ?? (name === 'friendly_name' ? friendlyName : undefined);
  return (name) => read(name) ?? (name === 'worker' ? read : undefined);
}

function withoutWorkers({ friendlyName, targetWorkers }: LintedQueue, index: number): Finding {
  return finding(
    'queue_without_workers',
    `No worker is in the queue ${JSON.stringify(friendlyName)}, so its tasks wait`,
    targetWorkers === null
      ? 'Give the queue an expression, such as 1==1 for every worker.'
      : 'Correct the expression, or add a worker whom it matches.',
    pointerTo('taskQueues', index, 'targetWorkers'),
  );
}

const inNoQueue = ({ friendlyName }: LintedWorker, index: number) =>
  finding(
    'worker_in_no_queue',
    `No queue has the worker ${JSON.stringify(friendlyName)}, who is never offered a task`,
    'Change the attributes of the worker, or the expression of a queue.',
    pointerTo('workers', index),
  );

function withoutCapacity({ friendlyName, channels = {} }: LintedWorker, index: number): Finding[] {
  return Object.entries(channels)
    .filter(([, { capacity }]) => capacity === 0)
    .map(([channel]) =>
      finding(
        'capacity_zero',
        `${JSON.stringify(friendlyName)} has capacity 0 for ${channel}, and is offered no task of it`,
        'Give the channel a capacity of 1 or more if that is not meant.',
        pointerTo('workers', index, 'channels', channel, 'capacity'),
      ),
    );
}
