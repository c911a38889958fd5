import type { TaskRouterClient } from '../client';
import { type Directory, directoryOf } from '../existing/existing';
import { type FoundWorkspace, readContents, readWorkspace } from '../existing/read';
import { type DesiredWorkspace, WorkspaceFileError, workspaceFaults } from '../file/desired';
import type { Change } from '../plan/changes';
import { noUsage } from '../plan/in-use';
import { type Plan, planWorkspace } from '../plan/plan';
import { carryOut, createWorkspace } from './carry-out';
import { readUsage } from './read-usage';
import type { ChangeTo } from './send';

interface PlanOptions {
  readonly client: TaskRouterClient;
  readonly desired: DesiredWorkspace;
  /**
   * The address of the Functions. Null when it is unknown, which leaves URLs with `${FUNCTIONS_URL}` alone; empty when
   * there are none, which removes such URLs.
   */
  readonly functionsUrl: string | null;
  /** Deletes what the file does not name, if nothing uses it; default false. */
  readonly prune?: boolean;
}

interface ApplyOptions extends PlanOptions {
  /** Called before the first change, and again once a new workspace shows what it was created with. */
  readonly onPlan?: (plan: Plan) => void;
  /** Called with the sid of a new workspace, before any other change. */
  readonly onWorkspaceCreated?: (workspaceSid: string) => void;
  /** Called after each change. */
  readonly onDone?: (change: Change) => void;
}

type Sids = Readonly<Record<string, string>>;

/** The changes that were made, and the sids of what the file names, by name. */
export interface AppliedWorkspace extends Plan {
  readonly workspaceSid: string;
  readonly workflows: Sids;
  readonly workers: Sids;
  readonly taskQueues: Sids;
  readonly activities: Sids;
}

/**
 * Plans what `applyWorkspace` would do, without changing anything.
 * @throws WorkspaceFileError when `desired` is invalid, or the existing workspace cannot match it; the client's
 * RestException for TaskRouter's errors
 */
export async function planChanges(options: PlanOptions): Promise<Plan> {
  return planOn(options, await readExisting(options));
}

/**
 * Makes the workspace match its file. A second run finds nothing to do.
 * @throws WorkspaceFileError when `desired` is invalid (before the first request), when the existing workspace cannot
 * match it (before the first change), or when TaskRouter responds with 400; ChangedMeanwhile when the workspace changes at
 * the same time; the client's RestException for TaskRouter's other errors
 */
export async function applyWorkspace(options: ApplyOptions): Promise<AppliedWorkspace> {
  const { client, onPlan, onWorkspaceCreated, onDone } = options;
  const found = await readExisting(options);
  const plan = await planOn(options, found);
  onPlan?.(plan);
  if (found) return carryOutAll(options, found, plan);
  const creation = plan.changes[0] as ChangeTo<'workspace'>;
  const workspace = await createWorkspace(client, creation);
  onWorkspaceCreated?.(workspace.sid);
  const created = await readContents(client, workspace);
  onDone?.(creation);
  const rest = await planOn(options, created);
  onPlan?.({ ...rest, changes: [creation, ...rest.changes] });
  const applied = await carryOutAll(options, created, rest);
  return { ...applied, changes: [creation, ...applied.changes] };
}

/** @throws WorkspaceFileError */
async function readExisting({ client, desired }: PlanOptions): Promise<FoundWorkspace | null> {
  const faults = workspaceFaults(desired);
  if (faults.length > 0) throw new WorkspaceFileError(faults);
  const withChannels = desired.workers
    .filter(({ channels }) => channels)
    .map(({ friendlyName }) => friendlyName);
  const names = new Set(withChannels);
  return readWorkspace(client, desired.friendlyName, (worker) => names.has(worker));
}

async function planOn(
  { client, desired, functionsUrl, prune = false }: PlanOptions,
  found: FoundWorkspace | null,
): Promise<Plan> {
  const usage = prune ? (found ? await readUsage(client, desired, found) : noUsage) : null;
  return planWorkspace(desired, found, functionsUrl, usage);
}

/** In order: later changes need the sids of earlier ones. */
async function carryOutAll(
  { client, desired, onDone }: ApplyOptions,
  found: FoundWorkspace,
  plan: Plan,
): Promise<AppliedWorkspace> {
  const workspace = client.taskrouter.v1.workspaces(found.sid);
  const directory = directoryOf(found);
  const changes: Change[] = [];
  const notes = [...plan.notes];
  for (const change of plan.changes) {
    const kept = await carryOut(workspace, change, directory);
    if (kept !== null) {
      notes.push(kept);
      continue;
    }
    changes.push(change);
    onDone?.(change);
  }
  return { ...plan, changes, notes, workspaceSid: found.sid, ...sidsOf(desired, directory) };
}

function sidsOf(desired: DesiredWorkspace, directory: Directory) {
  const named = (kind: 'activity' | 'taskQueue' | 'workflow' | 'worker', items: { friendlyName: string }[]) =>
    Object.fromEntries(items.map(({ friendlyName }) => [friendlyName, directory.sidOf(kind, friendlyName)]));
  return {
    workflows: named('workflow', desired.workflows),
    workers: named('worker', desired.workers),
    taskQueues: named('taskQueue', desired.taskQueues),
    activities: named('activity', desired.activities),
  };
}
