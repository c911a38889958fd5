import type { AssignmentSettings } from '../steps/assignment-settings';
import type { FunctionContext, FunctionEvent } from './runtime';
import { type VariableName, variable } from './variables';

/** The variable of each setting of the assignment callback. */
const variables = {
  to: 'ASSIGNMENT_TO',
  from: 'ASSIGNMENT_FROM',
  url: 'ASSIGNMENT_URL',
  accept: 'ASSIGNMENT_ACCEPT',
  timeout: 'ASSIGNMENT_TIMEOUT',
  postWorkActivitySid: 'POST_WORK_ACTIVITY_SID',
  rejectActivitySid: 'REJECT_ACTIVITY_SID',
} as const satisfies Record<string, VariableName>;

/**
 * Reads the settings from the environment. A workflow can have an instruction of its own: the callback URL then ends in
 * `?instruction=accept`. The runtime merges query and form, but `instruction` can only come from the query, which
 * TaskRouter's signature covers: the fields of TaskRouter's form are capitalized, and task attributes are one text.
 */
export function assignmentSettings(context: FunctionContext, event: FunctionEvent = {}): AssignmentSettings {
  const settings = Object.entries(variables)
    .map(([setting, name]) => [setting, variable(context, name)] as const)
    .filter(([, value]) => value !== undefined);
  return {
    instruction: instructionInUrl(event) ?? variable(context, 'ASSIGNMENT_INSTRUCTION') ?? 'none',
    ...Object.fromEntries(settings),
  };
}

/** A repeated parameter is a list, which becomes an unknown instruction. */
function instructionInUrl({ instruction }: FunctionEvent): string | undefined {
  return instruction === undefined ? undefined : String(instruction);
}
