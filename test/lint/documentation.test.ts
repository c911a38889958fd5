import { lintWorkspace } from '../../src/lint/lint-workspace';
import type { LintedWorkspace } from '../../src/lint/linted-workspace';

const activities = [
  { friendlyName: 'Offline', available: false },
  { friendlyName: 'Idle', available: true },
];

interface Example {
  readonly source: string;
  readonly queues: Readonly<Record<string, string>>;
  readonly routing: object;
  readonly workers?: readonly object[];
}

/** Documents of the same shapes as on the pages of Twilio's documentation. */
const examples: Record<string, Example> = {
  'priorities that rise with the time': {
    source: 'https://www.twilio.com/docs/taskrouter/workflow-configuration',
    queues: { Support: 'products HAS "tickets"', Anybody: '1==1' },
    routing: {
      filters: [
        {
          filter_friendly_name: 'Gold tickets',
          expression: "type == 'ticket' AND customer_value == 'Gold'",
          targets: [
            { queue: 'Support', priority: '10', timeout: 300 },
            { queue: 'Anybody', priority: '20' },
          ],
        },
        { expression: "type == 'ticket'", targets: [{ queue: 'Support', priority: '1' }] },
      ],
      default_filter: { queue: 'Anybody' },
    },
    workers: [{ products: ['tickets'] }, { products: ['accounts'] }],
  },
  'a preferred worker, then a skill, then everybody': {
    source: 'https://www.twilio.com/docs/taskrouter/workflow-configuration/known-agent-routing',
    queues: { Everybody: '1==1' },
    routing: {
      filters: [
        {
          expression: 'account_manager != null',
          targets: [
            { queue: 'Everybody', known_worker_sid: 'task.account_manager', timeout: 120 },
            { expression: 'task.language IN worker.languages', timeout: 240, skip_if: '1==1' },
            { skip_if: 'workers.available == 0' },
          ],
        },
      ],
      default_filter: { queue: 'Everybody' },
    },
    workers: [{ languages: ['en'] }],
  },
  'workers ordered by their levels': {
    source: 'https://www.twilio.com/docs/taskrouter/order-workers',
    queues: { Sales: 'department == "sales" OR friendly_name == "Alice"' },
    routing: {
      filters: [
        {
          expression: '1==1',
          targets: [{ queue: 'Sales', order_by: 'worker.level DESC, worker.skills.price ASC' }],
        },
      ],
    },
    workers: [
      { department: 'sales', level: 3, skills: { price: 5 } },
      { department: 'sales', level: 2 },
    ],
  },
  'a workspace for several channels': {
    source: 'https://www.twilio.com/docs/taskrouter/multitasking',
    queues: { Chat: 'channel.chat.available_capacity_percentage > 50', All: 'activity_name != "Break"' },
    routing: {
      filters: [
        {
          expression: 'channel == "chat" OR channel == "sms"',
          targets: [
            { queue: 'Chat', expression: 'worker.channel.chat.assigned_tasks < 3', timeout: 180 },
            { queue: 'All' },
          ],
        },
        { expression: 'taskrouter.dayOfWeek IN ["Sat", "Sun"]', targets: [{ queue: 'All' }] },
      ],
      default_filter: { queue: 'All' },
    },
    workers: [{}],
  },
};

it.each(Object.entries(examples))('%s: no false alarm', (_name, { queues, routing, workers = [] }) => {
  const workspace: LintedWorkspace = {
    multiTaskEnabled: true,
    activities,
    timeoutActivity: 'Offline',
    taskQueues: Object.entries(queues).map(([friendlyName, targetWorkers]) => ({
      friendlyName,
      targetWorkers,
    })),
    workflows: [
      {
        friendlyName: 'Routing',
        configuration: { task_routing: routing },
        assignmentCallbackUrl: 'https://care.example.com/assignment-callback',
      },
    ],
    workers: workers.map((attributes, index) => ({ friendlyName: `Worker ${index}`, attributes })),
  };
  expect(lintWorkspace(workspace, { isOnTwilio: true })).toEqual([]);
});
