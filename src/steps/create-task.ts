import { parseAttributes } from './attributes';
import { LifecycleError } from './errors';
import type { StepContext, StepSettings } from './step';
import { type TaskResponse, taskResponse } from './task-response';

export interface CreateTaskParameters {
  /** Undefined if the request has none. */
  readonly attributes?: Readonly<Record<string, unknown>> | undefined;
  readonly priority?: number | undefined;
  /** Time to live, in s. */
  readonly timeout?: number | undefined;
  /** Sid or unique name. */
  readonly taskChannel?: string | undefined;
  readonly workflowSid?: string | undefined;
}

/**
 * Creates a task. The workspace must use a client without retries: sending the request again could create a second
 * task.
 */
export async function createTask(
  { workspace, settings }: StepContext,
  parameters: CreateTaskParameters,
): Promise<TaskResponse> {
  const { attributes: _, workflowSid, ...options } = parameters;
  const task = await workspace.tasks.create({
    ...onlyDefined(options),
    workflowSid: workflowSid ?? requireWorkflow(settings),
    attributes: JSON.stringify(attributesOf(parameters, settings)),
  });
  return taskResponse(task, undefined);
}

/** Our choice: the default is only for a request without any parameter, so that no attribute appears unexpectedly. */
function attributesOf(parameters: CreateTaskParameters, settings: StepSettings): object {
  if (parameters.attributes !== undefined) return parameters.attributes;
  const isBare = Object.values(parameters).every((value) => value === undefined);
  if (!isBare || settings.defaultTaskAttributes === undefined) return {};
  const attributes = parseAttributes(settings.defaultTaskAttributes);
  if (attributes !== null) return attributes;
  throw new LifecycleError('configuration', 'DEFAULT_TASK_ATTRIBUTES must be a JSON object, or empty.', {
    errors: { DEFAULT_TASK_ATTRIBUTES: 'is not a JSON object' },
  });
}

function requireWorkflow(settings: StepSettings): string {
  if (settings.workflowSid !== undefined) return settings.workflowSid;
  throw new LifecycleError(
    'configuration',
    'No workflow is set. Pass workflow_sid, or set WORKFLOW_SID in the environment.',
    { errors: { WORKFLOW_SID: 'is not set' } },
  );
}

/** Without undefined values, which the client would send as text. */
function onlyDefined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const defined = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(defined) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
