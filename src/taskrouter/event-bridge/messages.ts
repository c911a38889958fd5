import type { EventType } from '../model/event-types';
import type { EventSubject } from '../model/events';
import {
  channelPayload,
  type PayloadContext,
  reservationWithTask,
  taskPayload,
  transferPayload,
  workerPayload,
} from './payloads';

/** A message to the worker SDK, and the workers that get it. */
export interface Message {
  readonly workerSids: readonly string[];
  readonly payload: () => object;
}

type MessageOf = (subject: EventSubject, context: PayloadContext) => Message | undefined;

const aboutWorker: MessageOf = ({ worker }, context) =>
  worker && { workerSids: [worker.sid], payload: () => workerPayload(worker, context) };

const aboutChannel: MessageOf = ({ worker, workerChannel }, context) =>
  worker &&
  workerChannel && { workerSids: [worker.sid], payload: () => channelPayload(workerChannel, context) };

const aboutReservation: MessageOf = ({ reservation, task }, context) =>
  reservation &&
  task && {
    workerSids: [reservation.workerSid],
    payload: () => reservationWithTask(reservation, task, context),
  };

/** Our choice: for the workers with a reservation for the task that was not over before. */
const aboutTask: MessageOf = ({ task, reservations = [] }, context) =>
  task && {
    workerSids: [...new Set(reservations.map(({ workerSid }) => workerSid))],
    payload: () => taskPayload(task, context),
  };

/** For the worker who made the transfer; the receiver gets a reservation. */
const aboutTransfer: MessageOf = ({ transfer }, context) =>
  transfer && {
    workerSids: [transfer.initiatingWorkerSid],
    payload: () => transferPayload(transfer, context),
  };

/**
 * The messages of the worker SDK, by the type of the event. Their names are those of the events.
 * Source: TaskRouterEventHandler of https://github.com/twilio/twilio-taskrouter.js
 */
const messages: Readonly<Partial<Record<EventType, MessageOf>>> = {
  'worker.activity.update': aboutWorker,
  'worker.attributes.update': aboutWorker,
  'worker.capacity.update': aboutChannel,
  'worker.channel.availability.update': aboutChannel,
  'reservation.created': aboutReservation,
  'reservation.failed': aboutReservation,
  'reservation.accepted': aboutReservation,
  'reservation.wrapup': aboutReservation,
  'reservation.rejected': aboutReservation,
  'reservation.timeout': aboutReservation,
  'reservation.canceled': aboutReservation,
  'reservation.rescinded': aboutReservation,
  'reservation.completed': aboutReservation,
  'task.updated': aboutTask,
  'task.canceled': aboutTask,
  'task.completed': aboutTask,
  'task.wrapup': aboutTask,
  'task.transfer-initiated': aboutTransfer,
  'task.transfer-attempt-failed': aboutTransfer,
  'task.transfer-failed': aboutTransfer,
  'task.transfer-canceled': aboutTransfer,
  'task.transfer-completed': aboutTransfer,
};

/** The message for an event; undefined if the worker SDK has none. */
export function messageOf(
  type: EventType,
  subject: EventSubject | undefined,
  context: PayloadContext,
): Message | undefined {
  return subject && messages[type]?.(subject, context);
}
