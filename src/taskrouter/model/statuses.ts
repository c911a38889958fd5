/**
 * The statuses of the two state machines, spelled as the service spells them.
 * Source: https://www.twilio.com/docs/taskrouter/lifecycle-task-state and …/api/reservations
 */
export const taskStatuses = ['pending', 'reserved', 'assigned', 'wrapping', 'completed', 'canceled'] as const;
export type TaskStatus = (typeof taskStatuses)[number];

export const reservationStatuses = [
  'pending',
  'accepted',
  'rejected',
  'timeout',
  'canceled',
  'rescinded',
  'wrapping',
  'completed',
] as const;
export type ReservationStatus = (typeof reservationStatuses)[number];

/**
 * The transitions of a task. `reserve`, `release`, and `return` are the engine's own; clients can request the others.
 * A transfer makes an assigned task pending again, and it returns to its worker if the transfer ends without success.
 */
const taskMoves = [
  'reserve',
  'release',
  'assign',
  'transfer',
  'return',
  'wrap',
  'complete',
  'cancel',
] as const;
export type TaskMove = (typeof taskMoves)[number];

/** The transitions of a reservation. `expire` and `rescind` are the engine's own. */
const reservationMoves = ['accept', 'reject', 'expire', 'cancel', 'rescind', 'wrap', 'complete'] as const;
export type ReservationMove = (typeof reservationMoves)[number];

/** The statuses of a transfer, as the worker SDK spells them. */
export const transferStatuses = ['initiated', 'completed', 'failed', 'canceled'] as const;
export type TransferStatus = (typeof transferStatuses)[number];
export const transferModes = ['WARM', 'COLD'] as const;
export type TransferMode = (typeof transferModes)[number];
export type TransferType = 'WORKER' | 'QUEUE';

export type TaskOrder = 'FIFO' | 'LIFO';
export type WorkspaceTemplate = 'NONE' | 'FIFO';

/** Why a telephone call reached nobody; `failed`: it could not be placed. */
export const callFailures = ['refused', 'busy', 'no-answer', 'failed'] as const;
export type CallFailure = (typeof callFailures)[number];
