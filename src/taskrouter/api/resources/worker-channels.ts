import type { ApiRequest } from '../api-request';
import { type ApiResponse, ok } from '../api-response';
import { formatWorkerChannel } from '../formats/worker-channel';
import { listRows } from '../paging';

export function listWorkerChannels(request: ApiRequest): ApiResponse {
  return listRows(request, {
    table: 'workerChannels',
    key: 'channels',
    filters: [],
    rows: request.context.view.channelsOfWorker(request.row('workers').sid),
    format: (channel) => formatWorkerChannel(channel, request.context),
  });
}

export function fetchWorkerChannel(request: ApiRequest): ApiResponse {
  return ok(formatWorkerChannel(request.row('workerChannels'), request.context));
}

export async function updateWorkerChannel(request: ApiRequest): Promise<ApiResponse> {
  const { parameters } = request;
  const channel = await request.execute({
    type: 'UpdateWorkerChannel',
    workspaceSid: request.row('workspaces').sid,
    workerChannelSid: request.row('workerChannels').sid,
    capacity: parameters.integer('Capacity'),
    available: parameters.boolean('Available'),
  });
  return ok(formatWorkerChannel(channel, request.context));
}
