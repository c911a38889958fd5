import { InvalidParameter } from '../../model/errors';
import type { TaskRouterEvent } from '../../model/events';
import { isSid, sidPrefix } from '../../model/sids';
import type { EventQuery } from '../../store/store';
import type { ApiRequest } from '../api-request';
import { type ApiResponse, ok } from '../api-response';
import { formatEvent } from '../formats/event';
import type { Window } from '../page-scan';
import { type PageRequest, pageOf, readPageRequest } from '../paging';

const minute = 60_000;
/** https://www.twilio.com/docs/taskrouter/api/event */
const defaultMinutes = 15;

const sidFilters = [
  ['ReservationSid', sidPrefix.reservation],
  ['TaskQueueSid', sidPrefix.taskQueue],
  ['TaskSid', sidPrefix.task],
  ['WorkerSid', sidPrefix.worker],
  ['WorkflowSid', sidPrefix.workflow],
] as const;

/** Newest first (our choice). */
export function listEvents(request: ApiRequest): Promise<ApiResponse> {
  const pageRequest = readPageRequest(request);
  const list = {
    key: 'events',
    filters: [
      'EndDate',
      'EventType',
      'Minutes',
      ...sidFilters.map(([name]) => name),
      'StartDate',
      'TaskChannel',
      'Sid',
    ],
    format: (event: TaskRouterEvent) => formatEvent(event, request.context),
  };
  return pageOf(request, pageRequest, list, eventWindow(request, pageRequest));
}

function eventWindow(request: ApiRequest, { cursor, pageSize }: PageRequest): Window<TaskRouterEvent> {
  const backwards = cursor?.direction === 'before';
  const events = request.taskRouter.store.events({
    ...query(request),
    ...(cursor && { [backwards ? 'newerThan' : 'olderThan']: cursor.sid }),
    limit: pageSize + 1,
  });
  const more = events.length > pageSize;
  return { rows: backwards ? events.slice(-pageSize) : events.slice(0, pageSize), more };
}

function query(request: ApiRequest): Omit<EventQuery, 'limit'> {
  const { parameters } = request;
  return {
    workspaceSid: request.row('workspaces').sid,
    ...period(request),
    type: parameters.text('EventType'),
    sid: parameters.sid('Sid', sidPrefix.event),
    fields: fields(request),
  };
}

/** Dates instead of minutes; minutes count back from the end (our choice where both are given). */
function period({ parameters, context }: ApiRequest): { from: number; to: number | undefined } {
  const minutes = parameters.integer('Minutes') ?? defaultMinutes;
  if (minutes < 1) throw InvalidParameter.outOfRange('Minutes', minutes, '1 or more');
  const to = parameters.date('EndDate');
  return { from: parameters.date('StartDate') ?? (to ?? context.now) - minutes * minute, to };
}

function fields({ parameters }: ApiRequest): Record<string, string> {
  const wanted: Record<string, string> = {};
  for (const [name, prefix] of sidFilters) {
    const sid = parameters.sid(name, prefix);
    if (sid !== undefined) wanted[name] = sid;
  }
  const channel = parameters.text('TaskChannel');
  if (channel === undefined) return wanted;
  wanted[isSid(sidPrefix.taskChannel, channel) ? 'TaskChannelSid' : 'TaskChannelUniqueName'] = channel;
  return wanted;
}

export function fetchEvent(request: ApiRequest): ApiResponse {
  const event = request.taskRouter.store.event(request.pathText('events'));
  if (event?.workspaceSid !== request.row('workspaces').sid) throw request.notFound();
  return ok(formatEvent(event, request.context));
}
