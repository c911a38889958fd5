import type {
  ReservationStatus,
  TaskOrder,
  TaskStatus,
  TransferMode,
  TransferStatus,
  TransferType,
} from './statuses';

/**
 * The entities that TaskRouter keeps. Each is a plain immutable value: a change creates a new one.
 * All dates are Unix milliseconds; the name of a duration ends with its unit.
 */
interface Kept {
  readonly sid: string;
  /** Order of creation, over all entities and events; breaks ties between equal dates. */
  readonly sequence: number;
  readonly dateCreated: number;
  readonly dateUpdated: number;
}

/** An entity that belongs to one workspace. */
interface Owned extends Kept {
  readonly workspaceSid: string;
}

/** Attributes as compact JSON text (json-text.ts), and the parsed value. */
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
  /** Expression over workers; null or empty matches no worker. */
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
 * One configuration of a workflow. A task keeps the version it entered with, so an old version is kept until no task
 * refers to it (https://support.twilio.com/hc/en-us/articles/36535203110043). Not visible over REST.
 */
interface WorkflowVersion extends Owned {
  readonly workflowSid: string;
  readonly configuration: string;
}

export interface Worker extends Owned {
  readonly friendlyName: string;
  readonly activitySid: string;
  readonly attributes: Attributes;
  readonly dateStatusChanged: number;
  /** When the worker was created or last changed from an unavailable to an available activity, whichever is later. */
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

/** The position of a task in its workflow. Indexes start at 0; the default filter is `'default'`. */
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
  /** Whether the task has timed out of a filter; then it can no longer reach the default filter (our choice). */
  readonly timedOut: boolean;
}

/** A task that RoutingTarget sends straight to a worker or a queue skips all filters. */
interface DirectStep {
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
  /** What changed while the task was reserved: it is routed again once it is pending. Else null. */
  readonly routeAgain: 'attributes' | 'workflow' | null;
  /** How many times the task went from pending to reserved. */
  readonly assignmentCount: number;
  /** Consecutive rounds in which no callback URL gave a usable response, or the conference could not be set up. */
  readonly callbackFailures: number;
  /** The task is not offered before this moment; null when it may be offered now. */
  readonly heldUntil: number | null;
  readonly assignedAt: number | null;
  readonly finishedAt: number | null;
  /** The transfer that has begun and is not over; else null. */
  readonly transferSid: string | null;
  /** Why the task was last routed again, for events; null before the first time. */
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
  /** A conference is being set up: the timeout is paused, and clients cannot accept. REST still shows `pending`. */
  readonly onHold: boolean;
  /** Twilio's error code if the conference could not be set up; else null. */
  readonly canceledReasonCode: number | null;
  /** The transfer that made this offer; else null. */
  readonly transferSid: string | null;
  readonly version: number;
}

/**
 * The transfer of a task from the worker who accepted it to another worker or to a queue. Agents make transfers with the
 * worker SDK; REST does not show them. The names of the fields are those of the SDK.
 */
export interface Transfer extends Owned {
  readonly taskSid: string;
  readonly status: TransferStatus;
  readonly mode: TransferMode;
  readonly type: TransferType;
  /** Sid of the worker or the queue that gets the task. */
  readonly to: string;
  readonly initiatingReservationSid: string;
  readonly initiatingWorkerSid: string;
  readonly initiatingQueueSid: string;
  readonly initiatingWorkflowSid: string;
}

/**
 * A callback to be delivered: one row of the outbox. It is written in the same transaction as what it announces and
 * removed when its result is known, so that a crash in between repeats the callback and never loses it.
 * Its sid is that of the reservation (assignment callback) or of the event (event callback).
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
 * A telephone call that an instruction places, or the redirection of the caller's call. Like a Delivery it is written
 * in the same transaction as its cause, so that a crash loses no call. It is removed when the call ends.
 */
export interface VoiceCall extends Owned {
  readonly instruction: 'dequeue' | 'call' | 'redirect' | 'conference' | 'supervise';
  readonly reservationSid: string;
  /** The worker or supervisor whose telephone rings; null for an address that is not a worker's. */
  readonly workerSid: string | null;
  /** For `redirect` the sid of the parked call. */
  readonly to: string;
  readonly from: string | null;
  /** The parameters of the instruction that were given, as `InstructionValues`, without passwords. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** TwiML for the call, if the instruction names it. */
  readonly url: string | null;
  /** How long the telephone rings at most. */
  readonly timeoutSeconds: number;
  readonly postWorkActivitySid: string | null;
  /** Unix milliseconds; null while the telephone rings. */
  readonly answeredAt: number | null;
}

/** Every table of the state with its row type. The store uses the same names. */
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
  transfers: Transfer;
  deliveries: Delivery;
  calls: VoiceCall;
}
export type TableName = keyof Tables;
export type Entity = Tables[TableName];

/** The order in which rows can be loaded: owners first. */
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
  'transfers',
  'deliveries',
  'calls',
] as const satisfies readonly TableName[];
