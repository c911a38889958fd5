import { when } from '../../http/filters';
import { CallRefused } from '../../model/errors';
import type { CallView } from '../../voice/calls/call-view';
import type { LiveCall } from '../../voice/calls/live-call';
import { accountPage } from '../account-paging';
import type { ApiRequest } from '../api-request';
import { type ApiResponse, created, noContent, ok } from '../api-response';
import { formatCall, startOf } from '../formats/call';
import { readCallUpdate, readOutboundCall } from '../read-call';
import { timeFilters, timeTests } from '../time-filters';

/** Source: https://www.twilio.com/docs/voice/api/call-resource */
export function createCall(request: ApiRequest): ApiResponse {
  const call = request.control.place(readOutboundCall(request.parameters));
  return created(formatCall(call, request.context));
}

export function fetchCall(request: ApiRequest): ApiResponse {
  return ok(formatCall(callOf(request), request.context));
}

/** Newest first. */
export function listCalls(request: ApiRequest): ApiResponse {
  const { parameters, control } = request;
  const text = (name: string, of: (call: CallView) => string | null) =>
    when(parameters.text(name), (call: CallView, wanted) => of(call) === wanted);
  return accountPage(request, {
    key: 'calls',
    rows: control.calls.list(),
    filters: [
      'To',
      'From',
      'ParentCallSid',
      'Status',
      ...timeFilters('StartTime'),
      ...timeFilters('EndTime'),
    ],
    tests: [
      text('To', ({ to }) => to),
      text('From', ({ from }) => from),
      text('ParentCallSid', ({ parentCallSid }) => parentCallSid),
      when(parameters.oneOf('Status', statuses), (call: CallView, status) => call.status === status),
      ...timeTests(request, 'StartTime', startOf),
      ...timeTests(request, 'EndTime', ({ endedAt }: CallView) => endedAt),
    ],
    format: (call) => formatCall(call, request.context),
  });
}

/** Source: https://www.twilio.com/docs/voice/api/call-resource#call-status-values */
const statuses = [
  'queued',
  'ringing',
  'in-progress',
  'canceled',
  'completed',
  'failed',
  'busy',
  'no-answer',
] as const;

export async function updateCall(request: ApiRequest): Promise<ApiResponse> {
  const { control } = request;
  const call = callOf(request);
  const { script, status, statusCallback, timeLimitSeconds } = readCallUpdate(request.parameters);
  if (statusCallback) call.statusCallback = statusCallback;
  if (script) control.redirect(call, script);
  if (status === 'completed') await control.hangUp(call);
  if (status === 'canceled') await control.cancel(call);
  if (timeLimitSeconds !== undefined) control.limit(call, timeLimitSeconds);
  return ok(formatCall(call, request.context));
}

/** Our choice: 20009 for a call that is not over. Source: https://www.twilio.com/docs/api/errors/20009 */
export function deleteCall(request: ApiRequest): ApiResponse {
  const call = callOf(request);
  if (!call.isOver) throw new CallRefused(20009, 'Cannot delete this resource before it is complete');
  request.control.calls.drop(call.sid);
  return noContent;
}

/** @throws ResourceNotFound */
function callOf(request: ApiRequest): LiveCall {
  const call = request.control.calls.find(request.pathText('call'));
  if (!call) throw request.notFound();
  return call;
}
