import { type Answer, created, noContent, ok } from '../answer';
import type { Call } from '../call';
import { filtered, when } from '../filters';
import { formatWorkspace } from '../formats/workspace';
import { listRows } from '../paging';

const taskOrders = ['FIFO', 'LIFO'] as const;

export function listWorkspaces(call: Call): Answer {
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

export async function createWorkspace(call: Call): Promise<Answer> {
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

export function fetchWorkspace(call: Call): Answer {
  return ok(formatWorkspace(call.row('workspaces'), call.context));
}

export async function updateWorkspace(call: Call): Promise<Answer> {
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

export async function deleteWorkspace(call: Call): Promise<Answer> {
  await call.execute({ type: 'DeleteWorkspace', workspaceSid: call.row('workspaces').sid });
  return noContent;
}

function settings({ parameters }: Call) {
  return {
    eventCallbackUrl: parameters.url('EventCallbackUrl'),
    eventsFilter: parameters.text('EventsFilter'),
    multiTaskEnabled: parameters.boolean('MultiTaskEnabled'),
    prioritizeQueueOrder: parameters.oneOf('PrioritizeQueueOrder', taskOrders),
  };
}
