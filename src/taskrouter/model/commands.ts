import type {
  Activity,
  Attributes,
  Reservation,
  Task,
  TaskChannel,
  TaskQueue,
  Transfer,
  Worker,
  WorkerChannel,
  Workflow,
  Workspace,
} from './entities';
import type { Instruction } from './read-instruction';
import type {
  CallFailure,
  ReservationStatus,
  TaskOrder,
  TaskStatus,
  TransferMode,
  WorkspaceTemplate,
} from './statuses';

/**
 * All commands of the engine. An undefined parameter keeps the present value or takes the documented default. The
 * caller has read the parameters: numbers, JSON, sids, statuses, and instructions are well-formed. The engine checks
 * their meaning: existence, ranges, expressions, and states.
 */
interface InWorkspace {
  readonly workspaceSid: string;
}

export interface CreateWorkspace {
  readonly type: 'CreateWorkspace';
  readonly friendlyName: string;
  readonly eventCallbackUrl?: string | undefined;
  readonly eventsFilter?: string | undefined;
  readonly multiTaskEnabled?: boolean | undefined;
  readonly template?: WorkspaceTemplate | undefined;
  readonly prioritizeQueueOrder?: TaskOrder | undefined;
}
export interface UpdateWorkspace extends InWorkspace {
  readonly type: 'UpdateWorkspace';
  readonly friendlyName?: string | undefined;
  readonly eventCallbackUrl?: string | undefined;
  readonly eventsFilter?: string | undefined;
  readonly multiTaskEnabled?: boolean | undefined;
  readonly prioritizeQueueOrder?: TaskOrder | undefined;
  readonly defaultActivitySid?: string | undefined;
  readonly timeoutActivitySid?: string | undefined;
}
export interface DeleteWorkspace extends InWorkspace {
  readonly type: 'DeleteWorkspace';
}

export interface CreateActivity extends InWorkspace {
  readonly type: 'CreateActivity';
  readonly friendlyName: string;
  readonly available?: boolean | undefined;
}
export interface UpdateActivity extends InWorkspace {
  readonly type: 'UpdateActivity';
  readonly activitySid: string;
  readonly friendlyName?: string | undefined;
}
export interface DeleteActivity extends InWorkspace {
  readonly type: 'DeleteActivity';
  readonly activitySid: string;
}

export interface CreateTaskChannel extends InWorkspace {
  readonly type: 'CreateTaskChannel';
  readonly friendlyName: string;
  readonly uniqueName: string;
  readonly channelOptimizedRouting?: boolean | undefined;
}
export interface UpdateTaskChannel extends InWorkspace {
  readonly type: 'UpdateTaskChannel';
  readonly taskChannelSid: string;
  readonly friendlyName?: string | undefined;
  readonly channelOptimizedRouting?: boolean | undefined;
}
export interface DeleteTaskChannel extends InWorkspace {
  readonly type: 'DeleteTaskChannel';
  readonly taskChannelSid: string;
}

interface TaskQueueSettings {
  readonly targetWorkers?: string | undefined;
  readonly maxReservedWorkers?: number | undefined;
  readonly taskOrder?: TaskOrder | undefined;
  readonly reservationActivitySid?: string | undefined;
  readonly assignmentActivitySid?: string | undefined;
}
export interface CreateTaskQueue extends InWorkspace, TaskQueueSettings {
  readonly type: 'CreateTaskQueue';
  readonly friendlyName: string;
}
export interface UpdateTaskQueue extends InWorkspace, TaskQueueSettings {
  readonly type: 'UpdateTaskQueue';
  readonly taskQueueSid: string;
  readonly friendlyName?: string | undefined;
}
export interface DeleteTaskQueue extends InWorkspace {
  readonly type: 'DeleteTaskQueue';
  readonly taskQueueSid: string;
}

