import type { ApiRequest } from '../api-request';
import { type ApiResponse, created, noContent, ok } from '../api-response';
import { formatTaskChannel } from '../formats/task-channel';
import { listRows } from '../paging';

export function listTaskChannels(call: ApiRequest): ApiResponse {
  return listRows(call, {
    table: 'taskChannels',
    key: 'channels',
    filters: [],
    rows: call.context.view.all('taskChannels', call.row('workspaces').sid),
    format: (channel) => formatTaskChannel(channel, call.context),
  });
}

export async function createTaskChannel(call: ApiRequest): Promise<ApiResponse> {
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

export function fetchTaskChannel(call: ApiRequest): ApiResponse {
  return ok(formatTaskChannel(call.row('taskChannels'), call.context));
}

export async function updateTaskChannel(call: ApiRequest): Promise<ApiResponse> {
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

export async function deleteTaskChannel(call: ApiRequest): Promise<ApiResponse> {
  await call.execute({
    type: 'DeleteTaskChannel',
    workspaceSid: call.row('workspaces').sid,
    taskChannelSid: call.row('taskChannels').sid,
  });
  return noContent;
}
