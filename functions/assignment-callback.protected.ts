import { assignmentSettings } from '../src/adapter/assignment-environment';
import { callbackFunction } from '../src/adapter/callback-function';
import { assignmentCallback } from '../src/steps/assignment-callback';

/**
 * TaskRouter calls this for every reservation, and does what it answers: an instruction, or nothing for `{}`.
 * What it answers is decided in src/steps/assignment-policy.ts, by ASSIGNMENT_INSTRUCTION;
 * a Workflow can have an instruction of its own: give its callback URL the query `?instruction=accept`.
 */
export const handler = callbackFunction('assignment-callback', (context, event) =>
  assignmentCallback(event, assignmentSettings(context, event)),
);
