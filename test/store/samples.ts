import type { Change } from '../../src/taskrouter/model/changes';
import type { Attributes, TableName, Tables } from '../../src/taskrouter/model/entities';
import type { TaskRouterEvent } from '../../src/taskrouter/model/events';

/** `sid('WT', 7)` → WT00000000000000000000000000000007 */
export function sid(prefix: string, number: number): string {
  return prefix + String(number).padStart(32, '0');
}

/** Of batches, where it does not matter. Unix milliseconds. */
export const time = 1_790_000_001_000;

export function attributesOf(text: string): Attributes {
  return { text, value: JSON.parse(text) };
}

const workspaceSid = sid('WS', 1);
const kept = { sequence: 1, dateCreated: 1_790_000_000_123, dateUpdated: 1_790_000_000_456, workspaceSid };

/** A complete row of every table, with values that are easily lost: nulls, zeros, empty strings, nested values. */
export const samples: Tables = {
  workspaces: {
    sid: workspaceSid,
    sequence: 1,
    dateCreated: 0,
    dateUpdated: 1,
    friendlyName: 'Größe – 客服 🎧 "quoted" \u2028',
    eventCallbackUrl: '',
    eventsFilter: null,
    multiTaskEnabled: false,
    prioritizeQueueOrder: 'FIFO',
    defaultActivitySid: sid('WA', 1),
    timeoutActivitySid: sid('WA', 1),
  },
  activities: { ...kept, sid: sid('WA', 1), friendlyName: 'Idle', available: true },
  taskChannels: {
    ...kept,
    sid: sid('TC', 1),
    friendlyName: 'Default',
    uniqueName: 'default',
    channelOptimizedRouting: false,
  },
  taskQueues: {
    ...kept,
    sid: sid('WQ', 1),
    friendlyName: 'Spanish',
    targetWorkers: 'languages HAS "es"',
    maxReservedWorkers: 1,
    taskOrder: 'LIFO',
    reservationActivitySid: null,
    assignmentActivitySid: sid('WA', 3),
  },
  workflows: {
    ...kept,
    sid: sid('WW', 1),
    friendlyName: 'Incoming',
    versionSid: sid('WV', 1),
    assignmentCallbackUrl: 'http://127.0.0.1:3000/assignment-callback?a=1&b=%20',
    fallbackAssignmentCallbackUrl: null,
    taskReservationTimeoutSeconds: 1200,
  },
  workflowVersions: {
    ...kept,
    sid: sid('WV', 1),
    workflowSid: sid('WW', 1),
    configuration: '{\n  "task_routing": { "filters": [] }\n}\n',
  },
  workers: {
    ...kept,
    sid: sid('WK', 1),
    friendlyName: 'Alice',
    activitySid: sid('WA', 1),
    attributes: attributesOf('{ "languages": ["en", "es"] }'),
    dateStatusChanged: 5,
    availableSince: 6,
    lastReservedTime: null,
    version: 0,
  },
  workerChannels: {
    ...kept,
    sid: sid('WC', 1),
    workerSid: sid('WK', 1),
    taskChannelSid: sid('TC', 1),
    configuredCapacity: 0,
    available: true,
    lastReservedTime: 7,
  },
  tasks: {
    ...kept,
    sid: sid('WT', 1),
    attributes: attributesOf('{"selected_language":"es"}'),
    status: 'pending',
    reason: null,
    priority: 2_147_483_647,
    timeoutSeconds: 86_400,
    taskChannelSid: sid('TC', 1),
    workflowSid: sid('WW', 1),
    taskQueueSid: sid('WQ', 1),
    taskQueueEnteredDate: 8,
    virtualStartTime: -2_208_988_800_000,
    routingTarget: null,
    ignoreCapacity: false,
    step: {
      kind: 'workflow',
      versionSid: sid('WV', 1),
      filter: 'default',
      target: 0,
      enteredAt: 9,
      timeoutFrom: 9,
      expiresAt: null,
      timedOut: true,
    },
    routeAgain: null,
    assignmentCount: 0,
    callbackFailures: 3,
    heldUntil: 10,
    assignedAt: null,
    finishedAt: null,
    transferSid: sid('TT', 1),
    reEvaluatedReason: null,
    version: 0,
  },
  reservations: {
    ...kept,
    sid: sid('WR', 1),
    status: 'pending',
    taskSid: sid('WT', 1),
    workerSid: sid('WK', 1),
    workerName: 'Alice',
    taskChannelSid: sid('TC', 1),
    taskQueueSid: sid('WQ', 1),
    workflowSid: sid('WW', 1),
    timeoutSeconds: 120,
    expiresAt: 11,
    workerPreviousActivitySid: sid('WA', 1),
    onHold: true,
    canceledReasonCode: null,
    transferSid: null,
    version: 0,
  },
  transfers: {
    ...kept,
    sid: sid('TT', 1),
    taskSid: sid('WT', 1),
    status: 'initiated',
    mode: 'WARM',
    type: 'QUEUE',
    to: sid('WQ', 1),
    initiatingReservationSid: sid('WR', 1),
    initiatingWorkerSid: sid('WK', 1),
    initiatingQueueSid: sid('WQ', 1),
    initiatingWorkflowSid: sid('WW', 1),
  },
  deliveries: {
    ...kept,
    sid: sid('WR', 1),
    kind: 'assignment',
    taskSid: sid('WT', 1),
    workerSid: null,
    urls: ['http://127.0.0.1:3000/a', 'http://127.0.0.1:3000/b'],
    parameters: { TaskAttributes: '{"attributes":"text"}', Empty: '' },
  },
  calls: {
    ...kept,
    sid: sid('CA', 1),
    instruction: 'dequeue',
    reservationSid: sid('WR', 1),
    workerSid: null,
    to: 'sip:alice@example.com',
    from: null,
    parameters: { status_callback_events: ['initiated', 'completed'], record: 'do-not-record' },
    url: 'https://example.com/twiml?a=1&b=%20',
    timeoutSeconds: 60,
    postWorkActivitySid: null,
    answeredAt: 0,
  },
};

/** The change that writes the sample row of a table, with `overrides`. */
export function put<Name extends TableName>(table: Name, overrides: Partial<Tables[Name]> = {}): Change {
  const after = { ...samples[table], ...overrides };
  return { table, sid: after.sid, before: undefined, after } as unknown as Change;
}

export function remove<Name extends TableName>(table: Name, rowSid: string = samples[table].sid): Change {
  return {
    table,
    sid: rowSid,
    before: { ...samples[table], sid: rowSid },
    after: undefined,
  } as unknown as Change;
}

/** An event with the given sequence. By default its date is 1000 ms times the sequence. */
export function eventAt(sequence: number, overrides: Partial<TaskRouterEvent> = {}): TaskRouterEvent {
  return {
    sid: sid('EV', sequence),
    sequence,
    type: 'task.created',
    description: `Task created – n.º ${sequence}`,
    resourceType: 'task',
    resourceSid: sid('WT', 1),
    workspaceSid,
    workspaceName: 'Große Zentrale',
    date: sequence * 1000,
    origin: { source: 'api', ipAddress: null },
    fields: { TaskSid: sid('WT', 1), TaskAttributes: '{"a":"\\u0000"}' },
    ...overrides,
  };
}
