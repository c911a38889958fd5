import { type Answer, ok } from '../answer';
import type { Call } from '../call';
import { formatWorkerChannel } from '../formats/worker-channel';
import { listRows } from '../paging';

export function listWorkerChannels(call: Call): Answer {
  return listRows(call, {
    table: 'workerChannels',
    key: 'channels',
    filters: [],
    rows: call.context.view.channelsOfWorker(call.row('workers').sid),
    format: (channel) => formatWorkerChannel(channel, call.context),
  });
}

export function fetchWorkerChannel(call: Call): Answer {
  return ok(formatWorkerChannel(call.row('workerChannels'), call.context));
}

export async function updateWorkerChannel(call: Call): Promise<Answer> {
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
