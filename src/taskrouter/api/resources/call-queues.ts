import { when } from '../../http/filters';
import type { CallerQueue } from '../../voice/queues/caller-queue';
import { accountPage } from '../account-paging';
import type { ApiRequest } from '../api-request';
import { type ApiResponse, ok } from '../api-response';
import { formatCallQueue, formatMember } from '../formats/call-queue';

/** By name, as TaskRouter's documentation has it: https://www.twilio.com/docs/taskrouter/twiml-queue-calls */
export function listCallQueues(request: ApiRequest): ApiResponse {
  const { parameters, control, context } = request;
  const name = parameters.text('FriendlyName');
  return accountPage(request, {
    key: 'queues',
    rows: control.queues.list(),
    filters: ['FriendlyName'],
    tests: [when(name, (queue: CallerQueue, wanted) => queue.name === wanted)],
    format: (queue) => formatCallQueue(queue, context),
  });
}

export function fetchCallQueue(request: ApiRequest): ApiResponse {
  return ok(formatCallQueue(queueOf(request), request.context));
}

/** Source: https://www.twilio.com/docs/voice/api/member-resource */
export function listMembers(request: ApiRequest): ApiResponse {
  return accountPage(request, {
    key: 'queue_members',
    rows: queueOf(request).members.map((caller) => ({ sid: caller.call.sid, caller })),
    filters: [],
    format: ({ caller }) => formatMember(caller, request.context),
  });
}

/** `Front` is the caller who has waited longest. */
export function fetchMember(request: ApiRequest): ApiResponse {
  const { members } = queueOf(request);
  const wanted = request.pathText('member');
  const member = wanted === 'Front' ? members[0] : members.find(({ call }) => call.sid === wanted);
  if (!member) throw request.notFound();
  return ok(formatMember(member, request.context));
}

/** @throws ResourceNotFound */
function queueOf(request: ApiRequest): CallerQueue {
  const queue = request.control.queues.list().find(({ sid }) => sid === request.pathText('queue'));
  if (!queue) throw request.notFound();
  return queue;
}
