/** What doctor reads about the workspaces of an account, filled from an engine or from the REST API. Dates are Unix milliseconds. */
export interface Condition {
  readonly now: number;
  readonly target: 'local' | 'twilio';
  /** Unfinished. */
  readonly tasks: readonly OpenTask[];
  /** Pending, accepted, or wrapping. */
  readonly reservations: readonly OpenReservation[];
  /** The queues with pending tasks. */
  readonly queues: readonly WaitingQueue[];
  /** In any order. */
  readonly callbacks: readonly CallbackRequest[];
  /** Besides those of callbacks; in any order. */
  readonly alerts: readonly RecentAlert[];
}

export interface OpenTask {
  readonly sid: string;
  readonly workspaceSid: string;
  /** A task in transfer is assigned. */
  readonly status: 'pending' | 'reserved' | 'assigned' | 'wrapping';
  readonly createdAt: number;
  /** When its time-to-live is over. */
  readonly endsAt: number;
  /** Null before it was accepted, and if unknown. */
  readonly assignedAt: number | null;
  /** How often it went from pending to reserved. */
  readonly offers: number;
}

/** A worker, and what makes the worker available. */
interface ConcernedWorker {
  readonly sid: string;
  readonly name: string;
  readonly activityName: string;
  /** The first activity of the workspace that is available; null if there is none. */
  readonly availableActivity: { readonly sid: string; readonly name: string } | null;
}

export interface OpenReservation {
  readonly sid: string;
  readonly workspaceSid: string;
  readonly taskSid: string;
  readonly status: 'pending' | 'accepted' | 'wrapping';
  /** When it got this status. */
  readonly since: number;
  /** When it times out if it is pending. */
  readonly expiresAt: number;
  /** A conference is being set up, which pauses the timeout. */
  readonly onHold: boolean;
  readonly worker: ConcernedWorker & {
    /** Not at work, rather than unavailable because of a reservation or a task. */
    readonly isOffline: boolean;
    readonly activitySince: number;
  };
}

export interface WaitingQueue {
  readonly sid: string;
  readonly name: string;
  readonly workspaceSid: string;
  /** How many tasks wait. */
  readonly waiting: number;
  /** The task that has waited longest. */
  readonly oldest: { readonly sid: string; readonly since: number };
  /** How many workers are in the queue. */
  readonly workers: number;
  /** Whether a worker is available, or has a reservation or a task. */
  readonly hasWorkerAtWork: boolean;
  /** A worker who could start to work; null if there is none. */
  readonly offline: ConcernedWorker | null;
  /** Workers who are idle, each with a task of the queue that suits. */
  readonly idle: readonly IdleWorker[];
}

/** An available worker who could be offered a task that waits. */
export interface IdleWorker {
  readonly name: string;
  readonly activityName: string;
  readonly taskSid: string;
  /** Since when the task is in the queue. */
  readonly waitingSince: number;
  /** Since when neither has changed. */
  readonly since: number;
  /** The task is not offered before this moment, because its callbacks failed; null if it may be offered now. */
  readonly heldUntil: number | null;
}

export type CallbackFailureReason = 'unreachable' | 'signature_refused' | 'failed';

/** One request to a callback URL. */
export interface CallbackRequest {
  readonly kind: 'assignment' | 'event';
  /** Without user information, query, and fragment, which can hold secrets: see `shownUrl`. */
  readonly url: string;
  readonly at: number;
  readonly durationMs: number;
  /** Null if the response was usable. */
  readonly failure: {
    readonly reason: CallbackFailureReason;
    /** One sentence without its period. */
    readonly message: string;
    readonly remedy: string;
  } | null;
}

export interface RecentAlert {
  /** Twilio's error code; null for one that only the local TaskRouter has. */
  readonly code: number | null;
  readonly at: number;
  /** The SID of what it is about. */
  readonly place: string;
  /** One sentence without its period. */
  readonly message: string;
  readonly remedy: string;
}

/** The part of a callback URL that names its receiver; the rest can hold secrets. An invalid URL is empty. */
export function shownUrl(url: string): string {
  if (!URL.canParse(url)) return '';
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}
