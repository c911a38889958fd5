import * as z from 'zod';
import { findingCodes } from '../../lint/rules';
import { isCallbackUrl } from './callback-urls';

/** The part of a zod issue that messages need. Each message completes a sentence that begins with the place. */
type Issue = { readonly input?: unknown };

const wanted =
  (what: string) =>
  ({ input }: Issue): string =>
    input === undefined ? `is missing. Use ${what}` : `must be ${what}`;

/** Source of the length: https://www.twilio.com/docs/taskrouter/limits */
const name = (example: string) => {
  const error = wanted(`a name of 1 to 64 characters, such as "${example}"`);
  return z
    .string({ error })
    .refine((text) => text.trim() !== '', { error })
    .max(64, { error });
};

/** Twilio publishes no length for the names of task queues and workflows. */
const longName = (example: string) => {
  const error = wanted(`a name, such as "${example}"`);
  return z.string({ error }).refine((text) => text.trim() !== '', { error });
};

const text = (what: string) => z.string({ error: wanted(what) }).min(1, { error: wanted(what) });
const flag = z.boolean({ error: wanted('true or false') });
const order = z.enum(['FIFO', 'LIFO'], { error: wanted('"FIFO" or "LIFO"') });

const whole = (min: number, max: number, unit: string) => {
  const error = wanted(`a whole number of ${unit} from ${min} to ${max}`);
  return z.int({ error }).min(min, { error }).max(max, { error });
};

const urlError = wanted(
  `an http or https URL, such as "\${FUNCTIONS_URL}/assignment-callback", or null for none`,
);
const callbackUrl = z.string({ error: urlError }).refine(isCallbackUrl, { error: urlError }).nullable();

/** Unknown fields are faults: they are misspelled, and would be silently ignored. */
function object<Shape extends z.ZodRawShape>(shape: Shape) {
  const names = Object.keys(shape).join(', ');
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `has an unknown field "${issue.keys.join('" and "')}". Valid fields: ${names}`
        : wanted(`an object with the fields ${names}`)(issue),
  });
}

const list = <Item extends z.ZodType>(item: Item, what: string) =>
  z.array(item, { error: wanted(`an array of ${what}`) });

/** Source: https://www.twilio.com/docs/taskrouter/api/task-channel */
const uniqueNameError = wanted('a name of letters, digits, _, $ and -, such as "messages"');
const uniqueName = z
  .string({ error: uniqueNameError })
  .regex(/^[A-Za-z_$][A-Za-z0-9_$-]*$/, { error: uniqueNameError })
  .max(64, { error: uniqueNameError });
const taskChannel = object({
  uniqueName,
  /** Default: the unique name. */
  friendlyName: name('Messages').optional(),
  channelOptimizedRouting: flag.optional(),
});

const activity = object({ friendlyName: name('Idle'), available: flag });

const taskQueue = object({
  friendlyName: longName('Support'),
  targetWorkers: text(
    'an expression over worker attributes, such as "1==1" for every worker, or null for no workers',
  ).nullish(),
  maxReservedWorkers: whole(1, 50, 'workers').optional(),
  taskOrder: order.optional(),
  reservationActivity: name('Reserved').optional(),
  assignmentActivity: name('Busy').optional(),
});

const queueName = text('the friendlyName of a task queue');
const expression = text('an expression over task attributes, such as "1==1" for every task');

/**
 * The documented grammar, as far as it holds names. TaskRouter checks the rest, and keeps fields that it does not know.
 * Source: https://www.twilio.com/docs/taskrouter/workflow-configuration
 */
const target = z.looseObject({ queue: queueName.optional() }, { error: wanted('an object with a "queue"') });
const filter = z.looseObject(
  { expression, targets: list(target, 'targets').min(1, { error: 'must have at least one target' }) },
  { error: wanted('an object with "expression" and "targets"') },
);
const routing = z.looseObject(
  {
    filters: list(filter, 'filters').nullish(),
    default_filter: target.extend({ queue: queueName }).nullish(),
  },
  { error: wanted('an object with "filters" or "default_filter"') },
);
const configuration = z.looseObject(
  { task_routing: routing },
  { error: wanted('an object with "task_routing"') },
);

const workflow = object({
  friendlyName: longName('Incoming Requests'),
  configuration,
  taskReservationTimeout: whole(1, 86_400, 'seconds').optional(),
  assignmentCallbackUrl: callbackUrl.optional(),
  fallbackAssignmentCallbackUrl: callbackUrl.optional(),
});

/** Source of the length, white space included: https://www.twilio.com/docs/taskrouter/limits. We send no white space. */
const attributesError = wanted('a JSON object of at most 4096 characters, such as {"languages": ["en"]}');
const attributes = z
  .record(z.string(), z.unknown(), { error: attributesError })
  .refine((value) => JSON.stringify(value).length <= 4096, { error: attributesError });

/** Source: https://www.twilio.com/docs/taskrouter/api/worker-channel; Twilio publishes no upper limit. */
const capacityError = wanted('a whole number of tasks, 0 or more');
const capacity = z.int({ error: capacityError }).min(0, { error: capacityError });
const workerChannel = object({ capacity: capacity.optional(), available: flag.optional() });

const worker = object({
  friendlyName: name('Alice'),
  /** Only applies when the worker is created. */
  activity: name('Offline').optional(),
  attributes: attributes.optional(),
  /** By the unique name of the task channel. Single-tasking workspaces do not use channels. */
  channels: z
    .record(z.string(), workerChannel, {
      error: wanted('an object with task channels, such as {"chat": {"capacity": 3}}'),
    })
    .optional(),
});

/** Settings of `taskrouter lint`. */
const lint = object({
  /** Rules that are silenced. */
  ignore: list(
    z.enum(findingCodes, { error: wanted('the code of a rule, such as "missing_default_filter"') }),
    'codes of rules',
  ).optional(),
});

/** A workspace file. TaskRouter chooses the fields that are left out; applying the file again leaves them alone. */
export const workspaceSchema = object({
  /** For editors. */
  $schema: text('the address of a JSON Schema').optional(),
  friendlyName: name('Customer Care'),
  /** Only applies when the workspace is created. */
  multiTaskEnabled: flag.optional(),
  prioritizeQueueOrder: order.optional(),
  /** Without an `eventsFilter`, TaskRouter sends every event. */
  eventCallbackUrl: callbackUrl.optional(),
  eventsFilter: list(text('an event type, such as "task.created"'), 'event types').optional(),
  defaultActivity: name('Offline').optional(),
  timeoutActivity: name('Offline').optional(),
  taskChannels: list(taskChannel, 'task channels').optional(),
  activities: list(activity, 'activities'),
  taskQueues: list(taskQueue, 'task queues'),
  workflows: list(workflow, 'workflows'),
  workers: list(worker, 'workers'),
  /** For `taskrouter lint`: attributes of tasks as programs create them. They are not applied. */
  exampleTasks: list(attributes, 'attribute objects').optional(),
  lint: lint.optional(),
});

export type DesiredWorkspace = z.infer<typeof workspaceSchema>;
export type DesiredTaskQueue = z.infer<typeof taskQueue>;
export type DesiredWorkflow = z.infer<typeof workflow>;
export type WrittenConfiguration = z.infer<typeof configuration>;
