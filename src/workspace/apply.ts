import type { Twilio } from 'twilio';
import { carryOut, createWorkspace } from './carry-out';
import { type DesiredWorkspace, WorkspaceFileError, workspaceFaults } from './desired';
import { type Directory, directoryOf } from './directory';
import { type Change, type Plan, planWorkspace } from './plan';
import { type FoundWorkspace, readContents, readWorkspace } from './read';

export interface ApplyOptions {
  readonly client: Twilio;
  readonly desired: DesiredWorkspace;
  /**
   * Where the Functions are. Null while that is not known: URLs with `${FUNCTIONS_URL}` are then left alone. Empty when
   * there are none: such URLs are then taken away.
   */
  readonly functionsUrl: string | null;
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
 * Makes the workspace as its file says, by the Twilio client alone; a second time it finds nothing to do.
 * @throws WorkspaceFileError before the first request when `desired` is no sound workspace; before the first change when
 * what is there cannot become it; at the request that TaskRouter refuses with 400. The client's RestException for its
 * other refusals.
 */
export async function applyWorkspace({
  client,
  desired,
  functionsUrl,
}: ApplyOptions): Promise<AppliedWorkspace> {
  const faults = workspaceFaults(desired);
  if (faults.length > 0) throw new WorkspaceFileError(faults);
  const found = await readWorkspace(client, desired.friendlyName);
  const plan = planWorkspace(desired, found, functionsUrl);
  if (found) return carryOutAll(client, desired, found, plan);
  const creation = plan.changes[0] as Extract<Change, { kind: 'workspace' }>;
  const created = await readContents(client, await createWorkspace(client, creation));
  const { changes, notes } = planWorkspace(desired, created, functionsUrl);
  const applied = await carryOutAll(client, desired, created, { changes, notes });
  return { ...applied, changes: [creation, ...changes] };
}

/** One after the other: the later ones need the sids of the earlier ones. */
async function carryOutAll(
  client: Twilio,
  desired: DesiredWorkspace,
  found: FoundWorkspace,
  plan: Plan,
): Promise<AppliedWorkspace> {
  const workspace = client.taskrouter.v1.workspaces(found.sid);
  const directory = directoryOf(found);
  for (const change of plan.changes) await carryOut(workspace, change, directory);
  return { ...plan, workspaceSid: found.sid, ...sidsOf(desired, directory) };
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
