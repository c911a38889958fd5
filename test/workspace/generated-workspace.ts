import fc from 'fast-check';
import type { DesiredWorkspace } from '../../src/workspace/file/schema';

type Draw = <Value>(arbitrary: fc.Arbitrary<Value>) => Value;

const oddPieces = [
  '"',
  "'",
  '\\',
  '}',
  '{',
  '${',
  '$',
  'worker:',
  'activity:',
  'é',
  'ß',
  '😀',
  ' ',
  '/',
  '%',
  '<b>',
  'A',
  'z',
];

/** Names as people and other programs choose them: quotes, braces, text like a reference, other scripts. */
const oddName = fc
  .array(fc.constantFrom(...oddPieces), { minLength: 1, maxLength: 6 })
  .map((pieces) => pieces.join(''))
  .filter((name) => name.trim() !== '');

/** Any of these as text, with an extra `$` before anything like a reference. */
const oddText = oddName.map((text) =>
  text.replace(/\$+(?=\{(?:activity|worker|taskQueue):)/g, (dollars) => `$${dollars}`),
);

const anyCase = { selector: (name: string) => name.toLowerCase() };
const order = fc.constantFrom('FIFO' as const, 'LIFO' as const);
const url = fc.constantFrom(
  `\${FUNCTIONS_URL}/assignment-callback`,
  'https://elsewhere.example/in?a=b#rt=1',
  null,
);
const attributes = fc.dictionary(
  fc.constantFrom('languages', 'skills', 'né', '"'),
  fc.jsonValue({ maxDepth: 2 }),
);
const optional = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined });

/** Any workspace that a file can describe, with references everywhere. */
export const generatedWorkspace: fc.Arbitrary<DesiredWorkspace> = fc.gen().map((draw) => {
  const value: Draw = (arbitrary) => draw(() => arbitrary);
  const names = (minLength: number) =>
    value(fc.uniqueArray(oddName, { minLength, maxLength: 4, ...anyCase })).filter(
      // Every new workspace has activities with these names, so their availability is not generated.
      (name) => !/^(offline|available|unavailable|idle|busy|reserved)$/i.test(name),
    );
  const activities = ['Offline', ...names(0)].map((friendlyName) => ({
    friendlyName,
    available: friendlyName !== 'Offline' && value(fc.boolean()),
  }));
  const activityName = fc.constantFrom(...activities.map(({ friendlyName }) => friendlyName));
  const workerNames = names(1);
  const queueNames = names(1);
  const reference = (kind: string, name: string) =>
    `\${${kind}:${name.replace(/[\\}]/g, (each) => `\\${each}`)}}`;
  const workerReference = fc.constantFrom(...workerNames).map((name) => reference('worker', name));
  const activityReference = activityName.map((name) => reference('activity', name));
  const target = () => ({
    queue: value(fc.constantFrom(...queueNames)),
    ...value(optional(workerReference.map((worker) => ({ expression: `worker.sid == "${worker}"` })))),
    ...value(optional(activityReference.map((activity) => ({ skip_if: `workers.${activity} > 0` })))),
  });
  const channels = ['fax', 'mail'].slice(0, value(fc.integer({ min: 0, max: 2 })));
  const capacities = fc.dictionary(
    fc.constantFrom('voice', 'default', ...channels),
    fc.record({ capacity: fc.integer({ min: 0, max: 9 }), available: fc.boolean() }, { requiredKeys: [] }),
    { maxKeys: 2 },
  );
  const desired = {
    friendlyName: value(oddName),
    multiTaskEnabled: value(optional(fc.boolean())),
    prioritizeQueueOrder: value(optional(order)),
    eventCallbackUrl: value(optional(url)),
    eventsFilter: value(
      optional(
        fc.uniqueArray(fc.constantFrom('task.created', 'worker.activity.update', 'reservation.created')),
      ),
    ),
    defaultActivity: value(optional(activityName)),
    timeoutActivity: value(optional(activityName)),
    taskChannels: channels.map((uniqueName) => ({
      uniqueName,
      channelOptimizedRouting: value(fc.boolean()),
    })),
    activities,
    taskQueues: queueNames.map((friendlyName) => ({
      friendlyName,
      targetWorkers: value(
        optional(
          fc.oneof(
            fc.constant(null),
            fc.constant('1==1'),
            workerReference.map((worker) => `sid == "${worker}"`),
          ),
        ),
      ),
      maxReservedWorkers: value(optional(fc.integer({ min: 1, max: 50 }))),
      taskOrder: value(optional(order)),
      reservationActivity: value(optional(activityName)),
      assignmentActivity: value(optional(activityName)),
    })),
    workflows: names(0).map((friendlyName) => ({
      friendlyName,
      taskReservationTimeout: value(optional(fc.integer({ min: 1, max: 86_400 }))),
      assignmentCallbackUrl: value(optional(url)),
      fallbackAssignmentCallbackUrl: value(optional(url)),
      configuration: {
        task_routing: {
          filters: [
            { filter_friendly_name: value(oddText), expression: '1==1', targets: [target(), target()] },
          ],
          default_filter: { queue: value(fc.constantFrom(...queueNames)) },
        },
      },
    })),
    workers: workerNames.map((friendlyName) => ({
      friendlyName,
      activity: value(optional(activityName)),
      attributes: value(optional(attributes)),
      channels: value(optional(capacities)),
    })),
  };
  return JSON.parse(JSON.stringify(desired)) as DesiredWorkspace;
});
