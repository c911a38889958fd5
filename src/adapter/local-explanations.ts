import { isObject } from '../steps/attributes';
import { LifecycleError } from '../steps/errors';
import { isSid } from '../steps/sid';
import type { Explain } from '../steps/step';
import { taskNotFound } from '../steps/task-lookup';
import type { Environment } from './environment';
import { localControl } from './local-control';
import { failed, timedOut, unreachable } from './transport';

/** As for the requests of the Twilio client (client.ts). */
const timeoutMs = 4000;

/**
 * Asks the local TaskRouter why a task or a worker waits. Twilio's own TaskRouter explains nothing: there the result is
 * null.
 */
export function localExplanations(environment: Environment): Explain {
  const read = localControl(environment);
  if (!read) return async () => null;
  return async (sid) => {
    const query = isSid('WT', sid) ? { task_sid: sid } : { worker_sid: sid };
    const { status, body } = await read({ resource: 'explain', query, timeoutMs }).catch((error: Error) => {
      throw error.name === 'TimeoutError' ? timedOut() : unreachable();
    });
    if (status === 404) throw notFound(sid);
    if (status !== 200 || !isObject(body)) throw failed();
    return body;
  };
}

function notFound(sid: string): LifecycleError {
  if (isSid('WT', sid)) return taskNotFound(sid);
  return new LifecycleError('worker_not_found', `Worker ${sid} not found.`);
}
