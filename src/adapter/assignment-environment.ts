import type { AssignmentSettings } from '../steps/assignment-settings';
import type { FunctionContext, FunctionEvent } from './runtime';
import { type VariableName, variable } from './variables';

/** Which variable each setting of the assignment callback comes from. */
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
 * What the environment says; a Workflow whose callback URL ends in `?instruction=accept` has an instruction of its own.
 * The runtime has merged query and form by the time we see them. The name cannot be a field of TaskRouter's form, whose
 * names begin with a capital letter, and task attributes arrive there as one text: so it is the query's, which
 * TaskRouter's signature covers.
 */
export function assignmentSettings(context: FunctionContext, event: FunctionEvent = {}): AssignmentSettings {
  const given = Object.entries(variables)
    .map(([setting, name]) => [setting, variable(context, name)] as const)
    .filter(([, value]) => value !== undefined);
  return {
    instruction: ownInstruction(event) ?? variable(context, 'ASSIGNMENT_INSTRUCTION') ?? 'none',
    ...Object.fromEntries(given),
  };
}

/** Given twice it is a list, which is no instruction that anybody knows. */
function ownInstruction({ instruction }: FunctionEvent): string | undefined {
  return instruction === undefined ? undefined : String(instruction);
}
