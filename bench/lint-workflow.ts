import { lintWorkspace } from '../src/lint/lint-workspace';
import type { LintedWorkspace } from '../src/lint/linted-workspace';
import type { Measure } from './measure';
import { interleaved, median } from './rounds';

/** Twilio's documented limit of a workflow's configuration. */
const configurationBytes = 64 * 1024;

export const lintWorkflow: Measure = {
  name: 'lint-workflow',
  about: 'Lint of a workspace whose workflow has 64 kB, the documented maximum',
  async run({ quick, progress }) {
    const rounds = quick ? 5 : 20;
    progress(`${rounds} rounds`);
    const workspace = largestWorkspace();
    const first = lintMs(workspace);
    const { lint } = await interleaved(rounds, { lint: () => lintMs(workspace) }, 3);
    const findings = lintWorkspace(workspace, { isOnTwilio: true }).length;
    return [
      {
        label: 'Lint, a workflow of 64 kB',
        unit: 'ms',
        value: median(lint),
        goals: [{ of: 'value', atMost: 100 }],
        note: `${workspace.taskQueues.length} queues, ${workspace.workers.length} workers, ${findings} findings; the first run ${Math.round(first)} ms`,
      },
    ];
  },
};

function lintMs(workspace: LintedWorkspace): number {
  const started = performance.now();
  lintWorkspace(workspace, { isOnTwilio: true });
  return performance.now() - started;
}

/** As many filters as fit, over expressions of the forms that programs in production use. */
export function largestWorkspace(): LintedWorkspace {
  const filters: object[] = [];
  let bytes = JSON.stringify({ task_routing: { filters: [], default_filter: { queue: 'Queue 0' } } }).length;
  for (;;) {
    const filter = filterOf(filters.length);
    bytes += JSON.stringify(filter).length + 1;
    if (bytes > configurationBytes) break;
    filters.push(filter);
  }
  const queues = filters.length;
  return {
    friendlyName: 'Largest',
    activities: [
      { friendlyName: 'Offline', available: false },
      { friendlyName: 'Idle', available: true },
    ],
    taskQueues: Array.from({ length: queues }, (_, number) => ({
      friendlyName: `Queue ${number}`,
      targetWorkers: `skills HAS "skill-${number}" AND level >= ${number % 5}`,
    })),
    workflows: [
      {
        friendlyName: 'All',
        configuration: { task_routing: { filters, default_filter: { queue: 'Queue 0' } } },
      },
    ],
    workers: Array.from({ length: 100 }, (_, number) => ({
      friendlyName: `Worker ${number}`,
      attributes: {
        skills: [0, 1, 2].map((offset) => `skill-${(number * 3 + offset) % queues}`),
        level: number % 6,
        languages: ['en', number % 2 ? 'es' : 'fr'],
      },
    })),
  } as LintedWorkspace;
}

const filterOf = (number: number) => ({
  filter_friendly_name: `Topic ${number}`,
  expression: `topic == "topic-${number}" AND (tier == "gold" OR amount > ${number}) AND region IN ["eu", "us"]`,
  targets: [
    { queue: `Queue ${number}`, expression: 'task.language IN worker.languages', timeout: 60 },
    { queue: `Queue ${number}`, order_by: 'worker.level DESC' },
  ],
});
