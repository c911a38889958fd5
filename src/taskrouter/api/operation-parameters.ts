import { callbackInstructionNames, type InstructionName, instructionNames } from '../model/instructions';
import { parametersOf } from '../model/read-instruction';

const paging = ['PageSize', 'Page', 'PageToken'];
const period = ['Minutes', 'StartDate', 'EndDate', 'TaskChannel'];
const periodAndWaitTimes = [...period, 'SplitByWaitTime'];

const workspace = [
  'FriendlyName',
  'EventCallbackUrl',
  'EventsFilter',
  'MultiTaskEnabled',
  'PrioritizeQueueOrder',
];
const taskQueue = [
  'FriendlyName',
  'TargetWorkers',
  'MaxReservedWorkers',
  'TaskOrder',
  'ReservationActivitySid',
  'AssignmentActivitySid',
];
const workflow = [
  'FriendlyName',
  'Configuration',
  'AssignmentCallbackUrl',
  'FallbackAssignmentCallbackUrl',
  'TaskReservationTimeout',
];
const worker = ['FriendlyName', 'ActivitySid', 'Attributes'];
const task = ['Attributes', 'Priority', 'TaskChannel', 'VirtualStartTime'];
const reservation = (instructions: readonly InstructionName[]) => [
  'ReservationStatus',
  'Instruction',
  'WorkerActivitySid',
  ...instructions.flatMap((name) => parametersOf(name).flatMap(([, { rest }]) => rest)),
];

const times = (name: string) => [name, `${name}<`, `${name}>`];
const script = [
  'Url',
  'Twiml',
  'Method',
  'FallbackUrl',
  'FallbackMethod',
  'StatusCallback',
  'StatusCallbackMethod',
];
/** They concern recordings, carriers, SIP, and the detection of machines. */
const withoutEffect = [
  'AsyncAmdStatusCallback',
  'AsyncAmdStatusCallbackMethod',
  'Byoc',
  'CallerId',
  'CallReason',
  'CallToken',
  'ClientNotificationUrl',
  'MachineDetectionSilenceTimeout',
  'MachineDetectionSpeechEndThreshold',
  'MachineDetectionSpeechThreshold',
  'MachineDetectionTimeout',
  'Passports',
  'RecordingChannels',
  'RecordingConfigurationId',
  'RecordingStatusCallback',
  'RecordingStatusCallbackEvent',
  'RecordingStatusCallbackMethod',
  'RecordingTrack',
  'SipAuthPassword',
  'SipAuthUsername',
  'Trim',
];

/**
 * The parameters of every operation that has any. An operation cannot read one that is missing here, and
 * `test/contract/operation-parameters.test.ts` compares the table with Twilio's OpenAPI description.
 */
