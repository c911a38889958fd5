import type { Cancel } from '../../system/clock';
import type { View } from '../engine/state/view';
import type { TaskRouter } from '../taskrouter';

interface DisconnectedWorker {
  readonly workspaceSid: string;
  readonly workerSid: string;
}

interface DisconnectedWorkersOptions {
  readonly taskRouter: TaskRouter;
  readonly isConnected: (workerSid: string) => boolean;
  readonly onError: (error: unknown) => void;
}

/**
 * Our choice: how long a worker whose token has expired may take to connect with a new one before it goes Offline, in
 * milliseconds. The SDK keeps the connection of the old token until the service closes it, and waits up to a second then.
 */
const renewalMs = 10_000;

/** Sets workers Offline whose last connection has ended (`setWorkerOfflineIfDisconnected`). */
export class DisconnectedWorkers {
  private readonly waiting = new Set<Cancel>();

  constructor(private readonly options: DisconnectedWorkersOptions) {}

  setOffline(worker: DisconnectedWorker): void {
    setOffline(this.options.taskRouter, worker).catch(this.options.onError);
  }

  /** Sets the worker Offline unless it connects with a new token in time. */
  setOfflineUnlessRenewed(worker: DisconnectedWorker): void {
    const { clock } = this.options.taskRouter;
    const cancel = clock.wakeAt(clock.now() + renewalMs, () => {
      this.waiting.delete(cancel);
      if (!this.options.isConnected(worker.workerSid)) this.setOffline(worker);
    });
    this.waiting.add(cancel);
  }

  /** Leaves those that still have time as they are. */
  stop(): void {
    for (const cancel of this.waiting) cancel();
    this.waiting.clear();
  }
}

/** Our choice: without an activity of this name, to the timeout activity, which is for workers who do not respond. */
async function setOffline(
  taskRouter: TaskRouter,
  { workspaceSid, workerSid }: DisconnectedWorker,
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
