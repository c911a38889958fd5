import { builtInTaskChannels } from '../../common/built-in-task-channels';
import type { ExistingWorkspace } from '../existing/existing';
import type { DesiredWorkspace } from '../file/schema';

/**
 * In the order in which they are read. Source: https://www.twilio.com/docs/taskrouter/api/workspace; for single-tasking
 * workspaces, what the local TaskRouter creates.
 */
const builtInActivities = {
  multitasking: { Available: true, Offline: false, Unavailable: false },
  singleTasking: { Busy: false, Idle: true, Offline: false, Reserved: false },
};

/**
 * What a workspace holds right after its creation, for planning one that does not exist yet. Apply reads the workspace
 * after creating it and plans again, so an account whose new workspaces have other activities is handled too.
 */
export function newWorkspace(desired: DesiredWorkspace): ExistingWorkspace {
  const multiTaskEnabled = desired.multiTaskEnabled ?? true;
  const activities = builtInActivities[multiTaskEnabled ? 'multitasking' : 'singleTasking'];
  return {
    sid: null,
    friendlyName: desired.friendlyName,
    multiTaskEnabled,
    prioritizeQueueOrder: desired.prioritizeQueueOrder ?? 'FIFO',
    eventCallbackUrl: null,
    eventsFilter: [...(desired.eventsFilter ?? [])].sort(),
    defaultActivity: 'Offline',
    timeoutActivity: 'Offline',
    activities: Object.entries(activities).map(([friendlyName, available]) => ({
      sid: null,
      friendlyName,
      available,
    })),
    taskChannels: builtInTaskChannels.map((uniqueName) => ({
      sid: null,
      uniqueName,
      friendlyName: uniqueName,
      channelOptimizedRouting: false,
    })),
    taskQueues: [],
    workflows: [],
    workers: [],
  };
}
