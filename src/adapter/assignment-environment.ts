import { readAssignmentOffer } from '../steps/assignment-offer';
import { assignmentPolicy } from '../steps/assignment-policy';
import type { AssignmentSettings } from '../steps/assignment-settings';
import { CallbackError } from '../steps/callback-error';
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

/** Has what every instruction needs; `redirect` needs a call. */
const sampleOffer = readAssignmentOffer({
  TaskAttributes: JSON.stringify({ call_sid: `CA${'0'.repeat(32)}` }),
});

/**
 * What is wrong with the environment's settings for assignment callbacks, one sentence each. The callback itself can
 * only log it, because an error response would make TaskRouter cancel the reservation.
 */
export function assignmentErrors(context: FunctionContext): string[] {
  try {
    assignmentPolicy(sampleOffer, assignmentSettings(context));
  } catch (thrown) {
    // An edited policy may reject the sample for reasons of its own.
    if (thrown instanceof CallbackError) return [`${capitalized(thrown.message)}.`];
  }
  return [];
}

const capitalized = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** A repeated parameter is a list, which becomes an unknown instruction. */
function instructionInUrl({ instruction }: FunctionEvent): string | undefined {
  return instruction === undefined ? undefined : String(instruction);
}
