import type { Directory } from '../existing/directory';
import type { FieldsOf } from '../existing/existing';
import { withReferences } from '../file/configuration-names';
import type { DesiredTaskChannel, DesiredTaskQueue, DesiredWorkflow, DesiredWorkspace } from '../file/schema';
import { textWithReferences } from '../file/text-references';
import type { Said } from './differences';

export function taskChannelSettings({
  friendlyName,
  channelOptimizedRouting,
}: DesiredTaskChannel): Said<FieldsOf['taskChannel']> {
  return { friendlyName, channelOptimizedRouting };
}

export function workspaceSettings(desired: DesiredWorkspace): Said<FieldsOf['workspace']> {
  const { prioritizeQueueOrder, defaultActivity, timeoutActivity, eventsFilter } = desired;
  return {
    prioritizeQueueOrder,
    defaultActivity,
    timeoutActivity,
    eventsFilter: eventsFilter && [...eventsFilter].sort(),
  };
}

export function taskQueueSettings(
  { friendlyName: _, targetWorkers, ...said }: DesiredTaskQueue,
  names: Directory,
): Said<FieldsOf['taskQueue']> {
  return { targetWorkers: targetWorkers && textWithReferences(targetWorkers, names), ...said };
}

export function workflowSettings(
  { configuration, taskReservationTimeout }: DesiredWorkflow,
  names: Directory,
): Said<FieldsOf['workflow']> {
  return { configuration: withReferences(configuration, names), taskReservationTimeout };
}
