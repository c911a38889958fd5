import type { ExistingWorkspace } from '../../src/workspace/existing/existing';
import { WorkspaceFileError, workspaceFaults } from '../../src/workspace/file/desired';
import type { DesiredWorkspace } from '../../src/workspace/file/schema';
import { noUsage, type UnfinishedTask, type Usage } from '../../src/workspace/plan/in-use';
import { planWorkspace } from '../../src/workspace/plan/plan';
import { printPlan } from '../../src/workspace/plan/print';
import { tutorial, tutorialAsItIs } from '../workspace/tutorial';

/**
 * The planner's output, word for word, for the tutorial's workspace: the file, the existing workspace, and what uses it
 * (when pruning). The address of the Functions does not change. Each case changes one thing.
 */
interface Case {
  readonly file?: Partial<DesiredWorkspace>;
  /** Null: the account is empty. */
  readonly there?: Partial<ExistingWorkspace> | null;
  readonly prune?: Partial<Usage>;
  readonly plan: readonly string[];
}

const [spanish, english] = ['Customer Care Requests - Spanish', 'Customer Care Requests - English'];
const workflowName = 'Incoming Customer Care Requests';
const nothing = 'Nothing to do: the workspace matches its file.';

/** The file with every occurrence of one name replaced by another. */
const renamed = (from: string, to: string) =>
  JSON.parse(JSON.stringify(tutorial()).replaceAll(from, to)) as DesiredWorkspace;

const desiredWorkflow = tutorial().workflows[0] as DesiredWorkspace['workflows'][number];
const [spanishQueue, englishQueue] = tutorialAsItIs().taskQueues as unknown as [
  ExistingWorkspace['taskQueues'][number],
  ExistingWorkspace['taskQueues'][number],
];
const [workflow] = tutorialAsItIs().workflows as unknown as [ExistingWorkspace['workflows'][number]];

const carol = { sid: 'WK03', friendlyName: 'Carol', activity: 'Offline', attributes: {} };
const lunch = { sid: 'WA05', friendlyName: 'Lunch', available: false };
const french = { ...englishQueue, sid: 'WQ03', friendlyName: 'French' };
const callbacks = {
  ...workflow,
  sid: 'WW02',
  friendlyName: 'Callbacks',
  configuration: { task_routing: { default_filter: { queue: 'French' } } },
};
const fax = { sid: 'TC06', uniqueName: 'fax', friendlyName: 'Fax', channelOptimizedRouting: false };

const withCarol = (changes: Partial<typeof carol> = {}) => ({
  workers: [...tutorialAsItIs().workers, { ...carol, ...changes }],
});
const withLunch = { activities: [...tutorialAsItIs().activities, lunch] };
const withFrench = { taskQueues: [...tutorialAsItIs().taskQueues, french] };
const withCallbacks = { ...withFrench, workflows: [...tutorialAsItIs().workflows, callbacks] };
const withFax = { taskChannels: [...tutorialAsItIs().taskChannels, fax] };

const task = (changes: Partial<UnfinishedTask>): UnfinishedTask => ({
  workflowSid: workflow.sid as string,
  taskQueueSid: englishQueue.sid,
  taskChannel: 'default',
  ...changes,
});

