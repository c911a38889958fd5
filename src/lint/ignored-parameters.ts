/** A request to the REST API, as far as its parameters are concerned. */
interface SentParameters {
  /** As in Twilio's OpenAPI description, such as `UpdateTask`. */
  readonly operation: string;
  /** The collection in the path, such as `Tasks`. */
  readonly resource: string;
  /** The names of the operation's parameters. */
  readonly known: readonly string[];
  readonly sent: readonly string[];
}

/** A parameter that was sent and means nothing there: TaskRouter responds as if it had not been sent. */
export interface IgnoredParameter {
  /** As it was sent. */
  readonly name: string;
  readonly message: string;
}

/** The names that programs send to the wrong place. `at` lists resources and operations. */
interface NearMiss {
  readonly names: readonly string[];
  readonly at: readonly string[];
  readonly advice: string;
}

const onReservations = [
  'ReservationStatus',
  'Instruction',
  'DequeueTo',
  'DequeueFrom',
  'DequeuePostWorkActivitySid',
  'CallTo',
  'CallFrom',
  'CallUrl',
  'CallAccept',
  'RedirectCallSid',
  'RedirectUrl',
  'RedirectAccept',
  'PostWorkActivitySid',
];

/** Seen in programs in production and in the tutorial, whose own program posts `reservationStatus` to the Task. */
const nearMisses: readonly NearMiss[] = [
  { names: onReservations, at: ['Tasks', 'Workers'], advice: 'Update the Reservation instead.' },
  { names: ['WorkerActivitySid'], at: ['Tasks'], advice: 'Update the Reservation instead.' },
  { names: ['WorkerActivitySid', 'ActivityName'], at: ['Workers'], advice: 'Send ActivitySid instead.' },
  { names: ['ActivitySid'], at: ['Reservations'], advice: 'Send WorkerActivitySid instead.' },
  {
    names: ['AssignmentStatus', 'Attributes', 'Reason', 'Priority'],
    at: ['Reservations'],
    advice: 'Update the Task instead.',
  },
  { names: ['AssignmentStatus', 'Reason'], at: ['CreateTask'], advice: 'Update the Task instead.' },
  {
    names: ['WorkflowSid', 'TaskQueueSid', 'RoutingTarget', 'Timeout', 'IgnoreCapacity'],
    at: ['UpdateTask'],
    advice: 'Send it when you create the Task.',
  },
  { names: ['Status'], at: ['Tasks'], advice: 'Send AssignmentStatus instead.' },
  { names: ['Status'], at: ['Reservations'], advice: 'Send ReservationStatus instead.' },
  { names: ['TaskAttributes'], at: ['Tasks'], advice: 'Send Attributes instead.' },
  { names: ['WorkerAttributes'], at: ['Workers'], advice: 'Send Attributes instead.' },
  {
    names: ['Channel', 'TaskChannelSid', 'TaskChannelUniqueName'],
    at: ['Tasks'],
    advice: 'Send TaskChannel instead.',
  },
  { names: ['Capacity'], at: ['Workers'], advice: 'Update the WorkerChannel instead.' },
  {
    names: ['Available'],
    at: ['CreateWorker', 'UpdateWorker'],
    advice: 'Send the ActivitySid of an Activity that is available or not.',
  },
  {
    names: ['Available'],
    at: ['UpdateActivity'],
    advice: 'It is fixed when the Activity is created: create another one.',
  },
  { names: ['UniqueName'], at: ['UpdateTaskChannel'], advice: 'Send it when you create the TaskChannel.' },
  { names: ['Template'], at: ['UpdateWorkspace'], advice: 'Send it when you create the Workspace.' },
  {
    names: ['DefaultActivitySid', 'TimeoutActivitySid'],
    at: ['CreateWorkspace'],
    advice: 'Update the Workspace instead.',
  },
  {
    names: ['AssignmentCallbackUrl', 'FallbackAssignmentCallbackUrl', 'TaskReservationTimeout'],
    at: ['Workspaces', 'TaskQueues', 'Tasks'],
    advice: 'Update the Workflow instead.',
  },
  {
    names: ['EventCallbackUrl', 'EventsFilter'],
    at: ['Workflows', 'TaskQueues', 'Workers', 'Tasks'],
    advice: 'Update the Workspace instead.',
  },
  { names: ['TargetWorkersExpression'], at: ['TaskQueues'], advice: 'Send TargetWorkers instead.' },
  { names: ['TargetWorkers'], at: ['ListWorker'], advice: 'Send TargetWorkersExpression instead.' },
];

/**
 * The parameters that mean nothing where they were sent. Names are compared without regard to case and underscores, so
 * that advice is given for `reservationStatus` too.
 */
export function ignoredParameters({
  operation,
  resource,
  known,
  sent,
}: SentParameters): readonly IgnoredParameter[] {
  const unknown = [...new Set(sent)].filter((name) => !known.includes(name));
  return unknown.map((name) => {
    const spelled = known.find((each) => isSameName(each, name));
    if (spelled) return { name, message: `${ignored(name, resource)} Send ${spelled} instead.` };
    const nearMiss = nearMisses.find(
      ({ names, at }) =>
        (at.includes(resource) || at.includes(operation)) && names.some((each) => isSameName(each, name)),
    );
    const meant = nearMiss?.names.find((each) => isSameName(each, name));
    if (!nearMiss || !meant) return { name, message: ignored(name, resource) };
    return { name, message: `${ignored(meant, resource)} ${nearMiss.advice}` };
  });
}

const ignored = (name: string, resource: string) =>
  `${name} is not a parameter of ${resource} and was ignored.`;

const normalized = (name: string) => name.toLowerCase().replaceAll(/[_-]/g, '');
const isSameName = (left: string, right: string) => normalized(left) === normalized(right);
