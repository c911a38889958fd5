import type { View } from '../engine/view';
import type { WorkerChannel } from '../model/entities';

/** What REST and expressions say of a worker channel's load, in their words. */
export interface WorkerChannelLoad {
  readonly configured_capacity: number;
  readonly assigned_tasks: number;
  readonly available_capacity_percentage: number;
}

/** https://www.twilio.com/docs/taskrouter/api/worker-channel; 0 when nothing is configured, never below 0 (our choice). */
export function loadOf(view: View, channel: WorkerChannel): WorkerChannelLoad {
  const { assigned, used } = view.useOfChannel(channel);
  const configured = channel.configuredCapacity;
  const percentage = configured === 0 ? 0 : Math.max(0, Math.floor((1 - used / configured) * 100));
  return {
    configured_capacity: configured,
    assigned_tasks: assigned,
    available_capacity_percentage: percentage,
  };
}
