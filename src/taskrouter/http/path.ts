import type { View } from '../engine/state/view';
import type { TableName, Tables, TaskChannel, WorkerChannel } from '../model/entities';
import { notFound } from './request-errors';

/**
 * The rows that a path names, by table. A path parameter is named after the table in which it is looked up:
 * `/v1/Workspaces/:workspaces/Tasks/:tasks`.
 */
export type PathRows = { readonly [Name in PathTable]?: Tables[Name] };
export type PathTable = Exclude<TableName, 'workflowVersions' | 'deliveries' | 'calls'>;

type Finder = (view: View, key: string, owners: PathRows) => { readonly sid: string } | undefined;

const finders: Readonly<Record<PathTable, Finder>> = {
  workspaces: (view, sid) => view.find('workspaces', sid),
  activities: (view, sid, owners) => owned(view.find('activities', sid), owners),
  taskChannels: findTaskChannel,
  taskQueues: (view, sid, owners) => owned(view.find('taskQueues', sid), owners),
  workflows: (view, sid, owners) => owned(view.find('workflows', sid), owners),
  workers: (view, sid, owners) => owned(view.find('workers', sid), owners),
  workerChannels: findWorkerChannel,
  tasks: (view, sid, owners) => owned(view.find('tasks', sid), owners),
  reservations: findReservation,
  transfers: findTransfer,
};

/**
 * Looks up the path's sids from left to right.
 * @throws ResourceNotFound for the first one that does not exist or does not belong to its predecessors in the path
 */
export function resolvePath(
  view: View,
  parameters: Readonly<Record<string, string>>,
  path: string,
): PathRows {
  const rows: Record<string, { readonly sid: string }> = {};
  for (const [name, key] of Object.entries(parameters)) {
    const find: Finder | undefined = (finders as Readonly<Record<string, Finder>>)[name];
    const row = find?.(view, key, rows);
    if (find && !row) throw notFound(path);
    if (row) rows[name] = row;
  }
  return rows;
}

function owned<Row extends { readonly workspaceSid: string }>(
  row: Row | undefined,
  owners: PathRows,
): Row | undefined {
  return row?.workspaceSid === owners.workspaces?.sid ? row : undefined;
}

/** By sid or by unique name (seen in Twilio's OpenAPI examples). */
function findTaskChannel(view: View, key: string, owners: PathRows): TaskChannel | undefined {
  const bySid = owned(view.find('taskChannels', key), owners);
  return bySid ?? taskChannelNamed(view, owners.workspaces?.sid, key);
}

function findWorkerChannel(view: View, key: string, owners: PathRows): WorkerChannel | undefined {
  const taskChannelSid = taskChannelNamed(view, owners.workspaces?.sid, key)?.sid;
  const channels = owners.workers ? view.channelsOfWorker(owners.workers.sid) : [];
  return channels.find((channel) => channel.sid === key || channel.taskChannelSid === taskChannelSid);
}

function taskChannelNamed(
  view: View,
  workspaceSid: string | undefined,
  name: string,
): TaskChannel | undefined {
  for (const channel of view.all('taskChannels', workspaceSid))
    if (channel.uniqueName === name) return channel;
  return undefined;
}

/** A reservation exists only under its own task and its own worker. */
function findReservation(view: View, sid: string, owners: PathRows): Tables['reservations'] | undefined {
  const reservation = owned(view.find('reservations', sid), owners);
  if (owners.tasks && reservation?.taskSid !== owners.tasks.sid) return undefined;
  return owners.workers && reservation?.workerSid !== owners.workers.sid ? undefined : reservation;
}

/** A transfer exists only under the worker who made it. */
function findTransfer(view: View, sid: string, owners: PathRows): Tables['transfers'] | undefined {
  const transfer = owned(view.find('transfers', sid), owners);
  return transfer?.initiatingWorkerSid === owners.workers?.sid ? transfer : undefined;
}
