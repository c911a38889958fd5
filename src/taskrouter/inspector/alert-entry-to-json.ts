import type { AlertEntry } from './alert-log';

/** An alert as `/_taskrouter/alerts` shows it; `more_info` as in the errors of the REST API. */
export function alertEntryToJson(entry: AlertEntry): object {
  return {
    id: entry.id,
    date: new Date(entry.at).toISOString(),
    date_ms: entry.at,
    code: entry.code,
    level: entry.level,
    source: entry.source,
    workspace_sid: entry.workspaceSid,
    resource_sid: entry.resourceSid,
    task_sid: entry.taskSid,
    worker_sid: entry.workerSid,
    callback_id: entry.callbackId,
    detail: entry.detail,
    remedy: entry.remedy,
    more_info: `https://www.twilio.com/docs/errors/${entry.code}`,
  };
}
