import type { Path } from '../../../language/condition';
import { valueAt as valueInScope } from '../../../language/expression';
import type { Alternatives, Resolution } from '../../../language/requirements';
import type { Task, Worker } from '../../model/entities';
import { workerNameKey } from '../indexes/friendly-names';
import { type ExpressionScopes, inWorkerDocument } from './expression-scopes';
import { valueAt } from './ordering';
import type { KnownWorker, Target } from './workflow-configuration';

/**
 * What a target asks of workers, in a form that indexes can look up. Whether a worker may be offered a task is decided by
 * `Matching.isEligible` alone.
 */

/** Keys that no expression can read, because names have no blanks: the worker itself, whatever its attributes are called. */
const ownSid = 'own sid';
const ownName = 'own name';

/** What an index can look up of a worker for a target. */
export function targetDocument(scopes: ExpressionScopes, worker: Worker): object {
  const own = { [ownSid]: worker.sid, [ownName]: workerNameKey(worker.friendlyName) };
  return { ...scopes.workerDocument(worker), ...own };
}

/** Tasks with the same text are alike to every worker: they are in the same target, and what it reads of them is equal. */
export function conditionOf(task: Task, target: Target | null): string {
  const { step } = task;
  if (step.kind === 'direct' || !target) return String(task.ignoreCapacity);
  const paths = target.expression?.paths.filter(([first]) => first === 'task') ?? [];
  const values = paths.map((path) => ofTask(task, path));
  if (target.knownWorker) values.push(valueAt(task.attributes, target.knownWorker.path) ?? null);
  return JSON.stringify([step.versionSid, step.filter, step.target, values]);
}

/** What a worker's document must fulfill for the task to be offered to the worker. */
export function requirementsOfTarget(task: Task, target: Target | null): readonly Alternatives[] {
  const resolve = (path: Path) => resolved(task, path);
  return [
    ...(target?.knownWorker ? [beingKnown(task, target.knownWorker)] : []),
    ...(target?.expression?.requirements(resolve) ?? []),
  ];
}

function beingKnown(task: Task, { by, path }: KnownWorker): Alternatives {
  const value = valueAt(task.attributes, path);
  if (typeof value !== 'string') return [];
  return by === 'sid'
    ? [{ kind: 'equals', path: [ownSid], value }]
    : [{ kind: 'equals', path: [ownName], value: workerNameKey(value) }];
}

function resolved(task: Task, path: Path): Resolution {
  const [first, second, ...rest] = path;
  if (first === 'task') return { value: ofTask(task, path) };
  if (first === 'taskrouter') return undefined;
  if (first !== 'worker') return { value: null };
  return typeof second === 'string' ? inMembers([second, ...rest]) : undefined;
}

/** In a target, `worker.worker` is an attribute, and not the worker again. */
function inMembers(path: Path): Resolution {
  const found = inWorkerDocument(path);
  return found && 'paths' in found ? { paths: found.paths.slice(0, 1) } : found;
}

const ofTask = ({ attributes }: Task, path: Path): unknown =>
  valueInScope(path, (name) => (name === 'task' ? attributes.value : undefined));
