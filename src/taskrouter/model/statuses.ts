/**
 * The words of the two state machines, exactly as the service spells them.
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

/** What can happen to a task. `reserve`, `release` are the engine's own moves, the others can be asked for. */
export const taskMoves = ['reserve', 'release', 'assign', 'wrap', 'complete', 'cancel'] as const;
export type TaskMove = (typeof taskMoves)[number];

/** What can happen to a reservation. `expire` and `rescind` are the engine's own moves. */
export const reservationMoves = [
  'accept',
  'reject',
  'expire',
  'cancel',
  'rescind',
  'wrap',
  'complete',
] as const;
export type ReservationMove = (typeof reservationMoves)[number];

export type TaskOrder = 'FIFO' | 'LIFO';
export type WorkspaceTemplate = 'NONE' | 'FIFO';

/** Why nobody was reached by telephone; `failed`: the call could not even be placed. */
export const callFailures = ['refused', 'busy', 'no-answer', 'failed'] as const;
export type CallFailure = (typeof callFailures)[number];
