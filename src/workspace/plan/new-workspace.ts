import { builtInTaskChannels } from '../../common/built-in-task-channels';
import type { ExistingWorkspace } from '../existing/existing';
import type { DesiredWorkspace } from '../file/schema';

/**
 * Source: https://www.twilio.com/docs/taskrouter/api/workspace; single-tasking as the local TaskRouter makes them. In the
 * order in which they are read.
 */
const builtInActivities = {
  multitasking: { Available: true, Offline: false, Unavailable: false },
  singleTasking: { Busy: false, Idle: true, Offline: false, Reserved: false },
};

/**
 * What a workspace holds right after its creation: the ground on which one that does not exist is planned. Apply reads
 * what really came with it, so that an account which gives other activities only gets another plan.
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
