import type { ApiRequest } from '../api-request';
import { type ApiResponse, ok } from '../api-response';
import { formatWorkerChannel } from '../formats/worker-channel';
import { listRows } from '../paging';

export function listWorkerChannels(call: ApiRequest): ApiResponse {
  return listRows(call, {
    table: 'workerChannels',
    key: 'channels',
    filters: [],
    rows: call.context.view.channelsOfWorker(call.row('workers').sid),
    format: (channel) => formatWorkerChannel(channel, call.context),
  });
}

export function fetchWorkerChannel(call: ApiRequest): ApiResponse {
  return ok(formatWorkerChannel(call.row('workerChannels'), call.context));
}

export async function updateWorkerChannel(call: ApiRequest): Promise<ApiResponse> {
  const { parameters } = call;
  const channel = await call.execute({
    type: 'UpdateWorkerChannel',
    workspaceSid: call.row('workspaces').sid,
    workerChannelSid: call.row('workerChannels').sid,
    capacity: parameters.integer('Capacity'),
    available: parameters.boolean('Available'),
  });
  return ok(formatWorkerChannel(channel, call.context));
}
