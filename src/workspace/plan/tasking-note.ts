import type { ExistingWorkspace } from '../existing/existing';
import type { DesiredWorkspace } from '../file/schema';

/**
 * `multiTaskEnabled` is never sent to an existing workspace, because TaskRouter does not take it back; so where it
 * differs we say what will be seen instead.
 * Source: https://www.twilio.com/docs/taskrouter/multitasking
 */
export function taskingNote(desired: DesiredWorkspace, existing: ExistingWorkspace): string[] {
  const { multiTaskEnabled = existing.multiTaskEnabled } = desired;
  if (multiTaskEnabled === existing.multiTaskEnabled) return [];
  const worker = desired.workers[0]?.friendlyName ?? 'a worker';
  const subject = `"${existing.friendlyName}" exists as a`;
  return [
    existing.multiTaskEnabled
      ? `${subject} multitasking workspace and stays one: the activity of ${worker} does not change when a task is offered or accepted, capacity is used instead.`
      : `${subject} single-tasking workspace and stays one: ${worker} gets one task at a time, and is moved to the queue's reservation and assignment activities.`,
  ];
}

/** Capacities mean something where workers have several tasks at a time, and are only set there. */
export function singleTaskingNotes(desired: DesiredWorkspace, existing: ExistingWorkspace): string[] {
  const [first, ...others] = desired.workers.filter(({ channels = {} }) => Object.keys(channels).length > 0);
  if (existing.multiTaskEnabled || !first) return [];
  const whose = `${first.friendlyName}${others.length > 0 ? ` and ${others.length} more` : ''}`;
  return [
    `The channels of ${whose} are not set: in a single-tasking workspace a worker gets one task at a time.`,
  ];
}