const plans: Record<string, Case> = {
  'an empty account': {
    there: null,
    plan: [
      '+ workspace "Customer Care": multiTaskEnabled false',
      '+ worker "Alice": attributes {"languages":["en","es"]}, activity "Offline"',
      '+ worker "Bob": attributes {"languages":["en"]}, activity "Offline"',
      `+ task queue "${spanish}": targetWorkers "languages HAS \\"es\\"", reservationActivity "Reserved", assignmentActivity "Busy"`,
      `+ task queue "${english}": targetWorkers "languages HAS \\"en\\"", reservationActivity "Reserved", assignmentActivity "Busy"`,
      `+ workflow "${workflowName}": configuration {"task_routing":{"filters":[{"filter_friendly_name":"Spanis…, taskReservationTimeout 1200`,
      '~ workspace "Customer Care": eventCallbackUrl none → "https://functions.example/event-callback"',
      `~ workflow "${workflowName}": assignmentCallbackUrl none → "https://functions.example/assignment-callback"`,
    ],
  },
  'an unchanged workspace': { plan: [nothing] },
  'a renamed queue: the other one stays': {
    file: renamed(spanish, 'Español'),
    plan: [
      '+ task queue "Español": targetWorkers "languages HAS \\"es\\"", reservationActivity "Reserved", assignmentActivity "Busy"',
      `~ workflow "${workflowName}": configuration.task_routing.filters[0].targets[0].queue "${spanish}" → "Español"`,
      `  The workspace has 1 item that is not in the file: task queue "${spanish}". It is kept; --prune deletes it if nothing uses it.`,
    ],
  },
  'a renamed queue, pruned: the other one goes, after the workflow has let go of it': {
    file: renamed(spanish, 'Español'),
    prune: {},
    plan: [
      '+ task queue "Español": targetWorkers "languages HAS \\"es\\"", reservationActivity "Reserved", assignmentActivity "Busy"',
      `~ workflow "${workflowName}": configuration.task_routing.filters[0].targets[0].queue "${spanish}" → "Español"`,
      `- task queue "${spanish}"`,
    ],
  },
  'a renamed queue, pruned while a task waits in it': {
    file: renamed(spanish, 'Español'),
    prune: { tasks: [task({ taskQueueSid: spanishQueue.sid })] },
    plan: [
      '+ task queue "Español": targetWorkers "languages HAS \\"es\\"", reservationActivity "Reserved", assignmentActivity "Busy"',
      `~ workflow "${workflowName}": configuration.task_routing.filters[0].targets[0].queue "${spanish}" → "Español"`,
      `! Kept the task queue "${spanish}": it has 1 unfinished task. Plan again when the task is finished.`,
    ],
  },
  'a renamed queue, pruned while tasks elsewhere may still come to it': {
    file: renamed(spanish, 'Español'),
    prune: { tasks: [task({})] },
    plan: [
      '+ task queue "Español": targetWorkers "languages HAS \\"es\\"", reservationActivity "Reserved", assignmentActivity "Busy"',
      `~ workflow "${workflowName}": configuration.task_routing.filters[0].targets[0].queue "${spanish}" → "Español"`,
      `! Kept the task queue "${spanish}": tasks of the workflow "${workflowName}" may still enter it. Plan again when they are finished.`,
    ],
  },
  'a changed expression': {
    file: {
      taskQueues: [{ ...tutorial().taskQueues[0], targetWorkers: 'languages HAS "es-MX"' }] as never,
      workflows: [],
    },
    plan: [
      `~ task queue "${spanish}": targetWorkers "languages HAS \\"es\\"" → "languages HAS \\"es-MX\\""`,
      `  The workspace has 2 items that are not in the file: task queue "${english}", workflow "${workflowName}". They are kept; --prune deletes those that nothing uses.`,
    ],
  },
  'a changed workflow, in many places': {
    file: {
      workflows: [
        {
          ...desiredWorkflow,
          configuration: JSON.parse(
            JSON.stringify(desiredWorkflow.configuration).replaceAll(
              '"queue"',
              '"timeout":30,"priority":5,"queue"',
            ),
          ),
        },
      ],
    },
    plan: [
      `~ workflow "${workflowName}": configuration.task_routing.filters[0].targets[0].timeout nothing → 30, configuration.task_routing.filters[0].targets[0].priority nothing → 5, configuration.task_routing.filters[1].targets[0].timeout nothing → 30, and 1 more in configuration`,
    ],
  },
  'changed attributes': {
    there: {
      workers: tutorialAsItIs().workers.map((worker) => ({
        ...worker,
        attributes: { languages: ['en', 'fr'] },
      })),
    },
    plan: [
      '~ worker "Alice": attributes.languages[1] "fr" → "es"',
      '~ worker "Bob": attributes.languages[1] "fr" → nothing',
    ],
  },
  'a changed activity of a worker is the worker’s own': {
    there: { workers: tutorialAsItIs().workers.map((worker) => ({ ...worker, activity: 'Idle' })) },
    plan: [nothing],
  },
  'an extra worker': {
    there: withCarol(),
    plan: [
      nothing,
      '  The workspace has 1 item that is not in the file: worker "Carol". It is kept; --prune deletes it if nothing uses it.',
    ],
  },
  'an extra worker, pruned': { there: withCarol(), prune: {}, plan: ['- worker "Carol"'] },
  'an extra worker, pruned while it is available': {
    there: withCarol({ activity: 'Idle' }),
    prune: {},
    plan: [
      nothing,
      '! Kept the worker "Carol": it is Idle. Move it to an activity that is not available, then plan again.',
    ],
  },
  'an extra worker, pruned while it has a reservation': {
    there: withCarol({ activity: 'Busy' }),
    prune: { workersWithReservations: new Set(['WK03']) },
    plan: [
      nothing,
      '! Kept the worker "Carol": it has an active reservation. Plan again when the reservation is over.',
    ],
  },
  'an extra activity, pruned': { there: withLunch, prune: {}, plan: ['- activity "Lunch"'] },
  'an activity in use by a worker, pruned': {
    there: {
      ...withLunch,
      workers: tutorialAsItIs().workers.map((worker) => ({ ...worker, activity: 'Lunch' })),
    },
    prune: {},
    plan: [
      nothing,
      '! Kept the activity "Lunch": the worker "Alice" is in it. Move the worker to another activity, then plan again.',
    ],
  },
  'an activity in use by a worker that goes with it': {
    there: { ...withLunch, ...withCarol({ activity: 'Lunch' }) },
    prune: {},
    plan: ['- worker "Carol"', '- activity "Lunch"'],
  },
  'an activity in use by the workspace, pruned': {
    there: { ...withLunch, timeoutActivity: 'Lunch' },
    prune: {},
    plan: [
      nothing,
      '! Kept the activity "Lunch": it is the workspace\'s timeoutActivity. Choose another activity in the file.',
    ],
  },
  'an activity in use by the workspace, which the file gives another': {
    file: { timeoutActivity: 'Offline' },
    there: { ...withLunch, timeoutActivity: 'Lunch' },
    prune: {},
    plan: ['~ workspace "Customer Care": timeoutActivity "Lunch" → "Offline"', '- activity "Lunch"'],
  },
  'an activity in use by a queue of which the file does not say': {
    file: { taskQueues: tutorial().taskQueues.map(({ reservationActivity: _, ...queue }) => queue) },
    there: {
      ...withLunch,
      taskQueues: tutorialAsItIs().taskQueues.map((queue) => ({ ...queue, reservationActivity: 'Lunch' })),
    },
    prune: {},
    plan: [
      nothing,
      `! Kept the activity "Lunch": the task queue "${spanish}" moves workers to it. Choose another activity for the queue in the file.`,
    ],
  },
  'a workflow and its queue, pruned together': {
    there: withCallbacks,
    prune: {},
    plan: ['- workflow "Callbacks"', '- task queue "French"'],
  },
  'a workflow with tasks, pruned: its queue stays with it': {
    there: withCallbacks,
    prune: { tasks: [task({ workflowSid: 'WW02' }), task({ workflowSid: 'WW02' })] },
    plan: [
      nothing,
      '! Kept the workflow "Callbacks": it has 2 unfinished tasks. Plan again when they are finished.',
      '! Kept the task queue "French": the workflow "Callbacks" refers to it, and is kept too.',
    ],
  },
  'a worker and an activity that a workflow speaks of, which stays': {
    there: {
      ...withCarol(),
      ...withLunch,
      ...withFrench,
      workflows: [
        workflow,
        {
          ...callbacks,
          configuration: {
            task_routing: {
              filters: [
                {
                  expression: '1==1',
                  targets: [
                    {
                      queue: 'French',
                      expression: `worker.sid != "\${worker:Carol}"`,
                      skip_if: `workers.\${activity:Lunch} > 0`,
                    },
                  ],
                },
              ],
            },
          },
        },
      ],
    },
    prune: { tasks: [task({ workflowSid: 'WW02' })] },
    plan: [
      nothing,
      '! Kept the workflow "Callbacks": it has 1 unfinished task. Plan again when the task is finished.',
      '! Kept the task queue "French": the workflow "Callbacks" refers to it, and is kept too.',
      '! Kept the worker "Carol": the workflow "Callbacks" refers to it, and is kept too.',
      '! Kept the activity "Lunch": the workflow "Callbacks" refers to it, and is kept too.',
    ],
  },
  'a worker that a queue speaks of, which stays': {
    there: {
      ...withCarol(),
      taskQueues: [...tutorialAsItIs().taskQueues, { ...french, targetWorkers: `sid == "\${worker:Carol}"` }],
    },
    prune: { tasks: [task({ taskQueueSid: 'WQ03' })] },
    plan: [
      nothing,
      '! Kept the task queue "French": it has 1 unfinished task. Plan again when the task is finished.',
      '! Kept the worker "Carol": the task queue "French" refers to it, and is kept too.',
    ],
  },
  'two queues of a name that the file does not know, pruned': {
    there: { taskQueues: [...tutorialAsItIs().taskQueues, french, { ...french, sid: 'WQ04' }] },
    prune: {},
    plan: [
      nothing,
      '! Kept the task queue "French": 2 have that name. Rename all but one of them, then plan again.',
      '! Kept the task queue "French": 2 have that name. Rename all but one of them, then plan again.',
    ],
  },
  'a task channel, pruned; those that every workspace has stay, and nobody speaks of them': {
    there: withFax,
    prune: {},
    plan: ['- task channel "fax"'],
  },
  'a task channel with tasks, pruned': {
    there: withFax,
    prune: { tasks: [task({ taskChannel: 'fax' })] },
    plan: [
      nothing,
      '! Kept the task channel "fax": it has 1 unfinished task. Plan again when the task is finished.',
    ],
  },
  'everything pruned, each after what refers to it': {
    there: { ...withCallbacks, ...withCarol({ activity: 'Lunch' }), ...withLunch, ...withFax },
    prune: {},
    plan: [
      '- workflow "Callbacks"',
      '- task queue "French"',
      '- worker "Carol"',
      '- activity "Lunch"',
      '- task channel "fax"',
    ],
  },
  'a task channel, and capacities on it': {
    file: {
      multiTaskEnabled: true,
      taskChannels: [{ uniqueName: 'fax', channelOptimizedRouting: true }],
      workers: [
        { friendlyName: 'Alice', channels: { fax: { capacity: 3 }, voice: { available: false } } },
        { friendlyName: 'Carol', channels: { chat: { capacity: 5 } } },
      ],
    },
    there: {
      multiTaskEnabled: true,
      workers: [
        {
          sid: 'WK01',
          friendlyName: 'Alice',
          activity: 'Offline',
          attributes: {},
          channels: { voice: { capacity: 1, available: true } },
        },
      ],
    },
    plan: [
      '+ task channel "fax": channelOptimizedRouting true',
      '+ worker "Carol"',
      '~ channel "fax" of the worker "Alice": capacity 3',
      '~ channel "voice" of the worker "Alice": available true → false',
      '~ channel "chat" of the worker "Carol": capacity 5',
    ],
  },
  'capacities where a worker gets one task at a time': {
    file: { workers: [{ friendlyName: 'Alice', channels: { chat: { capacity: 5 } } }] },
    there: { workers: tutorialAsItIs().workers.slice(0, 1) },
    plan: [
      nothing,
      '! The channels of Alice are not set: in a single-tasking workspace a worker gets one task at a time.',
    ],
  },
  'a name that holds quotes, and a terminal’s own language': {
    file: { workers: [...tutorial().workers, { friendlyName: '"Al" \u001b[2J' }] },
    plan: ['+ worker "\\"Al\\" \\u001b[2J"'],
  },
};

