import type { AssignmentOffer } from './assignment-offer';
import type { AssignmentSettings } from './assignment-settings';
import { CallbackError } from './callback-error';
import { isSid } from './sid';

/** TaskRouter's instructions: https://www.twilio.com/docs/taskrouter/handle-assignment-callbacks */
export const instructionNames = ['accept', 'reject', 'dequeue', 'call', 'redirect', 'conference'] as const;

/** An instruction with TaskRouter's field names; `{}` leaves the reservation pending. */
export interface AssignmentInstruction {
  readonly instruction?: (typeof instructionNames)[number];
  readonly [field: string]: string | number | boolean | undefined;
}

/**
 * Requires an activity: a worker who rejects and stays available is offered the same task again at once, until
 * TaskRouter cancels the task (https://www.twilio.com/docs/taskrouter/api/reservations).
 */
export function reject({ rejectActivitySid }: AssignmentSettings): AssignmentInstruction {
  const activity = { activity_sid: activitySid('REJECT_ACTIVITY_SID', rejectActivitySid) };
  return { instruction: 'reject', ...required('REJECT_ACTIVITY_SID', activity) };
}

export function dequeue(settings: AssignmentSettings): AssignmentInstruction {
  return { instruction: 'dequeue', ...dialOptions(settings), ...afterWork(settings) };
}

/** The URL gets the reservation, whose caller its TwiML connects, and the caller's language: see agent-whisper. */
export function call(offer: AssignmentOffer, settings: AssignmentSettings): AssignmentInstruction {
  const from = required('ASSIGNMENT_FROM', { from: settings.from });
  const { url } = required('ASSIGNMENT_URL', { url: twimlUrl(settings) });
  return {
    instruction: 'call',
    ...from,
    url: aboutOffer(url, offer),
    ...dialOptions(settings),
    accept: acceptsReservation(settings),
  };
}

/** Redirects the call that `<Enqueue>` put into the task's attributes; any other value of `call_sid` is an error. */
export function redirect(
  { taskAttributes }: AssignmentOffer,
  settings: AssignmentSettings,
): AssignmentInstruction {
  const callSid = taskAttributes.call_sid;
  if (!isSid('CA', callSid)) {
    throw new CallbackError(
      'task_without_call',
      'redirect requires a task created by <Enqueue>: this one has no call_sid',
    );
  }
  const url = required('ASSIGNMENT_URL', { url: twimlUrl(settings) });
  return { instruction: 'redirect', call_sid: callSid, ...url, accept: acceptsReservation(settings) };
}

export function conference(settings: AssignmentSettings): AssignmentInstruction {
  const from = required('ASSIGNMENT_FROM', { from: settings.from });
  return { instruction: 'conference', ...from, ...dialOptions(settings), ...afterWork(settings) };
}

export function unknownInstruction(): CallbackError {
  const names = ['none', ...instructionNames].join(', ');
  return new CallbackError(
    'unknown_instruction',
    `ASSIGNMENT_INSTRUCTION, or ?instruction= in the callback URL, must be one of ${names}`,
  );
}

function aboutOffer(url: string, { reservationSid, taskAttributes }: AssignmentOffer): string {
  const { selected_language: language } = taskAttributes;
  const about = new URL(url);
  about.searchParams.set('reservation_sid', reservationSid);
  if (typeof language === 'string') about.searchParams.set('language', language);
  return about.href;
}

function dialOptions({ to, from, timeout }: AssignmentSettings) {
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
  throw malformed(variable, 'the sid of an activity: WA followed by 32 hexadecimal digits');
}

function twimlUrl({ url }: AssignmentSettings): string | undefined {
  if (url === undefined || (URL.canParse(url) && /^https?:/i.test(url))) return url;
  throw malformed('ASSIGNMENT_URL', 'an absolute http or https address');
}

function acceptsReservation({ accept }: AssignmentSettings): boolean {
  if (accept === undefined || accept === 'false') return false;
  if (accept === 'true') return true;
  throw malformed('ASSIGNMENT_ACCEPT', 'true or false');
}

/** TaskRouter's limit for the ringing time: https://www.twilio.com/docs/taskrouter/handle-assignment-callbacks#call */
function ringSeconds(text: string): number {
  const seconds = Number(text);
  if (/^\d+$/.test(text) && seconds >= 1 && seconds <= 999) return seconds;
  throw malformed('ASSIGNMENT_TIMEOUT', 'a number of seconds from 1 to 999');
}

function malformed(variable: string, expected: string): CallbackError {
  return new CallbackError(`${variable.toLowerCase()}_malformed`, `${variable} must be ${expected}`);
}
