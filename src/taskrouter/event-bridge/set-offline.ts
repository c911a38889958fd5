import type { View } from '../engine/state/view';
import type { TaskRouter } from '../taskrouter';

/**
 * Sets a worker Offline whose connection is gone (`setWorkerOfflineIfDisconnected`). Our choice: in a workspace without an
 * activity of this name, to the timeout activity, which is for workers who do not respond.
 */
export async function setOffline(
  taskRouter: TaskRouter,
  { workspaceSid, workerSid }: { readonly workspaceSid: string; readonly workerSid: string },
): Promise<void> {
  const activitySid = offlineActivity(taskRouter.view, workspaceSid);
  if (activitySid === undefined || !taskRouter.view.find('workers', workerSid)) return;
  await taskRouter.execute({ type: 'UpdateWorker', workspaceSid, workerSid, activitySid });
}

function offlineActivity(view: View, workspaceSid: string): string | undefined {
  for (const activity of view.all('activities', workspaceSid))
    if (activity.friendlyName === 'Offline' && !activity.available) return activity.sid;
  return view.find('workspaces', workspaceSid)?.timeoutActivitySid;
}
