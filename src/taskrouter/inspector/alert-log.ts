import type { Alert } from '../model/alerts';
import type { Reservation } from '../model/entities';
import { remedyFor } from '../model/remedies';
import type { CallbackAlert } from '../webhooks/alerts';
import type { CallbackEntry } from './callback-log';
import { Log } from './log';
import { withoutSecrets } from './mask';

/**
 * What causes alerts: the routing rules, a callback, a request to the REST API, an error of a Function, the workspace file,
 * a simulated call, or what is stuck when a run begins.
 */
export const alertSources = ['engine', 'callback', 'api', 'function', 'lint', 'doctor', 'call'] as const;

/** An alert to record. */
export interface NewAlert extends Alert {
  /** Unix milliseconds. */
  readonly at: number;
  readonly source: (typeof alertSources)[number];
  readonly taskSid?: string | null | undefined;
  readonly workerSid?: string | null | undefined;
  /** The id of the callback that caused it. */
  readonly callbackId?: number | null | undefined;
}

/** A recorded alert. */
export interface AlertEntry extends NewAlert {
  readonly id: number;
  readonly taskSid: string | null;
  readonly workerSid: string | null;
  /** The phone call that it is about. */
  readonly callSid: string | null;
  readonly callbackId: number | null;
  readonly remedy: string;
}

interface AlertQuery {
  readonly code?: number | undefined;
  readonly level?: Alert['level'] | undefined;
  readonly source?: NewAlert['source'] | undefined;
  readonly workspaceSid?: string | undefined;
  readonly taskSid?: string | undefined;
  readonly workerSid?: string | undefined;
  readonly callSid?: string | undefined;
  readonly limit?: number | undefined;
}

/** The alerts that Twilio's debugger would list, each with a remedy; in memory, the newest entries only. */
export class AlertLog extends Log<AlertEntry> {
  add(alert: NewAlert): AlertEntry {
    const { taskSid, workerSid, resourceSid } = alert;
    const entry: AlertEntry = {
      ...alert,
      // Some of Twilio's texts end with a period.
      detail: alert.detail.replace(/\.$/, ''),
      id: this.nextId(),
      taskSid: taskSid ?? (resourceSid.startsWith('WT') ? resourceSid : null),
      workerSid: workerSid ?? (resourceSid.startsWith('WK') ? resourceSid : null),
      callSid: resourceSid.startsWith('CA') ? resourceSid : null,
      callbackId: alert.callbackId ?? null,
      remedy: alert.remedy ?? remedyFor(alert.code),
    };
    return this.keep(withoutSecrets(entry, this.secrets));
  }

  /** Newest first. */
  list({ limit = Number.POSITIVE_INFINITY, ...query }: AlertQuery = {}): AlertEntry[] {
    return this.newest((entry) => matches(entry, query), limit);
  }
}

function matches(entry: AlertEntry, query: AlertQuery): boolean {
  const names = ['code', 'level', 'source', 'workspaceSid', 'taskSid', 'workerSid', 'callSid'] as const;
  return names.every((name) => query[name] === undefined || entry[name] === query[name]);
}

/** Records alerts of the engine. An alert about a reservation also belongs to its task and its worker. */
export function recordEngineAlerts(
  log: AlertLog,
  alerts: readonly Alert[],
  at: number,
  reservation: (sid: string) => Pick<Reservation, 'taskSid' | 'workerSid'> | undefined,
): void {
  for (const alert of alerts) {
    const subjects = reservation(alert.resourceSid);
    log.add({ ...alert, at, source: 'engine', taskSid: subjects?.taskSid, workerSid: subjects?.workerSid });
  }
}

/** What a simulated call is about. */
interface CallSubjects
  extends Pick<NewAlert, 'at' | 'workspaceSid' | 'taskSid' | 'workerSid' | 'callbackId'> {
  readonly callSid: string;
}

/** An alert about a phone call, or about the response to one of its requests. */
export function alertOfCall(
  { code, level, message, remedy }: CallbackAlert,
  { callSid, at, workspaceSid, taskSid, workerSid, callbackId }: CallSubjects,
): NewAlert {
  const detail = `Call ${callSid}: ${message}`;
  const subjects = { at, workspaceSid, resourceSid: callSid, taskSid, workerSid, callbackId };
  return { code, level, detail, remedy, source: 'call', ...subjects };
}

/** Records the alerts of a callback's attempts. Twilio's debugger would not list those of a replay. */
export function recordCallbackAlerts(log: AlertLog, entry: CallbackEntry): void {
  if (entry.replayOf !== null) return;
  for (const { alert, startedAt, durationMs } of entry.attempts) {
    const at = startedAt + Math.round(durationMs);
    if (alert) log.add(alertOfCallback(alert, entry, at));
  }
}

function alertOfCallback(alert: CallbackAlert, entry: CallbackEntry, at: number): NewAlert {
  const { id: callbackId, workspaceSid, taskSid, workerSid, callSid } = entry;
  const subjects = { at, workspaceSid, taskSid, workerSid, callbackId };
  if (callSid !== null) return alertOfCall(alert, { ...subjects, callSid });
  const { code, level, message: detail, remedy } = alert;
  const resourceSid = entry.reservationSid ?? entry.eventSid ?? workspaceSid;
  return { code, level, detail, remedy, source: 'callback', resourceSid, ...subjects };
}
