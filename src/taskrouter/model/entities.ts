import type { ReservationStatus, TaskOrder, TaskStatus } from './statuses';

/**
 * The things TaskRouter keeps. Each is a plain, immutable value: a change makes a new one.
 * All dates are unix milliseconds; durations say their unit in their name.
 */
interface Kept {
  readonly sid: string;
  /** Order of creation over everything in the installation; breaks ties between equal dates. */
  readonly sequence: number;
  readonly dateCreated: number;
  readonly dateUpdated: number;
}

/** Whatever belongs to one workspace. */
interface Owned extends Kept {
  readonly workspaceSid: string;
}

/** Attributes as JSON text, exactly as the client gave it, and what it parses to. */
export interface Attributes {
  readonly text: string;
  readonly value: Readonly<Record<string, unknown>>;
}

export interface Workspace extends Kept {
  readonly friendlyName: string;
  readonly eventCallbackUrl: string;
  readonly eventsFilter: string | null;
  readonly multiTaskEnabled: boolean;
  readonly prioritizeQueueOrder: TaskOrder;
  readonly defaultActivitySid: string;
  readonly timeoutActivitySid: string;
}

export interface Activity extends Owned {
  readonly friendlyName: string;
  readonly available: boolean;
}

export interface TaskChannel extends Owned {
  readonly friendlyName: string;
  readonly uniqueName: string;
  readonly channelOptimizedRouting: boolean;
}

export interface TaskQueue extends Owned {
  readonly friendlyName: string;
  /** Expression over workers; null or empty matches nobody. */
  readonly targetWorkers: string | null;
  readonly maxReservedWorkers: number;
  readonly taskOrder: TaskOrder;
  readonly reservationActivitySid: string | null;
  readonly assignmentActivitySid: string | null;
}

export interface Workflow extends Owned {
  readonly friendlyName: string;
  /** Sid of the WorkflowVersion in force. */
  readonly versionSid: string;
  readonly assignmentCallbackUrl: string | null;
  readonly fallbackAssignmentCallbackUrl: string | null;
  readonly taskReservationTimeoutSeconds: number;
}

/**
 * One configuration a workflow has had. Tasks go on with the one they entered with, so an old version is kept
 * until no task refers to it (https://support.twilio.com/hc/en-us/articles/36535203110043). Not visible over REST.
 */
export interface WorkflowVersion extends Owned {
  readonly workflowSid: string;
  readonly configuration: string;
}

export interface Worker extends Owned {
  readonly friendlyName: string;
  readonly activitySid: string;
  readonly attributes: Attributes;
  readonly dateStatusChanged: number;
  /** The later of creation and the last switch from an unavailable to an available activity. */
  readonly availableSince: number;
  /** When the last reservation was created for the worker; null before the first. */
  readonly lastReservedTime: number | null;
  /** Counter behind ETag and If-Match. */
  readonly version: number;
}

export interface WorkerChannel extends Owned {
  readonly workerSid: string;
  readonly taskChannelSid: string;
  readonly configuredCapacity: number;
  readonly available: boolean;
  readonly lastReservedTime: number | null;
}

/** Where a task stands in its workflow. Indexes count from 0; the default filter is `'default'`. */
export interface WorkflowStep {
  readonly kind: 'workflow';
  readonly versionSid: string;
  readonly filter: number | 'default';
  readonly target: number;
  readonly enteredAt: number;
  /**
   * Unix milliseconds: where the timeout of this target starts to count. That is when the task entered the filter, plus
   * the timeouts of the filter's targets before this one.
   */
  readonly timeoutFrom: number;
  readonly expiresAt: number | null;
  /** Once a task has timed out of a filter, the default filter stays out of reach (our choice). */
  readonly timedOut: boolean;
}

/** A task sent straight to a worker or a queue by RoutingTarget passes by all filters. */
export interface DirectStep {
  readonly kind: 'direct';
  readonly workerSid: string | null;
}

