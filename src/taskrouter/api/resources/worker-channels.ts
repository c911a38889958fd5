import type { WorkerChannel } from '../../model/entities';
import type { ApiRequest } from '../api-request';
import { type ApiResponse, ok } from '../api-response';
import { formatWorkerChannel } from '../formats/worker-channel';
import { listRows } from '../paging';

export function listWorkerChannels(request: ApiRequest): Promise<ApiResponse> {
  return listRows(request, {
    table: 'workerChannels',
    key: 'channels',
    filters: [],
    rows: request.context.view.channelsOfWorker(request.row('workers').sid),
    format: (channel) => format(channel, request),
  });
}

export function fetchWorkerChannel(request: ApiRequest): ApiResponse {
  return ok(format(request.row('workerChannels'), request));
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
  return ok(format(channel, request));
}

const format = (channel: WorkerChannel, { context }: ApiRequest): object =>
  formatWorkerChannel(channel, context, context.view);
