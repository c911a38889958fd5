import { builtInTaskChannels } from '../../../common/built-in-task-channels';
import type { CreateTaskChannel, DeleteTaskChannel, UpdateTaskChannel } from '../../model/commands';
import type { TaskChannel, Worker, WorkerChannel } from '../../model/entities';
import { InvalidParameter, ResourceInUse } from '../../model/errors';
import type { EventType } from '../../model/event-types';
import { sidPrefix } from '../../model/sids';
import type { CommandContext } from '../command-context';
import { taskChannelFields } from '../event-fields';
import { limits } from '../limits';
import { checkFriendlyName, subject, workspaceOf } from './lookups';

/** https://www.twilio.com/docs/taskrouter/api/task-channel */
const uniqueNameForm = /^[A-Za-z_$][A-Za-z0-9_$]*$/;

export function createTaskChannel(turn: CommandContext, command: CreateTaskChannel): TaskChannel {
  const workspace = workspaceOf(turn, command);
  checkChannelName(command.friendlyName);
  if (!uniqueNameForm.test(command.uniqueName))
    throw InvalidParameter.badSid('UniqueName', command.uniqueName);
  if (findTaskChannel(turn, workspace.sid, command.uniqueName)) {
    throw new InvalidParameter(`TaskChannel with the same unique name already exists`);
  }
  const optimized = command.channelOptimizedRouting ?? false;
  return addTaskChannel(turn, workspace.sid, command.friendlyName, command.uniqueName, optimized);
}

/** Every worker has one worker channel for each task channel. */
export function addTaskChannel(
  turn: CommandContext,
  workspaceSid: string,
  friendlyName: string,
  uniqueName: string,
  channelOptimizedRouting: boolean,
): TaskChannel {
  const channel = turn.state.put('taskChannels', {
    ...turn.created(sidPrefix.taskChannel, uniqueName),
    workspaceSid,
    friendlyName,
    uniqueName,
    channelOptimizedRouting,
  });
  for (const worker of turn.state.all('workers', workspaceSid)) addWorkerChannel(turn, worker, channel);
  channelEvent(turn, 'task-channel.created', channel);
  return channel;
}

/** New worker channels have room for one and are available (seen in the worker SDK's fixtures). */
export function addWorkerChannel(turn: CommandContext, worker: Worker, channel: TaskChannel): WorkerChannel {
  return turn.state.put('workerChannels', {
    ...turn.created(sidPrefix.workerChannel),
    workspaceSid: worker.workspaceSid,
    workerSid: worker.sid,
    taskChannelSid: channel.sid,
    configuredCapacity: limits.workerChannelCapacity.default,
    available: true,
    lastReservedTime: null,
  });
}

export function updateTaskChannel(turn: CommandContext, command: UpdateTaskChannel): TaskChannel {
  const channel = subject(turn, command, 'taskChannels', command.taskChannelSid);
  if (command.friendlyName !== undefined) checkChannelName(command.friendlyName);
  const updated = turn.state.put('taskChannels', {
    ...channel,
    friendlyName: command.friendlyName ?? channel.friendlyName,
    channelOptimizedRouting: command.channelOptimizedRouting ?? channel.channelOptimizedRouting,
    dateUpdated: turn.now,
  });
  channelEvent(turn, 'task-channel.updated', updated);
  return updated;
}

/** Our choice: refused for the built-in ones and while tasks use it. */
export function deleteTaskChannel(turn: CommandContext, command: DeleteTaskChannel): undefined {
  const channel = subject(turn, command, 'taskChannels', command.taskChannelSid);
  const refuse = (why: string) =>
    new ResourceInUse(`Cannot delete TaskChannel ${channel.sid} because ${why}`);
  if (builtInTaskChannels.includes(channel.uniqueName)) throw refuse('it is built in');
  for (const task of turn.state.all('tasks', channel.workspaceSid)) {
    if (task.taskChannelSid === channel.sid) throw refuse(`Task ${task.sid} uses it`);
  }
  for (const worker of turn.state.all('workers', channel.workspaceSid)) {
    const workerChannel = turn.load.channel(worker.sid, channel.sid);
    if (workerChannel) turn.state.remove('workerChannels', workerChannel.sid);
  }
  turn.state.remove('taskChannels', channel.sid);
  channelEvent(turn, 'task-channel.deleted', channel);
}

/** By sid or by unique name. */
export function findTaskChannel(
  turn: CommandContext,
  workspaceSid: string,
  name: string,
): TaskChannel | undefined {
  for (const channel of turn.state.all('taskChannels', workspaceSid)) {
    if (channel.sid === name || channel.uniqueName === name) return channel;
  }
  return undefined;
}

function checkChannelName(name: string): void {
  checkFriendlyName(name);
  if (name.includes('-'))
    throw new InvalidParameter(`FriendlyName of a TaskChannel may not contain hyphens: '${name}'`);
}

function channelEvent(turn: CommandContext, type: EventType, channel: TaskChannel): void {
  turn.emit({
    type,
    workspaceSid: channel.workspaceSid,
    resourceType: 'taskchannel',
    resourceSid: channel.sid,
    description: `TaskChannel ${channel.uniqueName} ${type.slice('task-channel.'.length)}`,
    fields: taskChannelFields(channel),
  });
}
