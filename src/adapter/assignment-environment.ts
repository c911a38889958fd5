import type { AssignmentSettings } from '../steps/assignment-settings';
import type { FunctionContext } from './runtime';
import { variable } from './variables';

/** Which variable each setting of the assignment callback comes from. */
const variables = {
  to: 'ASSIGNMENT_TO',
  from: 'ASSIGNMENT_FROM',
  url: 'ASSIGNMENT_URL',
  accept: 'ASSIGNMENT_ACCEPT',
  timeout: 'ASSIGNMENT_TIMEOUT',
  postWorkActivitySid: 'POST_WORK_ACTIVITY_SID',
  rejectActivitySid: 'REJECT_ACTIVITY_SID',
} as const;

export function assignmentSettings(context: FunctionContext): AssignmentSettings {
  const given = Object.entries(variables)
    .map(([setting, name]) => [setting, variable(context, name)] as const)
    .filter(([, value]) => value !== undefined);
  return {
    instruction: variable(context, 'ASSIGNMENT_INSTRUCTION') ?? 'none',
    ...Object.fromEntries(given),
  };
}
