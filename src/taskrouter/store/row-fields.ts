import type { TableName, Tables } from '../model/entities';
import { reservationStatuses, taskStatuses, transferModes, transferStatuses } from '../model/statuses';

/** What a stored field must be; null if the value is that. Otherwise what it should be, for messages. */
type Check = (value: unknown) => string | null;

const text: Check = (value) => (typeof value === 'string' ? null : 'a text');
const number: Check = (value) => (Number.isFinite(value) ? null : 'a number');
const count: Check = (value) => (Number.isSafeInteger(value) && (value as number) >= 0 ? null : 'a count');
const flag: Check = (value) => (typeof value === 'boolean' ? null : 'true or false');
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value) === null ? null : `${check(value)} or null`;
const oneOf =
  (...words: readonly string[]): Check =>
  (value) =>
    words.includes(value as string) ? null : `one of ${words.join(', ')}`;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const attributes: Check = (value) =>
  isObject(value) && isObject(value.value) ? null : 'a JSON object as text';
const texts: Check = (value) =>
  Array.isArray(value) && value.every((each) => typeof each === 'string') ? null : 'a list of texts';
const textsByName: Check = (value) =>
  isObject(value) && Object.values(value).every((each) => typeof each === 'string')
    ? null
    : 'an object of texts';

const kept = { sid: text, sequence: count, dateCreated: number, dateUpdated: number };
const owned = { ...kept, workspaceSid: text };

const workflowStep: Readonly<Record<string, Check>> = {
  versionSid: text,
  filter: (value) => (value === 'default' ? null : count(value)),
  target: count,
  enteredAt: number,
  timeoutFrom: number,
  expiresAt: orNull(number),
  timedOut: flag,
};

const step: Check = (value) => {
  if (!isObject(value)) return 'an object';
  if (value.kind === 'direct') return orNull(text)(value.workerSid) && 'a step with a worker or null';
  if (value.kind !== 'workflow') return 'a step of kind workflow or direct';
  const wrong = Object.entries(workflowStep).find(([name, check]) => check(value[name]) !== null);
  return wrong ? `a step whose ${wrong[0]} is ${wrong[1](value[wrong[0]])}` : null;
};

type Fields = { readonly [Name in TableName]: { readonly [Field in keyof Tables[Name]]-?: Check } };

const order = oneOf('FIFO', 'LIFO');

/** Every field of every table. A field that is missing here does not compile. */
const fields: Fields = {
  workspaces: {
    ...kept,
    friendlyName: text,
    eventCallbackUrl: text,
    eventsFilter: orNull(text),
    multiTaskEnabled: flag,
    prioritizeQueueOrder: order,
    defaultActivitySid: text,
    timeoutActivitySid: text,
  },
  activities: { ...owned, friendlyName: text, available: flag },
  taskChannels: { ...owned, friendlyName: text, uniqueName: text, channelOptimizedRouting: flag },
  taskQueues: {
    ...owned,
    friendlyName: text,
    targetWorkers: orNull(text),
    maxReservedWorkers: count,
    taskOrder: order,
    reservationActivitySid: orNull(text),
    assignmentActivitySid: orNull(text),
  },
  workflows: {
    ...owned,
    friendlyName: text,
    versionSid: text,
    assignmentCallbackUrl: orNull(text),
    fallbackAssignmentCallbackUrl: orNull(text),
    taskReservationTimeoutSeconds: count,
  },
  workflowVersions: { ...owned, workflowSid: text, configuration: text },
  workers: {
    ...owned,
    friendlyName: text,
    activitySid: text,
    attributes,
    dateStatusChanged: number,
    availableSince: number,
    lastReservedTime: orNull(number),
    version: count,
  },
  workerChannels: {
    ...owned,
    workerSid: text,
    taskChannelSid: text,
    configuredCapacity: count,
    available: flag,
    lastReservedTime: orNull(number),
  },
  tasks: {
    ...owned,
    attributes,
    status: oneOf(...taskStatuses),
    reason: orNull(text),
    priority: number,
    timeoutSeconds: count,
    taskChannelSid: text,
    workflowSid: text,
    taskQueueSid: text,
    taskQueueEnteredDate: number,
    virtualStartTime: number,
    routingTarget: orNull(text),
    ignoreCapacity: flag,
    step,
    routeAgain: orNull(oneOf('attributes', 'workflow')),
    assignmentCount: count,
    callbackFailures: count,
    heldUntil: orNull(number),
    assignedAt: orNull(number),
    finishedAt: orNull(number),
    transferSid: orNull(text),
    reEvaluatedReason: orNull(text),
    version: count,
  },
  reservations: {
    ...owned,
    status: oneOf(...reservationStatuses),
    taskSid: text,
    workerSid: text,
    workerName: text,
    taskChannelSid: text,
    taskQueueSid: text,
    workflowSid: text,
    timeoutSeconds: count,
    expiresAt: number,
    workerPreviousActivitySid: text,
    onHold: flag,
    canceledReasonCode: orNull(number),
    transferSid: orNull(text),
    version: count,
  },
  transfers: {
    ...owned,
    taskSid: text,
    status: oneOf(...transferStatuses),
    mode: oneOf(...transferModes),
    type: oneOf('WORKER', 'QUEUE'),
    to: text,
    initiatingReservationSid: text,
    initiatingWorkerSid: text,
    initiatingQueueSid: text,
    initiatingWorkflowSid: text,
  },
  deliveries: {
    ...owned,
    kind: oneOf('assignment', 'event'),
    taskSid: orNull(text),
    workerSid: orNull(text),
    urls: texts,
    parameters: textsByName,
  },
  calls: {
    ...owned,
    instruction: oneOf('dequeue', 'call', 'redirect', 'conference', 'supervise'),
    reservationSid: text,
    workerSid: orNull(text),
    to: text,
    from: orNull(text),
    parameters: (value) => (isObject(value) ? null : 'an object'),
    url: orNull(text),
    timeoutSeconds: number,
    postWorkActivitySid: orNull(text),
    answeredAt: orNull(number),
  },
};

const checks = Object.fromEntries(
  Object.entries(fields).map(([table, each]) => [table, Object.entries<Check>(each)]),
) as Record<TableName, [string, Check][]>;

/** The first field of a row that is missing or of another type, and what it should be; null if there is none. */
export const wrongField = (table: TableName, row: Readonly<Record<string, unknown>>): string | null =>
  firstWrong(checks[table], row);

function firstWrong(
  checks: readonly (readonly [string, Check])[],
  row: Readonly<Record<string, unknown>>,
): string | null {
  for (const [name, check] of checks) {
    const expected = check(row[name]);
    if (expected !== null) return name in row ? `${name} is not ${expected}` : `${name} is missing`;
  }
  return null;
}

const eventChecks: readonly (readonly [string, Check])[] = [
  ['sid', text],
  ['sequence', count],
  ['type', text],
  ['description', text],
  ['resourceType', text],
  ['resourceSid', text],
  ['workspaceSid', text],
  ['workspaceName', text],
  ['date', number],
  ['origin', (value) => (isObject(value) ? null : 'an object')],
  ['fields', textsByName],
];

/** The same for an event. */
export const wrongEventField = (event: Readonly<Record<string, unknown>>): string | null =>
  firstWrong(eventChecks, event);
