import type { ApiRequest } from '../api-request';
import { type ApiResponse, created, noContent, ok } from '../api-response';
import { filtered, when } from '../filters';
import { formatWorkflow } from '../formats/workflow';
import { listRows } from '../paging';

export function listWorkflows(call: ApiRequest): ApiResponse {
  const { parameters, context } = call;
  return listRows(call, {
    table: 'workflows',
    key: 'workflows',
    filters: ['FriendlyName'],
    rows: filtered(context.view.all('workflows', call.row('workspaces').sid), [
      when(parameters.text('FriendlyName'), (workflow, name) => workflow.friendlyName === name),
    ]),
    format: (workflow) => formatWorkflow(workflow, context),
  });
}

export async function createWorkflow(call: ApiRequest): Promise<ApiResponse> {
  const { parameters } = call;
  const workflow = await call.execute({
    type: 'CreateWorkflow',
    workspaceSid: call.row('workspaces').sid,
    friendlyName: parameters.required('FriendlyName'),
    configuration: parameters.required('Configuration'),
    ...settings(call),
  });
  return created(formatWorkflow(workflow, call.context));
}

export function fetchWorkflow(call: ApiRequest): ApiResponse {
  return ok(formatWorkflow(call.row('workflows'), call.context));
}

export async function updateWorkflow(call: ApiRequest): Promise<ApiResponse> {
  const { parameters } = call;
  const workflow = await call.execute({
    type: 'UpdateWorkflow',
    workspaceSid: call.row('workspaces').sid,
    workflowSid: call.row('workflows').sid,
    friendlyName: parameters.text('FriendlyName'),
    configuration: parameters.text('Configuration'),
    ...settings(call),
    reEvaluateTasks: parameters.flag('ReEvaluateTasks'),
  });
  return ok(formatWorkflow(workflow, call.context));
}

export async function deleteWorkflow(call: ApiRequest): Promise<ApiResponse> {
  await call.execute({
    type: 'DeleteWorkflow',
    workspaceSid: call.row('workspaces').sid,
    workflowSid: call.row('workflows').sid,
  });
  return noContent;
}

function settings({ parameters }: ApiRequest) {
  return {
    assignmentCallbackUrl: parameters.url('AssignmentCallbackUrl'),
    fallbackAssignmentCallbackUrl: parameters.url('FallbackAssignmentCallbackUrl'),
    taskReservationTimeoutSeconds: parameters.integer('TaskReservationTimeout'),
  };
}
