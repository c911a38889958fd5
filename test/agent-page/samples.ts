import type { ReservationData, ReservationView } from '../../assets/agent/reservation-view';
import { exampleSid } from '../support/twilio-runtime';

type Part = Omit<Partial<ReservationData>, 'task'> & { readonly task?: Partial<ReservationData['task']> };

/** A reservation of the SDK: an offer that has just been made for a task ten minutes old. */
export function sdkReservation({ task, ...part }: Part = {}): ReservationData {
  return {
    sid: exampleSid('WR'),
    status: 'pending',
    timeout: 120,
    dateCreated: new Date('2026-01-01T00:10:00Z'),
    ...part,
    task: {
      sid: exampleSid('WT'),
      status: 'reserved',
      attributes: { selected_language: 'es' },
      age: 600,
      dateCreated: new Date('2026-01-01T00:00:00Z'),
      priority: 0,
      queueName: 'Spanish',
      reason: '',
      taskChannelUniqueName: 'default',
      ...task,
    },
  };
}

/** An offer on the page. */
export function aView(part: Partial<ReservationView> = {}): ReservationView {
  return {
    sid: exampleSid('WR'),
    status: 'pending',
    taskSid: exampleSid('WT'),
    attributes: { selected_language: 'es' },
    channel: 'default',
    queue: 'Spanish',
    priority: 0,
    ending: null,
    endsAt: 120_000,
    timeoutMs: 120_000,
    error: null,
    ...part,
  };
}
