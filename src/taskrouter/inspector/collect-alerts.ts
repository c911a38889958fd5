import type { Alert } from '../model/alerts';
import type { AlertLog } from './alert-log';
import type { CallbackEntry } from './callback-log';

/** What a reservation is about. */
export interface ReservationSubjects {
  readonly taskSid: string;
  readonly workerSid: string;
}

/** Takes in what the engine noticed; a reservation's alert is found under its task and its worker as well. */
export function recordEngineAlerts(
  log: AlertLog,
  alerts: readonly Alert[],
  at: number,
  reservation: (sid: string) => ReservationSubjects | undefined,
): void {
  for (const alert of alerts) {
    const subjects = reservation(alert.resourceSid);
    log.add({ ...alert, at, source: 'engine', taskSid: subjects?.taskSid, workerSid: subjects?.workerSid });
  }
}

/** Takes in what each request of a callback came to. What comes of a replay, Twilio's debugger would not list. */
export function recordCallbackAlerts(log: AlertLog, entry: CallbackEntry): void {
  if (entry.replayOf !== null) return;
  for (const { alert, startedAt, durationMs: durationMilliseconds } of entry.attempts) {
    if (!alert) continue;
    log.add({
      code: alert.code,
      level: alert.level,
      detail: alert.message,
      remedy: alert.remedy,
      at: startedAt + Math.round(durationMilliseconds),
      source: 'callback',
      workspaceSid: entry.workspaceSid,
      resourceSid: entry.reservationSid ?? entry.eventSid ?? entry.workspaceSid,
      taskSid: entry.taskSid,
      workerSid: entry.workerSid,
      callbackId: entry.id,
    });
  }
}
