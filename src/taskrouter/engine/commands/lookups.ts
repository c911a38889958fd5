import { limits } from '../../../common/limits';
import type { Tables, Workspace } from '../../model/entities';
import { InvalidParameter, ResourceNotFound } from '../../model/errors';
import type { CommandContext } from '../command-context';

/** The REST name of each table, for the known text of "not found". */
const collections = {
  activities: 'Activities',
  taskChannels: 'TaskChannels',
  taskQueues: 'TaskQueues',
  workflows: 'Workflows',
  workers: 'Workers',
  workerChannels: 'WorkerChannels',
  tasks: 'Tasks',
  reservations: 'Reservations',
  transfers: 'Transfers',
} as const;
type Owned = keyof typeof collections;

/** @throws ResourceNotFound */
export function workspaceOf(context: CommandContext, command: { readonly workspaceSid: string }): Workspace {
  const workspace = context.state.find('workspaces', command.workspaceSid);
  if (!workspace) throw new ResourceNotFound(`/Workspaces/${command.workspaceSid}`);
  return workspace;
}

/** The row that a command changes. @throws ResourceNotFound if the workspace has no such row */
export function subject<Name extends Owned>(
  context: CommandContext,
  command: { readonly workspaceSid: string },
  table: Name,
  sid: string,
): Tables[Name] {
  const workspace = workspaceOf(context, command);
  const row = inWorkspace(context, workspace.sid, table, sid);
  if (!row) throw new ResourceNotFound(`/Workspaces/${workspace.sid}/${collections[table]}/${sid}`);
  return row;
}

/** The row that a parameter names. @throws InvalidParameter if the workspace has no such row */
export function named<Name extends Owned>(
  context: CommandContext,
  workspaceSid: string,
  table: Name,
  parameter: string,
  sid: string,
): Tables[Name] {
  const row = inWorkspace(context, workspaceSid, table, sid);
  if (!row) throw InvalidParameter.unknown(parameter, sid);
  return row;
}

function inWorkspace<Name extends Owned>(
  context: CommandContext,
  workspaceSid: string,
  table: Name,
  sid: string,
): Tables[Name] | undefined {
  const row = context.state.find(table, sid) as (Tables[Name] & { workspaceSid: string }) | undefined;
  return row?.workspaceSid === workspaceSid ? row : undefined;
}

/**
 * For workspaces, activities, workers, and task channels. No limit is published for queues and workflows, so there is
 * none (our choice).
 * @throws InvalidParameter if the name is empty or too long
 */
export function checkFriendlyName(name: string): string {
  checkNamed(name);
  if (name.length > limits.friendlyNameCharacters) {
    throw InvalidParameter.outOfRange(
      'FriendlyName',
      name,
      `at most ${limits.friendlyNameCharacters} characters`,
    );
  }
  return name;
}

/** @throws InvalidParameter if the name is empty */
export function checkNamed(name: string): void {
  if (name.trim() === '') throw InvalidParameter.missing('FriendlyName');
}

/** @throws InvalidParameter unless `min` ≤ value ≤ `max` */
export function checkRange(parameter: string, value: number, range: { min: number; max: number }): number {
  if (!Number.isInteger(value) || value < range.min || value > range.max) {
    throw InvalidParameter.outOfRange(parameter, value, `${range.min} to ${range.max}`);
  }
  return value;
}

/** Names are unique in the workspace, ignoring case. @throws InvalidParameter if the name is taken */
export function checkUniqueName(
  context: CommandContext,
  table: 'activities' | 'workers',
  what: string,
  workspaceSid: string,
  name: string,
  ownSid?: string,
): void {
  const holder =
    table === 'workers'
      ? context.workerNames.find(workspaceSid, name)
      : activityNamed(context, workspaceSid, name);
  if (holder !== undefined && holder !== ownSid)
    throw new InvalidParameter(`${what} with the same friendly name already exists`);
}

/** Goes through all activities: a workspace has at most a hundred. */
function activityNamed(context: CommandContext, workspaceSid: string, name: string): string | undefined {
  for (const { sid, friendlyName } of context.state.all('activities', workspaceSid)) {
    if (friendlyName.toLowerCase() === name.toLowerCase()) return sid;
  }
  return undefined;
}

/** The patch without undefined values, so that it changes only what was given. */
export function given<Patch extends object>(
  patch: Patch,
): { [Key in keyof Patch]?: Exclude<Patch[Key], undefined> } {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as never;
}
