import type { Twilio } from 'twilio';
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
  readonly client: Twilio;
  readonly desired: DesiredWorkspace;
  /**
   * Where the Functions are. Null while that is not known: URLs with `${FUNCTIONS_URL}` are then left alone. Empty when
   * there are none: such URLs are then taken away.
   */
  readonly functionsUrl: string | null;
  /** Deletes what the file does not name, as far as nothing uses it; default false. */
  readonly prune?: boolean;
}

interface ApplyOptions extends PlanOptions {
  /** Told what is going to be done, before the first change; and again when a new workspace came with something else. */
  readonly onPlan?: (plan: Plan) => void;
  /** Told of the sid of a new workspace, whatever becomes of the rest. */
  readonly onWorkspaceCreated?: (workspaceSid: string) => void;
  /** Told of each change that has been made. */
  readonly onDone?: (change: Change) => void;
}

type Sids = Readonly<Record<string, string>>;

/** The sids of what the file names, by name, and what was done to get there. */
export interface AppliedWorkspace extends Plan {
  readonly workspaceSid: string;
  readonly workflows: Sids;
  readonly workers: Sids;
  readonly taskQueues: Sids;
  readonly activities: Sids;
}

/**
 * What `applyWorkspace` would do now; changes nothing.
 * @throws WorkspaceFileError before the first request when `desired` is no sound workspace, and when what is there cannot
 * become it. The client's RestException for TaskRouter's refusals.
 */
export async function planChanges(options: PlanOptions): Promise<Plan> {
  return planOn(options, await readExisting(options));
}

/**
 * Makes the workspace as its file says, by the Twilio client alone; a second time it finds nothing to do.
 * @throws WorkspaceFileError before the first request when `desired` is no sound workspace; before the first change when
 * what is there cannot become it; at the request that TaskRouter refuses with 400. ChangedMeanwhile when somebody else
 * changes it at the same time. The client's RestException for its other refusals.
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

/** One after the other: the later ones need the sids of the earlier ones. */
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
