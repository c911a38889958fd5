import type { AssignmentOffer } from './assignment-offer';
import type { AssignmentSettings } from './assignment-settings';
import { CallbackError } from './callback-error';
import { isSid } from './sid';

/** The instructions TaskRouter knows: https://www.twilio.com/docs/taskrouter/handle-assignment-callbacks */
export const instructionNames = ['accept', 'reject', 'dequeue', 'call', 'redirect', 'conference'] as const;

/** An instruction with its fields in TaskRouter's spelling, or nothing: the reservation stays pending. */
export interface AssignmentInstruction {
  readonly instruction?: (typeof instructionNames)[number];
  readonly [field: string]: string | number | boolean | undefined;
}

/**
 * Needs an activity: a rejected worker who stays available is offered the same task again at once, until TaskRouter
 * gives the task up (https://www.twilio.com/docs/taskrouter/api/reservations).
 */
export function reject({ rejectActivitySid }: AssignmentSettings): AssignmentInstruction {
  const activity = { activity_sid: activitySid('REJECT_ACTIVITY_SID', rejectActivitySid) };
  return { instruction: 'reject', ...required('REJECT_ACTIVITY_SID', activity) };
}

export function dequeue(settings: AssignmentSettings): AssignmentInstruction {
  return { instruction: 'dequeue', ...dialled(settings), ...afterWork(settings) };
}

export function call(settings: AssignmentSettings): AssignmentInstruction {
  return {
    instruction: 'call',
    ...required('ASSIGNMENT_FROM', { from: settings.from }),
    ...required('ASSIGNMENT_URL', { url: twimlUrl(settings) }),
    ...dialled(settings),
    accept: accepts(settings),
  };
}

/** The call is TaskRouter's own: `<Enqueue>` wrote its sid into the task. Anything else there is not passed on. */
export function redirect(
  { taskAttributes }: AssignmentOffer,
  settings: AssignmentSettings,
): AssignmentInstruction {
  const callSid = taskAttributes.call_sid;
  if (!isSid('CA', callSid)) {
    throw new CallbackError(
      'task_without_call',
      'redirect needs a task made by <Enqueue>: it has no call_sid',
    );
  }
  const url = required('ASSIGNMENT_URL', { url: twimlUrl(settings) });
  return { instruction: 'redirect', call_sid: callSid, ...url, accept: accepts(settings) };
}

export function conference(settings: AssignmentSettings): AssignmentInstruction {
  const from = required('ASSIGNMENT_FROM', { from: settings.from });
  return { instruction: 'conference', ...from, ...dialled(settings), ...afterWork(settings) };
}

export function unknownInstruction(): CallbackError {
  const names = ['none', ...instructionNames].join(', ');
  return new CallbackError(
    'unknown_instruction',
    `ASSIGNMENT_INSTRUCTION, or ?instruction= in the callback URL, must be one of ${names}`,
  );
}

function dialled({ to, from, timeout }: AssignmentSettings) {
  const ring = timeout === undefined ? undefined : ringSeconds(timeout);
  return {
    ...(to !== undefined && { to }),
    ...(from !== undefined && { from }),
    ...(ring !== undefined && { timeout: ring }),
  };
}

function afterWork({ postWorkActivitySid }: AssignmentSettings) {
  const sid = activitySid('POST_WORK_ACTIVITY_SID', postWorkActivitySid);
  return sid === undefined ? {} : { post_work_activity_sid: sid };
}

function required<T extends Record<string, string | undefined>>(variable: string, field: T) {
  if (Object.values(field).some((value) => value === undefined)) {
    throw new CallbackError(`${variable.toLowerCase()}_missing`, `set ${variable} for this instruction`);
  }
  return field as { [K in keyof T]: string };
}

function activitySid(variable: string, value: string | undefined): string | undefined {
  if (value === undefined || isSid('WA', value)) return value;
  throw malformed(variable, 'the sid of an activity: WA and 32 hexadecimal digits');
}

function twimlUrl({ url }: AssignmentSettings): string | undefined {
  if (url === undefined || (URL.canParse(url) && /^https?:/i.test(url))) return url;
  throw malformed('ASSIGNMENT_URL', 'an absolute http or https address');
}

function accepts({ accept }: AssignmentSettings): boolean {
  if (accept === undefined || accept === 'false') return false;
  if (accept === 'true') return true;
  throw malformed('ASSIGNMENT_ACCEPT', 'true or false');
}

/** TaskRouter's limit for a ringing phone: https://www.twilio.com/docs/taskrouter/handle-assignment-callbacks#call */
function ringSeconds(text: string): number {
  const seconds = Number(text);
  if (/^\d+$/.test(text) && seconds >= 1 && seconds <= 999) return seconds;
  throw malformed('ASSIGNMENT_TIMEOUT', 'a number of seconds from 1 to 999');
}

function malformed(variable: string, expected: string): CallbackError {
  return new CallbackError(`${variable.toLowerCase()}_malformed`, `${variable} must be ${expected}`);
}
