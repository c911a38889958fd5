import { isObject } from '../steps/attributes';
import type { ReadAlerts, TaskAlert } from '../steps/step';
import type { Environment } from './environment';
import { localControl } from './local-control';

/** Our choice: enough for a page. */
const limit = '100';
/** Short, because the rest of the response does not depend on the alerts. */
const timeoutMs = 1000;

/**
 * Reads the alerts of the local TaskRouter's control API. Twilio's own TaskRouter has none: there the result is empty,
 * as it is if the request fails.
 */
export function localAlerts(environment: Environment): ReadAlerts {
  const read = localControl(environment);
  if (!read) return async () => [];
  const { workspaceSid } = environment;
  return async (taskSid) => {
    const query = { workspace_sid: workspaceSid, limit, ...(taskSid && { task_sid: taskSid }) };
    try {
      const { body } = await read({ resource: 'alerts', query, timeoutMs });
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