interface WorkflowSettings {
  readonly assignmentCallbackUrl?: string | undefined;
  readonly fallbackAssignmentCallbackUrl?: string | undefined;
  readonly taskReservationTimeoutSeconds?: number | undefined;
}
export interface CreateWorkflow extends InWorkspace, WorkflowSettings {
  readonly type: 'CreateWorkflow';
  readonly friendlyName: string;
  readonly configuration: string;
}
export interface UpdateWorkflow extends InWorkspace, WorkflowSettings {
  readonly type: 'UpdateWorkflow';
  readonly workflowSid: string;
  readonly friendlyName?: string | undefined;
  readonly configuration?: string | undefined;
  readonly reEvaluateTasks?: boolean | undefined;
}
export interface DeleteWorkflow extends InWorkspace {
  readonly type: 'DeleteWorkflow';
  readonly workflowSid: string;
}

export interface CreateWorker extends InWorkspace {
  readonly type: 'CreateWorker';
  readonly friendlyName: string;
  readonly activitySid?: string | undefined;
  readonly attributes?: Attributes | undefined;
}
export interface UpdateWorker extends InWorkspace {
  readonly type: 'UpdateWorker';
  readonly workerSid: string;
  readonly friendlyName?: string | undefined;
  readonly activitySid?: string | undefined;
  readonly attributes?: Attributes | undefined;
  readonly rejectPendingReservations?: boolean | undefined;
}
export interface DeleteWorker extends InWorkspace {
  readonly type: 'DeleteWorker';
  readonly workerSid: string;
}
export interface UpdateWorkerChannel extends InWorkspace {
  readonly type: 'UpdateWorkerChannel';
  readonly workerChannelSid: string;
  readonly capacity?: number | undefined;
  readonly available?: boolean | undefined;
}

/** The worker, queue or workflow that a new task goes straight to. */
export interface RoutingTarget {
  readonly kind: 'worker' | 'taskQueue' | 'workflow';
  readonly sid: string;
}

export interface CreateTask extends InWorkspace {
  readonly type: 'CreateTask';
  readonly workflowSid?: string | undefined;
  readonly attributes?: Attributes | undefined;
  readonly priority?: number | undefined;
  readonly timeoutSeconds?: number | undefined;
  /** Sid or unique name. */
  readonly taskChannel?: string | undefined;
  /** Unix milliseconds. */
  readonly virtualStartTime?: number | undefined;
  readonly routingTarget?: RoutingTarget | undefined;
  readonly ignoreCapacity?: boolean | undefined;
  readonly taskQueueSid?: string | undefined;
}
export interface UpdateTask extends InWorkspace {
  readonly type: 'UpdateTask';
  readonly taskSid: string;
  readonly attributes?: Attributes | undefined;
  readonly assignmentStatus?: TaskStatus | undefined;
  readonly reason?: string | undefined;
  readonly priority?: number | undefined;
  readonly taskChannel?: string | undefined;
  readonly virtualStartTime?: number | undefined;
}
export interface DeleteTask extends InWorkspace {
  readonly type: 'DeleteTask';
  readonly taskSid: string;
}

export interface UpdateReservation extends InWorkspace {
  readonly type: 'UpdateReservation';
  readonly reservationSid: string;
  readonly reservationStatus: ReservationStatus;
  readonly workerActivitySid?: string | undefined;
}

/** An instruction over REST; `accept` and `reject` are statuses there. */
export interface InstructReservation extends InWorkspace {
  readonly type: 'InstructReservation';
  readonly reservationSid: string;
  readonly instruction: Instruction;
}

/** Hands an accepted task over to another worker or to a queue, as an agent does with the worker SDK. */
export interface CreateTransfer extends InWorkspace {
  readonly type: 'CreateTransfer';
  readonly taskSid: string;
  /** The accepted reservation of the worker who transfers the task. */
  readonly reservationSid: string;
  /** Sid of a worker or a queue. */
  readonly to: string;
  readonly mode?: TransferMode | undefined;
  readonly priority?: number | undefined;
  readonly attributes?: Attributes | undefined;
}
export interface CancelTransfer extends InWorkspace {
  readonly type: 'CancelTransfer';
  readonly transferSid: string;
}

