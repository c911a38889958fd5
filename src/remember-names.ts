import type { RememberingSids } from './system/ids';
import type { View } from './taskrouter/engine/state/view';
import { sidPrefix } from './taskrouter/model/sids';

/** Remembers the sids of all named entities of a workspace, so that they keep them when they are created again. */
export function rememberNames(view: View, sids: RememberingSids, workspaceName: string): void {
  const workspace = [...view.all('workspaces')].find(({ friendlyName }) => friendlyName === workspaceName);
  if (!workspace) return;
  sids.remember(sidPrefix.workspace, workspace.friendlyName, workspace.sid);
  for (const table of ['activities', 'taskQueues', 'workflows', 'workers'] as const) {
    for (const row of view.all(table, workspace.sid)) {
      sids.remember(row.sid.slice(0, 2), row.friendlyName, row.sid);
    }
  }
  for (const channel of view.all('taskChannels', workspace.sid)) {
    sids.remember(sidPrefix.taskChannel, channel.uniqueName, channel.sid);
  }
}
