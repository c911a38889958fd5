import { isObject } from '../steps/attributes';
import type { LocalAlerts, TaskAlert } from '../steps/step';
import type { Environment } from './environment';
import { localControl } from './local-control';

/** Our choice: enough for a page. */
const limit = '100';
/** Short, because the rest of the response does not depend on the alerts. */
const timeoutMs = 1000;

/**
 * Reads the alerts of the local TaskRouter's control API. Twilio's own TaskRouter has none: there the results are empty,
 * as they are if a request fails.
 */
export function localAlerts(environment: Environment): LocalAlerts {
  const read = localControl(environment);
  const list = async (query: Readonly<Record<string, string>>): Promise<TaskAlert[]> => {
    try {
      const workspace = { workspace_sid: environment.workspaceSid, limit, ...query };
      const response = await read?.({ resource: 'alerts', query: workspace, timeoutMs });
      const body = response?.body;
      return isObject(body) && Array.isArray(body.alerts) ? body.alerts : [];
    } catch {
      return [];
    }
  };
  return {
    ofTasks: async (taskSid) => (await list(taskSid ? { task_sid: taskSid } : {})).flatMap(alertOfTask),
    ofWorkspaceFile: async () =>
      (await list({ source: 'lint' })).map(({ detail, remedy }) => `${detail}. ${remedy}`),
  };
}

/** Alerts about a workspace or a worker are the inspector's alone. */
function alertOfTask({ id, task_sid, code, level, detail, remedy, date, date_ms }: TaskAlert): TaskAlert[] {
  return task_sid ? [{ id, task_sid, code, level, detail, remedy, date, date_ms }] : [];
}
