import { CallbackError } from '../steps/callback-error';
import { isSid } from '../steps/sid';
import type { FunctionContext } from './runtime';
import { variable } from './variables';

/** The workflow that routes calls. @throws {CallbackError} `workflow_sid_missing` */
export function workflowOfCalls(context: FunctionContext): string {
  const sid = variable(context, 'WORKFLOW_SID');
  if (isSid('WW', sid)) return sid;
  throw new CallbackError('workflow_sid_missing', 'set WORKFLOW_SID to the sid of a workflow (WW…)');
}

/** The reservation in the URL of a call to an agent. @throws {CallbackError} `reservation_sid_missing` */
export function reservationOfCall(sid: string | undefined): string {
  if (isSid('WR', sid)) return sid;
  throw new CallbackError(
    'reservation_sid_missing',
    'only the instruction call of assignment-callback may call this URL: it adds reservation_sid',
  );
}

/** @throws {CallbackError} `post_work_activity_sid_malformed` */
export function postWorkActivity(context: FunctionContext): string | undefined {
  const sid = variable(context, 'POST_WORK_ACTIVITY_SID');
  if (sid === undefined || isSid('WA', sid)) return sid;
  throw new CallbackError(
    'post_work_activity_sid_malformed',
    'POST_WORK_ACTIVITY_SID must be the sid of an activity',
  );
}
