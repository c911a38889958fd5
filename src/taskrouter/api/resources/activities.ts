import { when } from '../../http/filters';
import type { Activity } from '../../model/entities';
import type { ApiRequest } from '../api-request';
import { type ApiResponse, created, noContent, ok } from '../api-response';
import { formatActivity } from '../formats/activity';
import { listRows } from '../paging';

export function listActivities(request: ApiRequest): Promise<ApiResponse> {
  const { parameters, context } = request;
  return listRows(request, {
    table: 'activities',
    key: 'activities',
    filters: ['FriendlyName', 'Available'],
    rows: context.view.all('activities', request.row('workspaces').sid),
    tests: [
      when(parameters.text('FriendlyName'), (activity: Activity, name) => activity.friendlyName === name),
      when(parameters.flag('Available'), (activity: Activity, available) => activity.available === available),
    ],
    format: (activity) => request.text(formatActivity, activity),
  });
}

export async function createActivity(request: ApiRequest): Promise<ApiResponse> {
  const { parameters } = request;
  const activity = await request.execute({
    type: 'CreateActivity',
    workspaceSid: request.row('workspaces').sid,
    friendlyName: parameters.required('FriendlyName'),
    available: parameters.flag('Available'),
  });
  return created(formatActivity(activity, request.context));
}

export function fetchActivity(request: ApiRequest): ApiResponse {
  return ok(request.text(formatActivity, request.row('activities')));
}

/** Ignores `Available`: TaskRouter responds with 200 and does not change it. */
export async function updateActivity(request: ApiRequest): Promise<ApiResponse> {
  const activity = await request.execute({
    type: 'UpdateActivity',
    workspaceSid: request.row('workspaces').sid,
    activitySid: request.row('activities').sid,
    friendlyName: request.parameters.text('FriendlyName'),
  });
  return ok(formatActivity(activity, request.context));
}

export async function deleteActivity(request: ApiRequest): Promise<ApiResponse> {
  await request.execute({
    type: 'DeleteActivity',
    workspaceSid: request.row('workspaces').sid,
    activitySid: request.row('activities').sid,
  });
  return noContent;
}