/** The result of an assignment callback, after the primary and the fallback URL. */
export interface SettleAssignmentCallback {
  readonly type: 'SettleAssignmentCallback';
  readonly reservationSid: string;
  readonly result:
    | { readonly kind: 'instruction'; readonly instruction: Instruction }
    | { readonly kind: 'none' }
    | { readonly kind: 'failed' };
}
export interface SettleEventCallback {
  readonly type: 'SettleEventCallback';
  readonly eventSid: string;
}

/** The progress of a telephone call; see voice/voice.ts. It changes nothing when the call has ended meanwhile. */
export interface CallAnswered {
  readonly type: 'CallAnswered';
  readonly callSid: string;
}
export interface CallFailed {
  readonly type: 'CallFailed';
  readonly callSid: string;
  readonly failure: CallFailure;
}
export interface CallEnded {
  readonly type: 'CallEnded';
  readonly callSid: string;
  /** The call was in a conference, and others still are. Default: the conference has ended, too. */
  readonly conferenceGoesOn?: boolean | undefined;
}
/** Nobody is in the conference of a task any more. It changes nothing if that is known. */
export interface ConferenceEnded {
  readonly type: 'ConferenceEnded';
  readonly taskSid: string;
}

/** Carries out what is due, and nothing else. */
interface PassTime {
  readonly type: 'PassTime';
}

/** The result of each command. */
export interface CommandResults {
  CreateWorkspace: Workspace;
  UpdateWorkspace: Workspace;
  DeleteWorkspace: undefined;
  CreateActivity: Activity;
  UpdateActivity: Activity;
  DeleteActivity: undefined;
  CreateTaskChannel: TaskChannel;
  UpdateTaskChannel: TaskChannel;
  DeleteTaskChannel: undefined;
  CreateTaskQueue: TaskQueue;
  UpdateTaskQueue: TaskQueue;
  DeleteTaskQueue: undefined;
  CreateWorkflow: Workflow;
  UpdateWorkflow: Workflow;
  DeleteWorkflow: undefined;
  CreateWorker: Worker;
  UpdateWorker: Worker;
  DeleteWorker: undefined;
  UpdateWorkerChannel: WorkerChannel;
  CreateTask: Task;
  UpdateTask: Task;
  DeleteTask: undefined;
  UpdateReservation: Reservation;
  InstructReservation: Reservation;
  CreateTransfer: Transfer;
  CancelTransfer: Transfer;
  SettleAssignmentCallback: undefined;
  SettleEventCallback: undefined;
  CallAnswered: undefined;
  CallFailed: undefined;
  CallEnded: undefined;
  ConferenceEnded: undefined;
  PassTime: undefined;
}

export type Command =
  | CreateWorkspace
  | UpdateWorkspace
  | DeleteWorkspace
  | CreateActivity
  | UpdateActivity
  | DeleteActivity
  | CreateTaskChannel
  | UpdateTaskChannel
  | DeleteTaskChannel
  | CreateTaskQueue
  | UpdateTaskQueue
  | DeleteTaskQueue
  | CreateWorkflow
  | UpdateWorkflow
  | DeleteWorkflow
  | CreateWorker
  | UpdateWorker
  | DeleteWorker
  | UpdateWorkerChannel
  | CreateTask
  | UpdateTask
  | DeleteTask
  | UpdateReservation
  | InstructReservation
  | CreateTransfer
  | CancelTransfer
  | SettleAssignmentCallback
  | SettleEventCallback
  | CallAnswered
  | CallFailed
  | CallEnded
  | ConferenceEnded
  | PassTime;

export type CommandType = Command['type'];
export type CommandOf<Type extends CommandType> = Extract<Command, { type: Type }>;
export type ResultOf<C extends Command> = CommandResults[C['type']];
