import type { ReservationStatus } from './reservation-view';

export type ReservationAction = 'accept' | 'reject' | 'wrap' | 'complete';

interface ActionButton {
  readonly action: ReservationAction;
  readonly label: string;
  /** Whether it moves the task forward. */
  readonly primary: boolean;
}

const buttons: Readonly<Partial<Record<ReservationStatus, readonly ActionButton[]>>> = {
  pending: [
    { action: 'accept', label: 'Accept', primary: true },
    { action: 'reject', label: 'Reject', primary: false },
  ],
  accepted: [
    { action: 'wrap', label: 'Wrap up', primary: true },
    { action: 'complete', label: 'Complete', primary: false },
  ],
  wrapping: [{ action: 'complete', label: 'Complete', primary: true }],
};

/** The actions that fit the status of a reservation. Source: https://www.twilio.com/docs/taskrouter/lifecycle-task-state */
export function actionsOf(status: ReservationStatus): readonly ActionButton[] {
  return buttons[status] ?? [];
}
