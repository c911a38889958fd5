import { when } from '../../http/filters';
import type { Workspace } from '../../model/entities';
import type { ApiRequest } from '../api-request';
import { type ApiResponse, created, noContent, ok } from '../api-response';
import { formatWorkspace } from '../formats/workspace';
import { listRows } from '../paging';

const taskOrders = ['FIFO', 'LIFO'] as const;

export function listWorkspaces(request: ApiRequest): Promise<ApiResponse> {
  const { parameters, context } = request;
  return listRows(request, {
    table: 'workspaces',
    key: 'workspaces',
    filters: ['FriendlyName'],
    rows: context.view.all('workspaces'),
    tests: [
      when(parameters.text('FriendlyName'), (workspace: Workspace, name) => workspace.friendlyName === name),
    ],
    format: (workspace) => request.text(formatWorkspace, workspace),
  });
}

export async function createWorkspace(request: ApiRequest): Promise<ApiResponse> {
  const { parameters } = request;
  const workspace = await request.execute({
    type: 'CreateWorkspace',
    friendlyName: parameters.required('FriendlyName'),
    ...settings(request),
    // Our choice: an unknown template is ignored (a public demo sends `EMPTY`).
    template: parameters.text('Template')?.toUpperCase() === 'FIFO' ? 'FIFO' : 'NONE',
  });
  return created(formatWorkspace(workspace, request.context));
}

export function fetchWorkspace(request: ApiRequest): ApiResponse {
  return ok(request.text(formatWorkspace, request.row('workspaces')));
}

export async function updateWorkspace(request: ApiRequest): Promise<ApiResponse> {
  const { parameters } = request;
  const workspace = await request.execute({
    type: 'UpdateWorkspace',
    workspaceSid: request.row('workspaces').sid,
    friendlyName: parameters.text('FriendlyName'),
    ...settings(request),
    defaultActivitySid: parameters.sid('DefaultActivitySid', 'WA'),
    timeoutActivitySid: parameters.sid('TimeoutActivitySid', 'WA'),
  });
  return ok(formatWorkspace(workspace, request.context));
}

export async function deleteWorkspace(request: ApiRequest): Promise<ApiResponse> {
  await request.execute({ type: 'DeleteWorkspace', workspaceSid: request.row('workspaces').sid });
  return noContent;
}

function settings({ parameters }: ApiRequest) {
  return {
    eventCallbackUrl: parameters.url('EventCallbackUrl') ?? parameters.cleared('EventCallbackUrl'),
    eventsFilter: parameters.text('EventsFilter') ?? parameters.cleared('EventsFilter'),
    multiTaskEnabled: parameters.boolean('MultiTaskEnabled'),
    prioritizeQueueOrder: parameters.oneOf('PrioritizeQueueOrder', taskOrders),
  };
}
