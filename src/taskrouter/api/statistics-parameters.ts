import { limits } from '../../common/limits';
import { filtered, when } from '../http/filters';
import type { Worker } from '../model/entities';
import { InvalidParameter } from '../model/errors';
import { isSid, sidPrefix } from '../model/sids';
import type { CumulativeRequest } from '../statistics/cumulative';
import type { TasksRequest } from '../statistics/real-time-tasks';
import { type StatisticsWindow, statisticsWindow } from '../statistics/window';
import type { WorkersRequest } from '../statistics/workers-cumulative';
import type { ApiRequest } from './api-request';
import { taskQueuesNamed } from './task-queues-named';

/** Reads the parameters of statistics. Source: https://www.twilio.com/docs/taskrouter/api/workspace-statistics */

export function readCumulativeRequest(request: ApiRequest): CumulativeRequest {
  return { ...readTasksRequest(request), window: readWindow(request), thresholds: readThresholds(request) };
}

export function readTasksRequest(request: ApiRequest): TasksRequest {
  return { workspaceSid: request.row('workspaces').sid, taskChannel: request.parameters.text('TaskChannel') };
}

export function readWorkersRequest(request: ApiRequest, workers: readonly Worker[] | null): WorkersRequest {
  return { ...readTasksRequest(request), window: readWindow(request), workers };
}

export function readWindow({ parameters, context }: ApiRequest): StatisticsWindow {
  const given = {
    minutes: parameters.integer('Minutes'),
    startDate: parameters.date('StartDate'),
    endDate: parameters.date('EndDate'),
  };
  return statisticsWindow(given, context.now);
}

/** Comma-separated numbers of seconds. */
function readThresholds({ parameters }: ApiRequest): readonly number[] {
  const thresholds = parameters.list('SplitByWaitTime') ?? [];
  const wrong = thresholds.find((threshold) => !/^\d{1,9}$/.test(threshold));
  if (wrong === undefined) return thresholds.map(Number);
  throw new InvalidParameter(
    `Value '${wrong}' provided for SplitByWaitTime is not a number of seconds. Separate several numbers with commas: 5,30`,
  );
}

/**
 * The workers that the parameters select; null for all workers. Our choice: a queue selects the workers that its expression
 * matches now, with all their activity.
 */
export function readWorkers(request: ApiRequest): readonly Worker[] | null {
  const { parameters, context } = request;
  const { view } = context;
  const queues = taskQueuesNamed(request, parameters.text('TaskQueueName'));
  const tests = [
    when(parameters.text('FriendlyName'), (worker: Worker, name) => worker.friendlyName === name),
    when(parameters.sid('TaskQueueSid', sidPrefix.taskQueue), (worker: Worker, sid) =>
      view.isInQueue(worker.sid, sid),
    ),
    when(queues, (worker: Worker, sids) => sids.some((sid) => view.isInQueue(worker.sid, sid))),
  ];
  if (tests.every((test) => test === undefined)) return null;
  return [...filtered(view.all('workers', request.row('workspaces').sid), tests)];
}

/**
 * `{"QueueSids": ["WQ…", …]}`, 1 to 50 of them; the response has the same order.
 * Source: https://www.twilio.com/docs/taskrouter/api/taskqueue-statistics
 */
export function readTaskQueueSids(request: ApiRequest): readonly string[] {
  const name = 'QueueSids';
  const sids = (request.json() as { readonly [name]?: unknown } | null)?.[name];
  if (sids === undefined) throw InvalidParameter.missing(name);
  const { min, max } = limits.bulkStatisticsTaskQueues;
  if (!Array.isArray(sids)) throw new InvalidParameter(`${name} is not a list of sids`);
  if (sids.length < min || sids.length > max)
    throw InvalidParameter.outOfRange(name, `${sids.length} sids`, `${min} to ${max}`);
  const wrong = sids.find((sid) => !isSid(sidPrefix.taskQueue, sid));
  if (wrong === undefined) return sids;
  throw InvalidParameter.badSid(name, typeof wrong === 'string' ? wrong : JSON.stringify(wrong));
}
