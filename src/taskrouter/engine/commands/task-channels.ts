import { builtInTaskChannels } from '../../../common/built-in-task-channels';
import { limits } from '../../../common/limits';
import { taskChannelFindings } from '../../../lint/task-channel-findings';
import type { CreateTaskChannel, DeleteTaskChannel, UpdateTaskChannel } from '../../model/commands';
import type { TaskChannel, Worker, WorkerChannel } from '../../model/entities';
import { InvalidParameter, ResourceInUse } from '../../model/errors';
import type { EventType } from '../../model/event-types';
import { sidPrefix } from '../../model/sids';
import type { CommandContext } from '../command-context';
import { taskChannelFields } from '../event-fields';
import { recordFindings } from '../rules/record-findings';
import { checkFriendlyName, subject, workspaceOf } from './lookups';

/**
 * https://www.twilio.com/docs/taskrouter/api/task-channel documents names without hyphens; a sample of Twilio's creates
 * `email-channel`. Our choice: accepted, with a warning.
 */
const uniqueNameForm = /^[A-Za-z_$][A-Za-z0-9_$-]*$/;

export function createTaskChannel(context: CommandContext, command: CreateTaskChannel): TaskChannel {
  const workspace = workspaceOf(context, command);
  checkFriendlyName(command.friendlyName);
  if (!uniqueNameForm.test(command.uniqueName))
    throw InvalidParameter.badSid('UniqueName', command.uniqueName);
  if (findTaskChannel(context, workspace.sid, command.uniqueName)) {
    throw new InvalidParameter(`TaskChannel with the same unique name already exists`);
  }
  const optimized = command.channelOptimizedRouting ?? false;
  const channel = addTaskChannel(context, workspace.sid, command.friendlyName, command.uniqueName, optimized);
  recordFindings(context, channel, 'UniqueName', taskChannelFindings(channel.uniqueName));
  return channel;
}

/** Every worker has one worker channel for each task channel. */
export function addTaskChannel(
  context: CommandContext,
  workspaceSid: string,
  friendlyName: string,
  uniqueName: string,
  channelOptimizedRouting: boolean,
): TaskChannel {
  const channel = context.state.put('taskChannels', {
    ...context.created(sidPrefix.taskChannel, uniqueName),
    workspaceSid,
    friendlyName,
    uniqueName,
    channelOptimizedRouting,
  });
  for (const worker of context.state.all('workers', workspaceSid)) addWorkerChannel(context, worker, channel);
  recordChannelEvent(context, 'task-channel.created', channel);
  return channel;
}

/** A new worker channel is available and has a capacity of 1 (seen in the worker SDK's fixtures). */
export function addWorkerChannel(
  context: CommandContext,
  worker: Worker,
  channel: TaskChannel,
): WorkerChannel {
  return context.state.put('workerChannels', {
    ...context.created(sidPrefix.workerChannel),
    workspaceSid: worker.workspaceSid,
    workerSid: worker.sid,
    taskChannelSid: channel.sid,
    configuredCapacity: limits.workerChannelCapacity.default,
    available: true,
    lastReservedTime: null,
  });
}

export function updateTaskChannel(context: CommandContext, command: UpdateTaskChannel): TaskChannel {
  const channel = subject(context, command, 'taskChannels', command.taskChannelSid);
  if (command.friendlyName !== undefined) checkFriendlyName(command.friendlyName);
  const updated = context.state.put('taskChannels', {
    ...channel,
    friendlyName: command.friendlyName ?? channel.friendlyName,
    channelOptimizedRouting: command.channelOptimizedRouting ?? channel.channelOptimizedRouting,
    dateUpdated: context.now,
  });
  recordChannelEvent(context, 'task-channel.updated', updated);
  return updated;
}

/** Our choice: refused for built-in channels and while tasks use the channel. */
export function deleteTaskChannel(context: CommandContext, command: DeleteTaskChannel): undefined {
  const channel = subject(context, command, 'taskChannels', command.taskChannelSid);
  const refuse = (why: string) =>
    new ResourceInUse(`Cannot delete TaskChannel ${channel.sid} because ${why}`);
  if (builtInTaskChannels.includes(channel.uniqueName)) throw refuse('it is built in');
  for (const task of context.state.all('tasks', channel.workspaceSid)) {
    if (task.taskChannelSid === channel.sid) throw refuse(`Task ${task.sid} uses it`);
  }
  for (const worker of context.state.all('workers', channel.workspaceSid)) {
    const workerChannel = context.load.channel(worker.sid, channel.sid);
    if (workerChannel) context.state.remove('workerChannels', workerChannel.sid);
  }
  context.state.remove('taskChannels', channel.sid);
  recordChannelEvent(context, 'task-channel.deleted', channel);
}

/** @param name the sid or the unique name */
export function findTaskChannel(
  context: CommandContext,
  workspaceSid: string,
  name: string,
): TaskChannel | undefined {
  for (const channel of context.state.all('taskChannels', workspaceSid)) {
    if (channel.sid === name || channel.uniqueName === name) return channel;
  }
  return undefined;
}

function recordChannelEvent(context: CommandContext, type: EventType, channel: TaskChannel): void {
  context.recordEvent({
    type,
    workspaceSid: channel.workspaceSid,
    resourceType: 'taskchannel',
    resourceSid: channel.sid,
    description: `TaskChannel ${channel.uniqueName} ${type.slice('task-channel.'.length)}`,
    fields: taskChannelFields(channel),
  });
}
