import type { View } from '../engine/state/view';
import type { Task } from '../model/entities';
import type { Fact } from './fact';

/**
 * The sid or unique name of the TaskChannel of the statistics; undefined means all channels. A channel that does not
 * exist has no tasks (our choice); the events of a deleted one are still in the log.
 */
export type ChannelName = string | undefined;

export const factIsOn = (channel: ChannelName, fact: Fact): boolean =>
  channel === undefined || fact.taskChannelSid === channel || fact.taskChannelUniqueName === channel;

/** Whether a task is on the channel, as the workspace's channels are now. */
export function taskChannelTest(
  channel: ChannelName,
  view: View,
  workspaceSid: string,
): (task: Task) => boolean {
  if (channel === undefined) return () => true;
  const sids = new Set([channel]);
  for (const { sid, uniqueName } of view.all('taskChannels', workspaceSid))
    if (uniqueName === channel) sids.add(sid);
  return ({ taskChannelSid }) => sids.has(taskChannelSid);
}
