import { InvalidParameter } from '../../model/errors';
import type { TaskRouterEvent } from '../../model/events';
import { isSid, sidPrefix } from '../../model/sids';
import type { EventQuery } from '../../store/store';
import type { ApiRequest } from '../api-request';
import { type ApiResponse, ok } from '../api-response';
import { formatEvent } from '../formats/event';
import { type PageRequest, pageOf, readPageRequest, type Window } from '../paging';

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
export function listEvents(call: ApiRequest): ApiResponse {
  const request = readPageRequest(call);
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
    format: (event: TaskRouterEvent) => formatEvent(event, call.context),
  };
  return pageOf(call, request, list, eventWindow(call, request));
}

function eventWindow(call: ApiRequest, { cursor, pageSize }: PageRequest): Window<TaskRouterEvent> {
  const backwards = cursor?.direction === 'before';
  const events = call.taskRouter.store.events({
    ...query(call),
    ...(cursor && { [backwards ? 'newerThan' : 'olderThan']: cursor.sid }),
    limit: pageSize + 1,
  });
  const more = events.length > pageSize;
  return { rows: backwards ? events.slice(-pageSize) : events.slice(0, pageSize), more };
}

function query(call: ApiRequest): Omit<EventQuery, 'limit'> {
  const { parameters } = call;
  return {
    workspaceSid: call.row('workspaces').sid,
    ...period(call),
    type: parameters.text('EventType'),
    sid: parameters.sid('Sid', sidPrefix.event),
    fields: fields(call),
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

export function fetchEvent(call: ApiRequest): ApiResponse {
  const event = call.taskRouter.store.event(call.pathText('events'));
  if (event?.workspaceSid !== call.row('workspaces').sid) throw call.notFound();
  return ok(formatEvent(event, call.context));
}