it.each(Object.entries(plans))('%s', (_, { file = {}, there = {}, prune, plan }) => {
  const desired = tutorial(file);
  expect(workspaceFaults(desired)).toEqual([]);
  const existing = there && tutorialAsItIs(there);
  const usage = prune ? { ...noUsage, ...prune } : null;
  const planned = planWorkspace(desired, existing, 'https://functions.example', usage);
  expect(printPlan(planned).split('\n')).toEqual(plan);
});

const refused: Record<string, readonly [Partial<DesiredWorkspace>, string]> = {
  'a workflow that refers to a missing queue': [
    { taskQueues: tutorial().taskQueues.slice(1) },
    `workflows[0].configuration.task_routing.filters[0].targets[0].queue refers to "${spanish}", which is not in taskQueues. Add it there, or correct the name.`,
  ],
  'a workflow that refers to a missing worker': [
    {
      workflows: [
        {
          ...desiredWorkflow,
          configuration: {
            task_routing: {
              filters: [
                {
                  expression: '1==1',
                  targets: [{ queue: english, expression: `worker.sid == "\${worker:Alicia}"` }],
                },
              ],
            },
          },
        },
      ],
    },
    'workflows[0].configuration.task_routing.filters[0].targets[0].expression refers to "Alicia", which is not in workers. Add it there, or correct the name.',
  ],
  'a queue that refers to a missing worker': [
    {
      taskQueues: [
        ...tutorial().taskQueues,
        { friendlyName: 'VIP', targetWorkers: `sid == "\${worker:Alicia}"` },
      ],
    },
    'taskQueues[2].targetWorkers refers to "Alicia", which is not in workers. Add it there, or correct the name.',
  ],
  'a queue whose workers would be task queues': [
    {
      taskQueues: [
        ...tutorial().taskQueues,
        { friendlyName: 'VIP', targetWorkers: `sid == "\${taskQueue:VIP}"` },
      ],
    },
    'taskQueues[2].targetWorkers can refer to workers and activities, but not to task queues. Remove VIP.',
  ],
  'a reference that does not end': [
    {
      taskQueues: [
        ...tutorial().taskQueues,
        { friendlyName: 'VIP', targetWorkers: `sid == "\${worker:Alice"` },
      ],
    },
    'taskQueues[2].targetWorkers has "${' +
      'worker:" without a closing }. Add the }, or write $$ for $ if this is not a reference.',
  ],
  'a worker on a missing task channel': [
    { workers: [{ friendlyName: 'Alice', channels: { fax: { capacity: 1 } } }] },
    'workers[0].channels refers to "fax", which is not in taskChannels. Add it there, or correct the name.',
  ],
};

it.each(Object.entries(refused))('refuses %s', (_, [file, sentence]) => {
  expect(workspaceFaults(tutorial(file))).toEqual([sentence]);
});

it('refuses what cannot be changed before it changes anything', () => {
  const activities = tutorialAsItIs().activities.map((each) => ({ ...each, available: true }));
  expect(() => planWorkspace(tutorial(), tutorialAsItIs({ activities }), null)).toThrow(WorkspaceFileError);
});
