import type { Tables, Workspace } from '../../model/entities';
import { InvalidParameter, ResourceNotFound } from '../../model/errors';
import type { CommandContext } from '../command-context';
import { limits } from '../limits';

/** How REST calls each table, for the known text of "not found". */
const collections = {
  activities: 'Activities',
  taskChannels: 'TaskChannels',
  taskQueues: 'TaskQueues',
  workflows: 'Workflows',
  workers: 'Workers',
  workerChannels: 'WorkerChannels',
  tasks: 'Tasks',
  reservations: 'Reservations',
} as const;
type Owned = keyof typeof collections;

/** @throws ResourceNotFound */
export function workspaceOf(context: CommandContext, command: { readonly workspaceSid: string }): Workspace {
  const workspace = context.state.find('workspaces', command.workspaceSid);
  if (!workspace) throw new ResourceNotFound(`/Workspaces/${command.workspaceSid}`);
  return workspace;
}

/** The row a command is about. @throws ResourceNotFound when it does not exist in that workspace */
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

/** A row that a parameter names. @throws InvalidParameter when it does not exist in that workspace */
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
 * The length is limited for workspaces, activities, workers and task channels: for queues and workflows no limit is
 * published, so there is none (our choice).
 * @throws InvalidParameter when the name is empty or too long
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

/** @throws InvalidParameter when the name is empty */
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

/** Names are unique in the workspace without regard to case. @throws InvalidParameter */
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

/** There are a hundred at most. */
function activityNamed(context: CommandContext, workspaceSid: string, name: string): string | undefined {
  for (const { sid, friendlyName } of context.state.all('activities', workspaceSid)) {
    if (friendlyName.toLowerCase() === name.toLowerCase()) return sid;
  }
  return undefined;
}

/** Leaves out what is undefined, so that a patch changes only what was given. */
export function given<Patch extends object>(
  patch: Patch,
): { [Key in keyof Patch]?: Exclude<Patch[Key], undefined> } {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as never;
}
