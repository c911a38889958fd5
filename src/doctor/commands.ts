import type { Condition } from './condition';

type Target = Condition['target'];

/** The command that sends a request to the REST API, with the variables that `taskrouter env` prints or the account's. */
function restCommand(target: Target, path: string, field: string, value: string): string {
  const origin = target === 'local' ? '$TASKROUTER_BASE_URL' : 'https://taskrouter.twilio.com';
  return `curl -u "$TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN" -d ${field}=${value} "${origin}/v1/Workspaces/${path}"`;
}

interface InWorkspace {
  readonly workspaceSid: string;
}

export const completeTask = (target: Target, { workspaceSid }: InWorkspace, taskSid: string): string =>
  restCommand(target, `${workspaceSid}/Tasks/${taskSid}`, 'AssignmentStatus', 'completed');

export const rejectReservation = (
  target: Target,
  { workspaceSid, taskSid, sid }: InWorkspace & { readonly taskSid: string; readonly sid: string },
): string =>
  restCommand(
    target,
    `${workspaceSid}/Tasks/${taskSid}/Reservations/${sid}`,
    'ReservationStatus',
    'rejected',
  );

export const setActivity = (
  target: Target,
  { workspaceSid }: InWorkspace,
  workerSid: string,
  activitySid: string,
): string => restCommand(target, `${workspaceSid}/Workers/${workerSid}`, 'ActivitySid', activitySid);

const suffixOf = (target: Target) => (target === 'local' ? '' : ' --target twilio');

export const explain = (target: Target, taskSid: string): string =>
  `npx taskrouter explain ${taskSid}${suffixOf(target)}`;

export const lint = (target: Target): string => `npx taskrouter lint --target ${target}`;