export interface Task extends Owned {
  readonly attributes: Attributes;
  readonly status: TaskStatus;
  readonly reason: string | null;
  readonly priority: number;
  readonly timeoutSeconds: number;
  readonly taskChannelSid: string;
  readonly workflowSid: string;
  readonly taskQueueSid: string;
  readonly taskQueueEnteredDate: number;
  readonly virtualStartTime: number;
  readonly routingTarget: string | null;
  readonly ignoreCapacity: boolean;
  readonly step: WorkflowStep | DirectStep;
  /** What changed while the task was reserved, so that it is routed again once it is pending; else null. */
  readonly routeAgain: 'attributes' | 'workflow' | null;
  /** How often the task went from pending to reserved. */
  readonly assignmentCount: number;
  /** Consecutive rounds in which no callback URL gave a usable answer, or no conference could be set up. */
  readonly callbackFailures: number;
  /** Not offered before this moment; null when it may be offered now. */
  readonly heldUntil: number | null;
  readonly assignedAt: number | null;
  readonly finishedAt: number | null;
  /** Why the routing was evaluated again, for events; null before the first time. */
  readonly reEvaluatedReason: string | null;
  readonly version: number;
}

export interface Reservation extends Owned {
  readonly status: ReservationStatus;
  readonly taskSid: string;
  readonly workerSid: string;
  readonly workerName: string;
  readonly taskChannelSid: string;
  readonly taskQueueSid: string;
  readonly workflowSid: string;
  readonly timeoutSeconds: number;
  readonly expiresAt: number;
  readonly workerPreviousActivitySid: string;
  /** A conference is being set up: the timeout is paused, and nobody else may accept. REST still shows `pending`. */
  readonly onHold: boolean;
  /** Why setting up a conference failed: one of Twilio's error codes; else null. */
  readonly canceledReasonCode: number | null;
  readonly version: number;
}

/**
 * A callback that has been decided and not yet settled: the outbox. It is written in the same transaction as what it
 * announces, and removed when it is settled, so that a crash in between repeats it and never loses it.
 * The sid is the reservation's for an assignment callback and the event's for an event callback.
 */
export interface Delivery extends Owned {
  readonly kind: 'assignment' | 'event';
  readonly taskSid: string | null;
  readonly workerSid: string | null;
  /** The primary URL and, for an assignment callback, the fallback. */
  readonly urls: readonly string[];
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * A telephone call that an instruction asked for, or the redirection of the caller's. Like a Delivery it is written
 * in the same transaction as what asked for it, so that a crash in between loses no call; it goes when the call ends.
 */
export interface VoiceCall extends Owned {
  readonly instruction: 'dequeue' | 'call' | 'redirect' | 'conference' | 'supervise';
  readonly reservationSid: string;
  /** Whose telephone rings: the worker's or the supervisor's; null for an address that is no worker's. */
  readonly workerSid: string | null;
  /** For `redirect` the sid of the parked call. */
  readonly to: string;
  readonly from: string | null;
  /** TwiML for the call, where the instruction gives it. */
  readonly url: string | null;
  /** How long it may ring. */
  readonly timeoutSeconds: number;
  readonly postWorkActivitySid: string | null;
  /** Unix milliseconds; null while it rings. */
  readonly answeredAt: number | null;
}

/** Every table of the state, and what its rows are. The store keeps them under these names. */
export interface Tables {
  workspaces: Workspace;
  activities: Activity;
  taskChannels: TaskChannel;
  taskQueues: TaskQueue;
  workflows: Workflow;
  workflowVersions: WorkflowVersion;
  workers: Worker;
  workerChannels: WorkerChannel;
  tasks: Task;
  reservations: Reservation;
  deliveries: Delivery;
  calls: VoiceCall;
}
export type TableName = keyof Tables;
export type Entity = Tables[TableName];

/** In this order rows can be loaded one after another: owners first. */
export const tableNames = [
  'workspaces',
  'activities',
  'taskChannels',
  'taskQueues',
  'workflows',
  'workflowVersions',
  'workers',
  'workerChannels',
  'tasks',
  'reservations',
  'deliveries',
  'calls',
] as const satisfies readonly TableName[];
