import { basicAuthorization } from '../common/http-basic';
import { isObject } from '../steps/attributes';
import type { ReadAlerts, TaskAlert } from '../steps/step';
import type { Environment } from './environment';

/** Our choice: enough for a page. */
const limit = '100';
/** Short, because the rest of the response does not depend on the alerts. */
const timeoutMs = 1000;

/**
 * Reads the alerts of the local TaskRouter's control API. Twilio's own TaskRouter has none: there the result is empty,
 * as it is if the request fails.
 */
export function localAlerts({ baseUrl, accountSid, authToken, workspaceSid }: Environment): ReadAlerts {
  if (!baseUrl) return async () => [];
  const authorization = basicAuthorization(accountSid, authToken);
  return async (taskSid) => {
    const url = new URL('/_taskrouter/alerts', baseUrl);
    url.search = String(
      new URLSearchParams({ workspace_sid: workspaceSid, limit, ...(taskSid && { task_sid: taskSid }) }),
    );
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      const response = await fetch(url, { headers: { authorization }, signal });
      const body: unknown = await response.json();
      return isObject(body) && Array.isArray(body.alerts) ? body.alerts.flatMap(alertOfTask) : [];
    } catch {
      return [];
    }
  };
}

/** Alerts about a workspace or a worker are the inspector's alone. */
function alertOfTask({ id, task_sid, code, level, detail, remedy, date, date_ms }: TaskAlert): TaskAlert[] {
  return task_sid ? [{ id, task_sid, code, level, detail, remedy, date, date_ms }] : [];
}
