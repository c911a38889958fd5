import type { ApiRequest } from '../api-request';
import { type ApiResponse, created, noContent, ok } from '../api-response';
import { filtered, when } from '../filters';
import { formatWorkspace } from '../formats/workspace';
import { listRows } from '../paging';

const taskOrders = ['FIFO', 'LIFO'] as const;

export function listWorkspaces(call: ApiRequest): ApiResponse {
  const { parameters, context } = call;
  return listRows(call, {
    table: 'workspaces',
    key: 'workspaces',
    filters: ['FriendlyName'],
    rows: filtered(context.view.all('workspaces'), [
      when(parameters.text('FriendlyName'), (workspace, name) => workspace.friendlyName === name),
    ]),
    format: (workspace) => formatWorkspace(workspace, context),
  });
}

export async function createWorkspace(call: ApiRequest): Promise<ApiResponse> {
  const { parameters } = call;
  const workspace = await call.execute({
    type: 'CreateWorkspace',
    friendlyName: parameters.required('FriendlyName'),
    ...settings(call),
    // Our choice: a template nobody knows is treated as none (a public demo sends `EMPTY`).
    template: parameters.text('Template')?.toUpperCase() === 'FIFO' ? 'FIFO' : 'NONE',
  });
  return created(formatWorkspace(workspace, call.context));
}

export function fetchWorkspace(call: ApiRequest): ApiResponse {
  return ok(formatWorkspace(call.row('workspaces'), call.context));
}

export async function updateWorkspace(call: ApiRequest): Promise<ApiResponse> {
  const { parameters } = call;
  const workspace = await call.execute({
    type: 'UpdateWorkspace',
    workspaceSid: call.row('workspaces').sid,
    friendlyName: parameters.text('FriendlyName'),
    ...settings(call),
    defaultActivitySid: parameters.sid('DefaultActivitySid', 'WA'),
    timeoutActivitySid: parameters.sid('TimeoutActivitySid', 'WA'),
  });
  return ok(formatWorkspace(workspace, call.context));
}

export async function deleteWorkspace(call: ApiRequest): Promise<ApiResponse> {
  await call.execute({ type: 'DeleteWorkspace', workspaceSid: call.row('workspaces').sid });
  return noContent;
}

function settings({ parameters }: ApiRequest) {
  return {
    eventCallbackUrl: parameters.url('EventCallbackUrl'),
    eventsFilter: parameters.text('EventsFilter'),
    multiTaskEnabled: parameters.boolean('MultiTaskEnabled'),
    prioritizeQueueOrder: parameters.oneOf('PrioritizeQueueOrder', taskOrders),
  };
}
