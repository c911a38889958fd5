import { type Answer, created, noContent, ok } from '../answer';
import type { Call } from '../call';
import { formatTaskChannel } from '../formats/task-channel';
import { listRows } from '../paging';

export function listTaskChannels(call: Call): Answer {
  return listRows(call, {
    table: 'taskChannels',
    key: 'channels',
    filters: [],
    rows: call.context.view.all('taskChannels', call.row('workspaces').sid),
    format: (channel) => formatTaskChannel(channel, call.context),
  });
}

export async function createTaskChannel(call: Call): Promise<Answer> {
  const { parameters } = call;
  const channel = await call.execute({
    type: 'CreateTaskChannel',
    workspaceSid: call.row('workspaces').sid,
    friendlyName: parameters.required('FriendlyName'),
    uniqueName: parameters.required('UniqueName'),
    channelOptimizedRouting: parameters.boolean('ChannelOptimizedRouting'),
  });
  return created(formatTaskChannel(channel, call.context));
}

export function fetchTaskChannel(call: Call): Answer {
  return ok(formatTaskChannel(call.row('taskChannels'), call.context));
}

export async function updateTaskChannel(call: Call): Promise<Answer> {
  const { parameters } = call;
  const channel = await call.execute({
    type: 'UpdateTaskChannel',
    workspaceSid: call.row('workspaces').sid,
    taskChannelSid: call.row('taskChannels').sid,
    friendlyName: parameters.text('FriendlyName'),
    channelOptimizedRouting: parameters.boolean('ChannelOptimizedRouting'),
  });
  return ok(formatTaskChannel(channel, call.context));
}

export async function deleteTaskChannel(call: Call): Promise<Answer> {
  await call.execute({
    type: 'DeleteTaskChannel',
    workspaceSid: call.row('workspaces').sid,
    taskChannelSid: call.row('taskChannels').sid,
  });
  return noContent;
}
