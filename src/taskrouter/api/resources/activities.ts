import type { ApiRequest } from '../api-request';
import { type ApiResponse, created, noContent, ok } from '../api-response';
import { filtered, when } from '../filters';
import { formatActivity } from '../formats/activity';
import { listRows } from '../paging';

export function listActivities(call: ApiRequest): ApiResponse {
  const { parameters, context } = call;
  return listRows(call, {
    table: 'activities',
    key: 'activities',
    filters: ['FriendlyName', 'Available'],
    rows: filtered(context.view.all('activities', call.row('workspaces').sid), [
      when(parameters.text('FriendlyName'), (activity, name) => activity.friendlyName === name),
      when(parameters.flag('Available'), (activity, available) => activity.available === available),
    ]),
    format: (activity) => formatActivity(activity, context),
  });
}

export async function createActivity(call: ApiRequest): Promise<ApiResponse> {
  const { parameters } = call;
  const activity = await call.execute({
    type: 'CreateActivity',
    workspaceSid: call.row('workspaces').sid,
    friendlyName: parameters.required('FriendlyName'),
    available: parameters.flag('Available'),
  });
  return created(formatActivity(activity, call.context));
}

export function fetchActivity(call: ApiRequest): ApiResponse {
  return ok(formatActivity(call.row('activities'), call.context));
}

/** `Available` is not even read: the service answers 200 and changes nothing. */
export async function updateActivity(call: ApiRequest): Promise<ApiResponse> {
  const activity = await call.execute({
    type: 'UpdateActivity',
    workspaceSid: call.row('workspaces').sid,
    activitySid: call.row('activities').sid,
    friendlyName: call.parameters.text('FriendlyName'),
  });
  return ok(formatActivity(activity, call.context));
}

export async function deleteActivity(call: ApiRequest): Promise<ApiResponse> {
  await call.execute({
    type: 'DeleteActivity',
    workspaceSid: call.row('workspaces').sid,
    activitySid: call.row('activities').sid,
  });
  return noContent;
}
