import { assignmentSettings } from '../src/adapter/assignment-environment';
import { callbackFunction } from '../src/adapter/callback-function';
import { assignmentCallback } from '../src/steps/assignment-callback';

/**
 * TaskRouter calls this for every reservation and carries out the instruction it returns; `{}` does nothing.
 * src/steps/assignment-policy.ts chooses the instruction by ASSIGNMENT_INSTRUCTION. For an instruction of its own, give
 * the callback URL of a workflow a query such as `?instruction=accept`.
 */
export const handler = callbackFunction('assignment-callback', (context, event) =>
  assignmentCallback(event, assignmentSettings(context, event)),
);
