import { when } from '../../http/filters';
import type { Workflow } from '../../model/entities';
import type { ApiRequest } from '../api-request';
import { type ApiResponse, created, noContent, ok } from '../api-response';
import { formatWorkflow } from '../formats/workflow';
import { listRows } from '../paging';

export function listWorkflows(request: ApiRequest): Promise<ApiResponse> {
  const { parameters, context } = request;
  return listRows(request, {
    table: 'workflows',
    key: 'workflows',
    filters: ['FriendlyName'],
    rows: context.view.all('workflows', request.row('workspaces').sid),
    tests: [
      when(parameters.text('FriendlyName'), (workflow: Workflow, name) => workflow.friendlyName === name),
    ],
    format: (workflow) => request.text(formatWorkflow, workflow),
  });
}

export async function createWorkflow(request: ApiRequest): Promise<ApiResponse> {
  const { parameters } = request;
  const workflow = await request.execute({
    type: 'CreateWorkflow',
    workspaceSid: request.row('workspaces').sid,
    friendlyName: parameters.required('FriendlyName'),
    configuration: parameters.json('Configuration') ?? parameters.required('Configuration'),
    ...settings(request),
  });
  return created(formatWorkflow(workflow, request.context));
}

export function fetchWorkflow(request: ApiRequest): ApiResponse {
  return ok(request.text(formatWorkflow, request.row('workflows')));
}

export async function updateWorkflow(request: ApiRequest): Promise<ApiResponse> {
  const { parameters } = request;
  const workflow = await request.execute({
    type: 'UpdateWorkflow',
    workspaceSid: request.row('workspaces').sid,
    workflowSid: request.row('workflows').sid,
    friendlyName: parameters.text('FriendlyName'),
    configuration: parameters.json('Configuration'),
    ...settings(request),
    reEvaluateTasks: parameters.flag('ReEvaluateTasks'),
  });
  return ok(formatWorkflow(workflow, request.context));
}

export async function deleteWorkflow(request: ApiRequest): Promise<ApiResponse> {
  await request.execute({
    type: 'DeleteWorkflow',
    workspaceSid: request.row('workspaces').sid,
    workflowSid: request.row('workflows').sid,
  });
  return noContent;
}

function settings({ parameters }: ApiRequest) {
  return {
    assignmentCallbackUrl:
      parameters.url('AssignmentCallbackUrl') ?? parameters.cleared('AssignmentCallbackUrl'),
    fallbackAssignmentCallbackUrl:
      parameters.url('FallbackAssignmentCallbackUrl') ?? parameters.cleared('FallbackAssignmentCallbackUrl'),
    taskReservationTimeoutSeconds: parameters.integer('TaskReservationTimeout'),
  };
}
