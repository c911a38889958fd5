import type { View } from '../engine/state/view';
import type { Task } from '../model/entities';
import type { TaskRouterEvent } from '../model/events';

/**
 * The sid or unique name of the TaskChannel of the statistics; undefined means all channels. A channel that does not
 * exist has no tasks (our choice); the events of a deleted one are still in the log.
 */
export type ChannelName = string | undefined;

export const eventIsOn = (channel: ChannelName, { fields }: TaskRouterEvent): boolean =>
  channel === undefined || fields.TaskChannelSid === channel || fields.TaskChannelUniqueName === channel;

export function taskIsOn(channel: ChannelName, task: Task, view: View): boolean {
  if (channel === undefined || task.taskChannelSid === channel) return true;
  return view.find('taskChannels', task.taskChannelSid)?.uniqueName === channel;
}
