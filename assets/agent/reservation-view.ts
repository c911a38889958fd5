import type { Reservation, Task } from 'twilio-taskrouter';
import { attributeText } from '../lifecycle/attribute-text';
import type { Attributes } from '../lifecycle/lifecycle-response';
import { shownAttributes } from '../lifecycle/shown-attributes';

/** https://www.twilio.com/docs/taskrouter/api/reservations */
export type ReservationStatus = Reservation['status'];

/** What the page shows of a reservation of the SDK. */
export type ReservationData = Pick<
  Reservation,
  'sid' | 'status' | 'timeout' | 'dateCreated' | 'canceledReasonCode'
> & {
  readonly task: Pick<
    Task,
    | 'sid'
    | 'status'
    | 'attributes'
    | 'age'
    | 'dateCreated'
    | 'priority'
    | 'queueName'
    | 'reason'
    | 'taskChannelUniqueName'
  >;
};

/** A reservation on the page: an offer while it is pending, then a task of the worker, then something that is over. */
export interface ReservationView {
  readonly sid: string;
  readonly status: ReservationStatus;
  readonly taskSid: string;
  readonly attributes: Attributes;
  readonly channel: string;
  readonly queue: string;
  readonly priority: number;
  /** Why it ended, in one sentence; null before. */
  readonly ending: string | null;
  /** When the time to accept is over, by the clock of this page, in ms since 1970. */
  readonly endsAt: number;
  /** How long the offer lasts in all, in ms. */
  readonly timeoutMs: number;
  /** Why the last action failed; null if none has. */
  readonly error: string | null;
}

const liveStatuses: ReadonlySet<ReservationStatus> = new Set(['pending', 'accepted', 'wrapping']);

export function isLive({ status }: { readonly status: ReservationStatus }): boolean {
  return liveStatuses.has(status);
}

export function isOffer({ status }: { readonly status: ReservationStatus }): boolean {
  return status === 'pending';
}

/** @param rest what the page itself knows about it */
export function reservationView(
  reservation: ReservationData,
  rest: Pick<ReservationView, 'endsAt' | 'error'>,
): ReservationView {
  const { sid, status, timeout, task } = reservation;
  return {
    sid,
    status,
    taskSid: task.sid,
    attributes: attributesOf(task.attributes),
    channel: task.taskChannelUniqueName,
    queue: task.queueName,
    priority: task.priority,
    ending: endingOf(reservation),
    timeoutMs: timeout * 1000,
    ...rest,
  };
}

/** TaskRouter accepts any JSON as attributes of a task; only an object has names. */
function attributesOf(attributes: unknown): Attributes {
  const isObject = typeof attributes === 'object' && attributes !== null && !Array.isArray(attributes);
  return isObject ? (attributes as Attributes) : null;
}

/** Source of the statuses: https://www.twilio.com/docs/taskrouter/lifecycle-task-state */
function endingOf(reservation: ReservationData): string | null {
  switch (reservation.status) {
    case 'rescinded':
      return 'Another worker accepted this task. You have nothing to do.';
    case 'canceled':
      return canceledText(reservation);
    case 'timeout':
      return 'The time to accept is over. TaskRouter offers the task to the next worker.';
    case 'rejected':
      return 'Rejected. TaskRouter offers the task to the next worker.';
    case 'completed':
      return withReason('Completed', reservation.task.reason);
    default:
      return null;
  }
}

/** The code says which error ended the reservation, for example of a call: https://www.twilio.com/docs/api/errors */
function canceledText({ task, canceledReasonCode }: ReservationData): string {
  if (task.status === 'canceled') return withReason('The task was canceled', task.reason);
  return canceledReasonCode
    ? `The offer was canceled because of error ${canceledReasonCode}.`
    : 'The offer was canceled.';
}

function withReason(text: string, reason: string | null | undefined): string {
  return reason ? `${text}: ${reason.replace(/\.$/, '')}.` : `${text}.`;
}

/**
 * How long an offer still lasts at the moment that the page gets it, in ms. By TaskRouter's clock alone, because that of
 * this computer may be wrong and a virtual clock differs from both: the age of the task says what time it is there.
 */
export function timeLeftMs({ timeout, dateCreated, task }: ReservationData): number {
  const now = task.dateCreated.getTime() + task.age * 1000;
  const left = dateCreated.getTime() + timeout * 1000 - now;
  return Number.isFinite(left) ? Math.min(Math.max(left, 0), timeout * 1000) : timeout * 1000;
}

/** Our choice: as many attributes as a notification shows and a screen reader says in a few seconds. */
const maxAttributes = 3;

/** A task in a few words: its first attributes, or the end of its sid if it has none. */
export function taskText({ attributes, taskSid }: Pick<ReservationView, 'attributes' | 'taskSid'>): string {
  const entries = shownAttributes(attributes).slice(0, maxAttributes);
  if (entries.length === 0) return `task ${taskSid.slice(-4)}`;
  return entries.map(([name, value]) => `${name} ${attributeText(value)}`).join(', ');
}
