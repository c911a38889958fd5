import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Slices } from '../../common/slices';
import { sendList } from '../http/json';
import type { ApiOptions } from '../http/options';
import { alertSources } from '../inspector/alert-log';
import { alertEntryToJson } from '../inspector/entry-json';
import { InstructionRefused, TaskRouterError } from '../model/errors';
import { sidPrefix } from '../model/sids';
import { queryParameters, readLimit } from './query-parameters';

const levels = ['error', 'warning'] as const;

/** The alerts, newest first, filtered by `code`, `level`, `source`, `workspace_sid`, `task_sid`, `worker_sid`, and `call_sid`; at most `limit`. */
export function addAlerts(app: FastifyInstance, options: ApiOptions, slices: Slices): void {
  app.get('/_taskrouter/alerts', (request, reply) => listAlerts(request, reply, options, slices));
}

function listAlerts(request: FastifyRequest, reply: FastifyReply, options: ApiOptions, slices: Slices) {
  const parameters = queryParameters(request);
  const entries = options.journal.alerts.list({
    code: parameters.integer('code'),
    level: parameters.oneOf('level', levels),
    source: parameters.oneOf('source', alertSources),
    workspaceSid: parameters.sid('workspace_sid', sidPrefix.workspace),
    taskSid: parameters.sid('task_sid', sidPrefix.task),
    workerSid: parameters.sid('worker_sid', sidPrefix.worker),
    callSid: parameters.sid('call_sid', sidPrefix.call),
    limit: readLimit(parameters),
  });
  return sendList(reply, 'alerts', entries, alertEntryToJson, slices);
}

/** Errors of requests that Twilio's debugger shows, besides those of instructions. */
const debuggerCodes: Readonly<Record<number, 'error' | 'warning'>> = {
  14240: 'error',
  14241: 'error',
  20429: 'warning',
  40153: 'warning',
};

/** Records the alert that Twilio's debugger would show for a rejected request, if any. */
export function recordAlert(
  error: unknown,
  request: FastifyRequest,
  { journal, taskRouter }: ApiOptions,
): void {
  if (!(error instanceof TaskRouterError)) return;
  const code = error instanceof InstructionRefused ? error.alertCode : error.code;
  const level = debuggerCodes[code] ?? (isInstructionCode(code) ? 'error' : undefined);
  if (!level) return;
  const { workspaces = '', reservations, tasks, workers } = (request.params ?? {}) as Record<string, string>;
  request.alertId = journal.alerts.add({
    code,
    level,
    workspaceSid: workspaces,
    resourceSid: reservations ?? workspaces,
    taskSid: tasks,
    workerSid: workers,
    detail: `${request.method} ${request.url.replace(/\?.*/s, '')}: ${error.message}`,
    at: taskRouter.clock.now(),
    source: 'api',
  }).id;
}

const isInstructionCode = (code: number): boolean => (code >= 40100 && code <= 40159) || code === 55555;
