import type { RememberingSids } from '../system/ids';
import type { NamedSids } from '../system/kept-names';
import type { View } from '../taskrouter/engine/state/view';
import { sidPrefix } from '../taskrouter/model/sids';
import type { DesiredWorkspace } from '../workspace/file/desired';
import type { LocalOptions } from './local-options';

const tables = {
  activities: sidPrefix.activity,
  taskQueues: sidPrefix.taskQueue,
  workflows: sidPrefix.workflow,
  workers: sidPrefix.worker,
} as const;
const tableNames = Object.keys(tables) as (keyof typeof tables)[];

/**
 * Remembers the sids of all named entities of a workspace, so that they keep them when they are created again.
 * @param workspaceName as the workspace file has it
 * @param named the names in the workspace file, which take precedence: an entity may have been renamed since
 */
export function rememberNames(
  view: View,
  sids: RememberingSids,
  workspaceName: string,
  named: NamedSids,
): void {
  for (const table of tableNames) {
    for (const row of view.all(table, named.workspaceSid))
      sids.remember(tables[table], row.friendlyName, row.sid);
  }
  for (const channel of view.all('taskChannels', named.workspaceSid))
    sids.remember(sidPrefix.taskChannel, channel.uniqueName, channel.sid);
  sids.remember(sidPrefix.workspace, workspaceName, named.workspaceSid);
  for (const table of tableNames) {
    for (const [name, sid] of Object.entries(named[table])) sids.remember(tables[table], name, sid);
  }
}

/** Remembers the sids that a program already uses for the workspace of the file and its main workflow. */
export function rememberGiven(
  { workspaceSid, workflowSid }: NonNullable<LocalOptions['sids']> = {},
  { friendlyName, workflows: [main] }: DesiredWorkspace,
  sids: RememberingSids,
): void {
  if (workspaceSid) sids.remember(sidPrefix.workspace, friendlyName, workspaceSid);
  if (workflowSid && main) sids.remember(sidPrefix.workflow, main.friendlyName, workflowSid);
}
