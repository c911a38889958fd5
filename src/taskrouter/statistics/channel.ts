import type { View } from '../engine/state/view';
import type { Task } from '../model/entities';
import type { TaskRouterEvent } from '../model/events';

/**
 * The TaskChannel statistics are asked for, by sid or unique name; undefined means all. One that does not exist has no
 * tasks (our choice): what a deleted channel did is still in the log.
 */
export type ChannelName = string | undefined;

export const eventIsOn = (channel: ChannelName, { fields }: TaskRouterEvent): boolean =>
  channel === undefined || fields.TaskChannelSid === channel || fields.TaskChannelUniqueName === channel;

export function taskIsOn(channel: ChannelName, task: Task, view: View): boolean {
  if (channel === undefined || task.taskChannelSid === channel) return true;
  return view.find('taskChannels', task.taskChannelSid)?.uniqueName === channel;
}
