import type { ApiRequest } from '../api-request';
import { type ApiResponse, created, noContent, ok } from '../api-response';
import { formatTaskChannel } from '../formats/task-channel';
import { listRows } from '../paging';

export function listTaskChannels(request: ApiRequest): Promise<ApiResponse> {
  return listRows(request, {
    table: 'taskChannels',
    key: 'channels',
    filters: [],
    rows: request.context.view.all('taskChannels', request.row('workspaces').sid),
    format: (channel) => request.text(formatTaskChannel, channel),
  });
}

export async function createTaskChannel(request: ApiRequest): Promise<ApiResponse> {
  const { parameters } = request;
  const channel = await request.execute({
    type: 'CreateTaskChannel',
    workspaceSid: request.row('workspaces').sid,
    friendlyName: parameters.required('FriendlyName'),
    uniqueName: parameters.required('UniqueName'),
    channelOptimizedRouting: parameters.boolean('ChannelOptimizedRouting'),
  });
  return created(formatTaskChannel(channel, request.context));
}

export function fetchTaskChannel(request: ApiRequest): ApiResponse {
  return ok(request.text(formatTaskChannel, request.row('taskChannels')));
}

export async function updateTaskChannel(request: ApiRequest): Promise<ApiResponse> {
  const { parameters } = request;
  const channel = await request.execute({
    type: 'UpdateTaskChannel',
    workspaceSid: request.row('workspaces').sid,
    taskChannelSid: request.row('taskChannels').sid,
    friendlyName: parameters.text('FriendlyName'),
    channelOptimizedRouting: parameters.boolean('ChannelOptimizedRouting'),
  });
  return ok(formatTaskChannel(channel, request.context));
}

export async function deleteTaskChannel(request: ApiRequest): Promise<ApiResponse> {
  await request.execute({
    type: 'DeleteTaskChannel',
    workspaceSid: request.row('workspaces').sid,
    taskChannelSid: request.row('taskChannels').sid,
  });
  return noContent;
}
