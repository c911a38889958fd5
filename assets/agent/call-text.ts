import type { Call } from '../calls/call';
import type { ReservationView } from './reservation-view';

/** Who calls: the customer of the task if the call belongs to one, or else the number that calls. */
export function callerOf(
  { from }: Pick<Call, 'from'>,
  reservation: Pick<ReservationView, 'attributes'> | undefined,
): string {
  const customer = reservation?.attributes?.from;
  return typeof customer === 'string' && customer !== '' ? customer : from;
}

/** Whether TwiML runs on the call, which can ask for keys or speech. */
export function hearsTwiml({ transcript }: Pick<Call, 'transcript'>): boolean {
  return transcript.some(({ verb }) => verb === 'requests');
}

const endings: Readonly<Partial<Record<Call['status'], string>>> = {
  completed: 'The call is over.',
  busy: 'Declined.',
  'no-answer': 'Nobody answered in time.',
  canceled: 'The call was canceled before you answered.',
  failed: 'The call could not be placed.',
};

/** Why a call is over, in one sentence. */
export function endingOf({ status }: Pick<Call, 'status'>): string {
  return endings[status] ?? status;
}
