import { maskUrl } from '../../common/mask-url';
import { type IgnoredParameter, ignoredParameters } from '../../lint/ignored-parameters';
import type { CallbackAttempt } from '../webhooks/callback-record';
import { signedText } from '../webhooks/signature';
import type { AlertEntry } from './alert-log';
import type { CallbackEntry } from './callback-log';
import type { EventEntry } from './event-log';
import {
  maskHeaders,
  maskParameters,
  maskResponseBody,
  maskSecretParameters,
  maskUrls,
  withoutSecrets,
} from './mask';
import type { RequestEntry } from './request-log';

/**
 * The entries of the inspector as `/_taskrouter` responds with them: snake_case names, dates in ISO 8601 with
 * milliseconds. The inspector page takes its types from these functions.
 */

type JsonObject = Readonly<Record<string, unknown>>;

export type RequestJson = ReturnType<typeof requestEntryToJson>;
export type CallbackJson = ReturnType<typeof callbackEntryToJson>;
export type CallbackAttemptJson = CallbackJson['attempts'][number];
export type AlertJson = ReturnType<typeof alertEntryToJson>;
export type EventJson = ReturnType<typeof eventEntryToJson>;

/**
 * A request as `/_taskrouter/requests` shows it, with its secrets masked.
 * @param secrets texts to mask everywhere, such as the auth token
 */
export function requestEntryToJson(entry: RequestEntry, secrets: readonly string[]) {
  const [path = '', query = ''] = entry.url.split(/\?(.*)/s);
  const response = resourceOf(entry);
  return withoutSecrets(
    {
      id: entry.id,
      at: iso(entry.at),
      duration_ms: Math.round(entry.durationMs * 10) / 10,
      method: entry.method,
      operation: entry.operation,
      path,
      url: maskUrl(entry.url),
      headers: maskHeaders(textHeaders(entry.headers)),
      parameters: [...formPairs(query), ...(isForm(entry) ? formPairs(entry.body ?? '') : [])],
      ignored_parameters: ignoredOf(entry, query),
      /** The body when it is not a form. */
      body: isForm(entry) ? null : entry.body,
      status: entry.status,
      error_code: entry.status >= 400 ? ((response?.code ?? null) as number | null) : null,
      response: maskUrls<unknown>(response),
      ...subjectsOf(entry),
      alert_id: entry.alertId,
    },
    secrets,
  );
}

/** The response, which the log keeps as text until somebody looks. */
function resourceOf({ response }: RequestEntry): JsonObject | null {
  return (typeof response === 'string' ? JSON.parse(response) : response) as JsonObject | null;
}

/** The workspace, task, worker, reservation, and phone call of a request: from its path, or from the created resource. */
export function subjectsOf(entry: RequestEntry) {
  const { path } = entry;
  const resource = resourceOf(entry) ?? {};
  const subject = (table: string, name: string, prefix: string) => {
    const ownSid = String(resource.sid ?? '').startsWith(prefix) ? resource.sid : null;
    return (path[table] ?? resource[name] ?? ownSid ?? null) as string | null;
  };
  return {
    workspace_sid: subject('workspaces', 'workspace_sid', 'WS'),
    task_sid: subject('tasks', 'task_sid', 'WT'),
    worker_sid: subject('workers', 'worker_sid', 'WK'),
    reservation_sid: subject('reservations', 'reservation_sid', 'WR'),
    call_sid: subject('call', 'call_sid', 'CA'),
  };
}

function isForm({ headers }: RequestEntry): boolean {
  return /^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(
    String(headers['content-type'] ?? ''),
  );
}

/** The parameters that mean nothing to the operation. */
function ignoredOf(entry: RequestEntry, query: string): readonly IgnoredParameter[] {
  const { operation, resource, knownParameters: known, method } = entry;
  if (operation === null) return [];
  const form = isForm(entry) ? (entry.body ?? '') : '';
  const sent = [...new URLSearchParams(method === 'POST' ? form : query).keys()];
  return ignoredParameters({ operation, resource, known, sent });
}

/** Names and values in the order they were sent; URLs and passwords are masked, those in TwiML, too. */
function formPairs(form: string): (readonly [name: string, value: string])[] {
  return [...new URLSearchParams(form)].map(([name, value]) => {
    const masked = maskSecretParameters(maskParameters({ [name]: value }));
    return [name, maskResponseBody(String(masked[name]))] as const;
  });
}

function textHeaders(headers: RequestEntry['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]),
  );
}

/** A callback as `/_taskrouter/callbacks` shows it. */
export function callbackEntryToJson(entry: CallbackEntry) {
  return {
    id: entry.id,
    kind: entry.kind,
    at: iso(entry.at),
    workspace_sid: entry.workspaceSid,
    task_sid: entry.taskSid,
    worker_sid: entry.workerSid,
    reservation_sid: entry.reservationSid,
    call_sid: entry.callSid,
    event_sid: entry.eventSid,
    event_type: entry.eventType,
    outcome: entry.outcome,
    result: entry.result,
    replay_of: entry.replayOf,
    attempts: entry.attempts.map(attemptToJson),
  };
}

function attemptToJson(attempt: CallbackAttempt) {
  return {
    method: attempt.method,
    url: attempt.url,
    role: attempt.role,
    number: attempt.number,
    started_at: iso(attempt.startedAt),
    duration_ms: attempt.durationMs,
    limits: {
      connect_ms: attempt.settings.connectMs,
      read_ms: attempt.settings.readMs,
      total_ms: attempt.settings.totalMs,
    },
    request: { ...attempt.request, signed: signedText(attempt.url, attempt.request.parameters) },
    response: attempt.response,
    error: attempt.error,
    alert: attempt.alert,
  };
}

/** An alert as `/_taskrouter/alerts` shows it; `more_info` is as in the errors of the REST API. */
export function alertEntryToJson(entry: AlertEntry) {
  return {
    id: entry.id,
    date: iso(entry.at),
    date_ms: entry.at,
    code: entry.code,
    level: entry.level,
    source: entry.source,
    workspace_sid: entry.workspaceSid,
    resource_sid: entry.resourceSid,
    task_sid: entry.taskSid,
    worker_sid: entry.workerSid,
    call_sid: entry.callSid,
    callback_id: entry.callbackId,
    detail: entry.detail,
    remedy: entry.remedy,
    more_info: entry.code === null ? null : `https://www.twilio.com/docs/errors/${entry.code}`,
  };
}

/** An event as the stream sends it: what happened to which task and worker, without all its fields. */
export function eventEntryToJson({ id, event }: EventEntry) {
  const { fields } = event;
  return {
    id,
    at: iso(event.date),
    event_type: event.type,
    description: event.description,
    task_sid: fields.TaskSid ?? null,
    task_status: fields.TaskAssignmentStatus ?? null,
    worker_sid: fields.WorkerSid ?? null,
    worker_name: fields.WorkerName ?? null,
    worker_activity: fields.WorkerActivityName ?? null,
    worker_activity_sid: fields.WorkerActivitySid ?? null,
    reservation_sid: fields.ReservationSid ?? null,
  };
}

const iso = (milliseconds: number) => new Date(milliseconds).toISOString();