const byOperation: Readonly<Record<string, readonly string[]>> = {
  ListWorkspace: ['FriendlyName', ...paging],
  CreateWorkspace: [...workspace, 'Template'],
  UpdateWorkspace: [...workspace, 'DefaultActivitySid', 'TimeoutActivitySid'],
  FetchWorkspaceCumulativeStatistics: periodAndWaitTimes,
  FetchWorkspaceRealTimeStatistics: ['TaskChannel'],
  FetchWorkspaceStatistics: periodAndWaitTimes,

  ListActivity: ['FriendlyName', 'Available', ...paging],
  CreateActivity: ['FriendlyName', 'Available'],
  UpdateActivity: ['FriendlyName'],

  ListTaskChannel: paging,
  CreateTaskChannel: ['FriendlyName', 'UniqueName', 'ChannelOptimizedRouting'],
  UpdateTaskChannel: ['FriendlyName', 'ChannelOptimizedRouting'],

  ListTaskQueue: ['FriendlyName', 'EvaluateWorkerAttributes', 'WorkerSid', 'Ordering', ...paging],
  CreateTaskQueue: taskQueue,
  UpdateTaskQueue: taskQueue,
  ListTaskQueuesStatistics: ['FriendlyName', ...periodAndWaitTimes, ...paging],
  FetchTaskQueueCumulativeStatistics: periodAndWaitTimes,
  FetchTaskQueueRealTimeStatistics: ['TaskChannel'],
  FetchTaskQueueStatistics: periodAndWaitTimes,

  ListWorkflow: ['FriendlyName', ...paging],
  CreateWorkflow: workflow,
  UpdateWorkflow: [...workflow, 'ReEvaluateTasks'],
  FetchWorkflowCumulativeStatistics: periodAndWaitTimes,
  FetchWorkflowRealTimeStatistics: ['TaskChannel'],
  FetchWorkflowStatistics: periodAndWaitTimes,

  ListWorker: [
    'ActivityName',
    'ActivitySid',
    'Available',
    'FriendlyName',
    'TargetWorkersExpression',
    'TaskQueueName',
    'TaskQueueSid',
    'Ordering',
    ...paging,
  ],
  CreateWorker: worker,
  UpdateWorker: [...worker, 'RejectPendingReservations'],
  FetchWorkersCumulativeStatistics: period,
  FetchWorkersRealTimeStatistics: ['TaskChannel'],
  FetchWorkerStatistics: [...period, 'TaskQueueSid', 'TaskQueueName', 'FriendlyName'],
  FetchWorkerInstanceStatistics: period,
  ListWorkerChannel: paging,
  UpdateWorkerChannel: ['Capacity', 'Available'],
  ListWorkerReservation: ['ReservationStatus', ...paging],
  UpdateWorkerReservation: reservation(callbackInstructionNames),

  ListTask: [
    'Priority',
    'AssignmentStatus',
    'WorkflowSid',
    'WorkflowName',
    'TaskQueueSid',
    'TaskQueueName',
    'EvaluateTaskAttributes',
    'RoutingTarget',
    'Ordering',
    'HasAddons',
    ...paging,
  ],
  CreateTask: [...task, 'Timeout', 'WorkflowSid', 'RoutingTarget', 'IgnoreCapacity', 'TaskQueueSid'],
  UpdateTask: [...task, 'AssignmentStatus', 'Reason'],
  ListTaskReservation: ['ReservationStatus', 'WorkerSid', ...paging],
  UpdateTaskReservation: reservation(instructionNames),

  ListEvent: [
    'EventType',
    'Minutes',
    'StartDate',
    'EndDate',
    'ReservationSid',
    'TaskQueueSid',
    'TaskSid',
    'WorkerSid',
    'WorkflowSid',
    'TaskChannel',
    'Sid',
    ...paging,
  ],

  ListCall: ['To', 'From', 'ParentCallSid', 'Status', ...times('StartTime'), ...times('EndTime'), ...paging],
  CreateCall: [
    ...script,
    'To',
    'From',
    'SendDigits',
    'Timeout',
    'TimeLimit',
    'ApplicationSid',
    'AsyncAmd',
    'MachineDetection',
    'Record',
    'StatusCallbackEvent',
    ...withoutEffect,
  ],
  UpdateCall: [...script, 'Status', 'TimeLimit'],
  ListConference: ['FriendlyName', 'Status', ...times('DateCreated'), ...times('DateUpdated'), ...paging],
  UpdateConference: ['Status', 'AnnounceUrl', 'AnnounceMethod'],
  ListParticipant: ['Muted', 'Hold', 'Coaching', ...paging],
  CreateParticipant: [
    'From',
    'To',
    'Label',
    'Timeout',
    'StatusCallback',
    'StatusCallbackMethod',
    'StatusCallbackEvent',
    'Muted',
    'Beep',
    'StartConferenceOnEnter',
    'EndConferenceOnExit',
    'WaitUrl',
    'WaitMethod',
    'MaxParticipants',
    'Coaching',
    'CallSidToCoach',
    'MachineDetection',
    'AmdStatusCallback',
    'ConferenceStatusCallback',
    'ConferenceStatusCallbackMethod',
    'ConferenceStatusCallbackEvent',
  ],
  UpdateParticipant: [
    'Muted',
    'Hold',
    'HoldUrl',
    'HoldMethod',
    'AnnounceUrl',
    'AnnounceMethod',
    'WaitUrl',
    'WaitMethod',
    'BeepOnExit',
    'EndConferenceOnExit',
    'Coaching',
    'CallSidToCoach',
  ],
  ListQueue: ['FriendlyName', ...paging],
  ListMember: paging,
};

/** The names of an operation's parameters, in the query of a GET or the body of a POST. */
export function parametersOfOperation(operation: string): readonly string[] {
  return byOperation[operation] ?? [];
}
