import type { WorkflowContext } from 'twilio/lib/rest/taskrouter/v1/workspace/workflow';
import { isObject } from './attributes';
import type { StepContext } from './step';

/** Attributes of a task that a filter of the workflow matches, with a name for them. */
export interface TaskPreset {
  readonly label: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** `name == "value"`, `name IN ["value", …]` or `name HAS "value"`. */
const comparison = /^(\w+)\s*(==?|IN|HAS)\s*(.+)$/is;

/** One preset per filter of the workflow that new tasks enter. One REST call; none without a workflow. */
export async function taskPresets({ workspace, settings }: StepContext): Promise<TaskPreset[]> {
  if (settings.workflowSid === undefined) return [];
  const workflow: WorkflowContext = workspace.workflows(settings.workflowSid);
  const { configuration } = await workflow.fetch();
  return presetsFrom(configuration);
}

/**
 * Filters whose expression is more than a conjunction of simple comparisons have no preset.
 * @param configuration JSON: https://www.twilio.com/docs/taskrouter/workflow-configuration
 */
export function presetsFrom(configuration: string): TaskPreset[] {
  return filtersOf(configuration).flatMap(({ filter_friendly_name, expression }) => {
    if (typeof expression !== 'string') return [];
    const attributes = matchingAttributes(expression);
    const label = typeof filter_friendly_name === 'string' ? filter_friendly_name : expression;
    return attributes ? [{ label, attributes }] : [];
  });
}

function filtersOf(configuration: string): Record<string, unknown>[] {
  const { task_routing } = (parsed(configuration) ?? {}) as { task_routing?: { filters?: unknown } };
  const filters = task_routing?.filters;
  return Array.isArray(filters) ? filters.filter(isObject) : [];
}

function matchingAttributes(expression: string): Record<string, unknown> | undefined {
  const attributes: Record<string, unknown> = {};
  for (const part of expression.split(/\s+AND\s+|&&/i)) {
    const [, name, operator = '', literal = ''] = comparison.exec(part.trim()) ?? [];
    const value = parsed(literal.replaceAll("'", '"'));
    if (name === undefined || value === undefined || /^\d/.test(name)) return undefined;
    attributes[name] = matchingValue(operator.toUpperCase(), value);
    if (attributes[name] === undefined) return undefined;
  }
  return attributes;
}

function matchingValue(operator: string, value: unknown): unknown {
  if (operator === 'HAS') return [value];
  if (operator === 'IN') return Array.isArray(value) ? value[0] : undefined;
  return typeof value === 'object' ? undefined : value;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
