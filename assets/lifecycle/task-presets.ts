import type { TaskPreset } from '../../src/steps/task-presets';
import type { InvokeFunction } from './function-client';

export type { TaskPreset };

/** No response, signed out, timeout, too many requests. */
const temporary: readonly number[] = [0, 401, 408, 429];

/**
 * Attributes of a task for each filter of the workflow; none if the Function rejects the request for good.
 * @returns undefined if a later attempt may succeed
 */
export async function loadTaskPresets(invoke: InvokeFunction): Promise<readonly TaskPreset[] | undefined> {
  const { status, body } = await invoke('lifecycle', { task_presets: 'true' });
  const presets = (body as { task_presets?: unknown } | null | undefined)?.task_presets;
  if (status === 200 && Array.isArray(presets)) return presets as TaskPreset[];
  return temporary.includes(status) || status >= 500 ? undefined : [];
}
