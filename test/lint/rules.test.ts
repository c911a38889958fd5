import { readFileSync } from 'node:fs';
import path from 'node:path';
import { lintWorkspace } from '../../src/lint/lint-workspace';
import type { LintedWorkspace } from '../../src/lint/linted-workspace';
import { type FindingCode, findingCodes, rules } from '../../src/lint/rules';
import { readWorkspaceFile } from '../../src/workspace/file/desired';
import { lintFile } from '../../src/workspace/file/lint';

interface Case {
  /** A document that trips the rule, and one that does not. */
  readonly trips: Partial<LintedWorkspace>;
  readonly passes: Partial<LintedWorkspace>;
  readonly place: string;
}

const activities = [
  { friendlyName: 'Offline', available: false },
  { friendlyName: 'Idle', available: true },
];
const queue = (targetWorkers: string | null | undefined = '1==1', more: object = {}) => ({
  friendlyName: 'Support',
  targetWorkers,
  ...more,
});
const worker = (attributes: object = {}, more: object = {}) => ({
  friendlyName: 'Alice',
  attributes,
  ...more,
});
const target = (more: object = {}) => ({ queue: 'Support', ...more });
const filter = (expression: string, ...targets: object[]) => ({
  expression,
  targets: targets.length > 0 ? targets : [target()],
});
const workflow = (filters: object[], defaultFilter: object | null = target(), more: object = {}) => ({
  friendlyName: 'Incoming',
  configuration: {
    task_routing: { filters, ...(defaultFilter && { default_filter: defaultFilter }) },
  },
  assignmentCallbackUrl: 'https://care.example.com/assignment-callback',
  ...more,
});
const withFilters = (...filters: object[]) => ({ workflows: [workflow(filters)] });
const withTarget = (more: object) => withFilters(filter('language == "es"', target(more)));
const withQueue = (expression: string, attributes: object) => ({
  taskQueues: [queue(expression)],
  workers: [worker(attributes), { friendlyName: 'Bob', attributes: { any: 1 } }],
});
const ofWorkflow = (more: object) => ({
  workflows: [workflow([filter('language == "es"')], target(), more)],
});

const expressionAt = '/taskQueues/0/targetWorkers';
const filterAt = (index: number) => `/workflows/0/configuration/task_routing/filters/${index}`;
const defaultAt = '/workflows/0/configuration/task_routing/default_filter';

const cases: Record<FindingCode, Case> = {
  invalid_expression: {
    trips: { taskQueues: [queue('languages HAS')] },
    passes: { taskQueues: [queue('1==1')] },
    place: expressionAt,
  },
  ignored_text: {
    trips: { taskQueues: [queue('1==1, 2')] },
    passes: { taskQueues: [queue('1==1')] },
    place: expressionAt,
  },
  unquoted_text: {
    trips: withQueue('languages HAS es', { languages: ['es'], es: 'es' }),
    passes: withQueue('languages HAS "es"', { languages: ['es'] }),
    place: expressionAt,
  },
  worker_prefix: {
    trips: withQueue('worker.languages HAS "es"', { languages: ['es'] }),
    passes: withQueue('languages HAS "es"', { languages: ['es'] }),
    place: expressionAt,
  },
  missing_prefix: {
    trips: withTarget({ expression: 'languages HAS "es"' }),
    passes: withTarget({ expression: 'worker.languages HAS "es" AND taskrouter.dayOfWeek == "Mon"' }),
    place: `${filterAt(0)}/targets/0/expression`,
  },
  unknown_field: {
    trips: withTarget({ timout: 3 }),
    passes: withTarget({ timeout: 300 }),
    place: `${filterAt(0)}/targets/0/timout`,
  },
  hyphen_in_channel_name: {
    trips: { taskChannels: [{ uniqueName: 'e-mail' }] },
    passes: { taskChannels: [{ uniqueName: 'email' }] },
    place: '/taskChannels/0/uniqueName',
  },
  unreadable_attribute: {
    trips: { workers: [worker({ 'contact-uri': 'x' })] },
    passes: { workers: [worker({ contact_uri: 'x' })] },
    place: '/workers/0/attributes/contact-uri',
  },
  unknown_worker_attribute: {
    trips: withQueue('languagse HAS "es" OR any == 1', { languages: ['es'] }),
    passes: withQueue('languages HAS "es" OR friendly_name == "Alice"', { languages: ['es'] }),
    place: expressionAt,
  },
  unknown_task_attribute: {
    trips: {
      ...withFilters(filter('selected_langauge == "es"')),
      exampleTasks: [{ selected_language: 'es' }],
    },
    passes: {
      ...withFilters(filter('selected_language == "es"')),
      exampleTasks: [{ selected_language: 'es' }, {}],
    },
    place: `${filterAt(0)}/expression`,
  },
  list_operator_on_text: {
    trips: withQueue('language HAS "es" OR any == 1', { language: 'es' }),
    passes: withQueue('language == "es"', { language: 'es' }),
    place: expressionAt,
  },
  text_operator_on_list: {
    trips: withQueue('languages == "es" OR any == 1', { languages: ['es'] }),
    passes: withQueue('languages HAS "es"', { languages: ['es'] }),
    place: expressionAt,
  },
  different_types: {
    trips: withQueue('level == "3" OR any == 1', { level: 3 }),
    passes: withQueue('level == 3 OR level != null', { level: 3 }),
    place: expressionAt,
  },
  never_true: {
    trips: withFilters(filter('language == "es" AND language == "en"')),
    passes: withFilters(filter('language == "es" AND region == "en"')),
    place: `${filterAt(0)}/expression`,
  },
  unknown_order_by_attribute: {
    trips: { ...withTarget({ order_by: 'worker.levle DESC' }), workers: [worker({ level: 3 })] },
    passes: { ...withTarget({ order_by: 'worker.level DESC' }), workers: [worker({ level: 3 })] },
    place: `${filterAt(0)}/targets/0/order_by`,
  },
  order_by_not_integer: {
    trips: { ...withTarget({ order_by: 'worker.level' }), workers: [worker({ level: '3' })] },
    passes: { ...withTarget({ order_by: 'worker.level' }), workers: [worker({ level: 3 }), worker()] },
    place: `${filterAt(0)}/targets/0/order_by`,
  },
  filter_never_reached: {
    trips: withFilters(filter('language IN ["es", "en"]'), filter('language == "es" AND vip == true')),
    passes: withFilters(
      filter('language == "es" AND vip == true'),
      filter('language == "es"', target({ skip_if: 'workers.available == 0' })),
      filter('language == "es"', target({ timeout: 300 }), target({ timeout: 300 })),
      filter('language == "es"'),
    ),
    place: filterAt(1),
  },
  target_never_reached: {
    trips: withFilters(filter('language == "es"', target(), target())),
    passes: withFilters(
      filter('language == "es"', target({ timeout: 300 }), target({ skip_if: '1==1' }), target()),
    ),
    place: `${filterAt(0)}/targets/1`,
  },
  default_filter_never_reached: {
    trips: withFilters(filter('1==1', target({ timeout: 300 }))),
    passes: withFilters(filter('1==1', target({ skip_if: 'workers.available == 0' }))),
    place: defaultAt,
  },
  missing_default_filter: {
    trips: { workflows: [workflow([filter('language == "es"')], null)] },
    passes: { workflows: [workflow([filter('1==1')], null)] },
    place: '/workflows/0/configuration/task_routing',
  },
  example_without_filter: {
    trips: {
      workflows: [workflow([filter('language == "es"')], null)],
      exampleTasks: [{ language: 'es' }, { language: 'fr' }],
    },
    passes: { ...withFilters(filter('language == "es"')), exampleTasks: [{ language: 'fr' }] },
    place: '/exampleTasks/1',
  },
  priority_without_effect: {
    trips: { ...withTarget({ priority: 5 }), taskQueues: [queue('1==1', { taskOrder: 'LIFO' })] },
    passes: withTarget({ priority: 5 }),
    place: `${filterAt(0)}/targets/0/priority`,
  },
  reservation_outlasts_target: {
    trips: withTarget({ timeout: 60 }),
    passes: withTarget({ timeout: 120 }),
    place: `${filterAt(0)}/targets/0/timeout`,
  },
  queue_without_workers: {
    trips: { taskQueues: [queue('level > 5')], workers: [worker({ level: 3 })] },
    passes: { taskQueues: [queue('level > 2')], workers: [worker({ level: 3 })] },
    place: expressionAt,
  },
  worker_in_no_queue: {
    trips: { taskQueues: [queue('level > 5')], workers: [worker({ level: 6 }), worker({ level: 3 })] },
    passes: { taskQueues: [queue('activity_name == "Idle"')], workers: [worker()] },
    place: '/workers/1',
  },
  capacity_zero: {
    trips: { workers: [worker({}, { channels: { chat: { capacity: 0 } } })] },
    passes: { workers: [worker({}, { channels: { chat: { capacity: 1 }, fax: {} } })] },
    place: '/workers/0/channels/chat/capacity',
  },
  available_timeout_activity: {
    trips: { timeoutActivity: 'idle' },
    passes: { timeoutActivity: 'Offline' },
    place: '/timeoutActivity',
  },
  available_queue_activity: {
    trips: { multiTaskEnabled: false, taskQueues: [queue('1==1', { reservationActivity: 'Idle' })] },
    passes: { multiTaskEnabled: true, taskQueues: [queue('1==1', { reservationActivity: 'Idle' })] },
    place: '/taskQueues/0/reservationActivity',
  },
  no_assignment_callback: {
    trips: ofWorkflow({ assignmentCallbackUrl: null }),
    passes: ofWorkflow({}),
    place: '/workflows/0/assignmentCallbackUrl',
  },
  callback_not_https: {
    trips: { eventCallbackUrl: 'http://care.example.com/events' },
    passes: { eventCallbackUrl: 'https://care.example.com/events' },
    place: '/eventCallbackUrl',
  },
  callback_not_public: {
    trips: ofWorkflow({ assignmentCallbackUrl: 'https://192.168.1.7/assignment-callback' }),
    passes: ofWorkflow({ assignmentCallbackUrl: `\${FUNCTIONS_URL}/assignment-callback` }),
    place: '/workflows/0/assignmentCallbackUrl',
  },
  fallback_on_same_host: {
    trips: ofWorkflow({ fallbackAssignmentCallbackUrl: 'https://care.example.com/fallback' }),
    passes: ofWorkflow({ fallbackAssignmentCallbackUrl: 'https://fallback.example.com/fallback' }),
    place: '/workflows/0/fallbackAssignmentCallbackUrl',
  },
  limit_nearly_reached: {
    trips: { workers: [worker({ notes: 'x'.repeat(3700) })] },
    passes: { workers: [worker({ notes: 'x'.repeat(3600) })] },
    place: '/workers/0/attributes',
  },
};

const base: LintedWorkspace = {
  multiTaskEnabled: true,
  activities,
  taskQueues: [queue()],
  workflows: [workflow([])],
  workers: [],
};

const found = (document: Partial<LintedWorkspace>, code: FindingCode) =>
  lintWorkspace({ ...base, ...document }, { isOnTwilio: true }).filter((each) => each.code === code);

describe.each(Object.entries(cases) as [FindingCode, Case][])(
  'the rule %s',
  (code, { trips, passes, place }) => {
    it('finds what it is about, and where', () => {
      expect(found(trips, code)).toEqual([expect.objectContaining({ code, place, ...severityOf(code) })]);
    });

    it('finds nothing in a document without it', () => {
      expect(found(passes, code)).toEqual([]);
    });

    it('says what is wrong without a period, and what to do with one', () => {
      const [finding] = found(trips, code);
      expect(finding?.message).toMatch(/[^.]$/);
      expect(finding?.remedy).toMatch(/\.$/);
    });

    it('is silenced by the file', () => {
      expect(found({ ...trips, lint: { ignore: [code] } }, code)).toEqual([]);
    });
  },
);

const severityOf = (code: FindingCode) => ({ severity: rules[code].severity, source: rules[code].source });

describe('a workspace without faults', () => {
  it('is the one of this project', () => {
    const own = readWorkspaceFile(path.join(__dirname, '..', '..', 'workspace.json'));
    expect(lintFile(own).filter(({ severity }) => severity !== 'info')).toEqual([]);
  });

  it('trips no rule', () => {
    expect(lintWorkspace(base, { isOnTwilio: true })).toEqual([]);
  });

  it('may call back to this computer when it runs locally', () => {
    const local = { ...base, eventCallbackUrl: 'http://localhost:3000/event-callback' };
    expect(lintWorkspace(local, { isOnTwilio: false })).toEqual([]);
  });
});

it('suggests the attribute that a misspelled one most likely means', () => {
  const [finding] = found(cases.unknown_task_attribute.trips, 'unknown_task_attribute');
  expect(finding).toMatchObject({
    message: 'No task in exampleTasks has the attribute selected_langauge, so selected_langauge is NULL',
    remedy: 'Write selected_language if you mean that.',
  });
});

describe('without example tasks', () => {
  const misspelled = (...expressions: string[]) =>
    found(withFilters(...expressions.map((each) => filter(each))), 'unknown_task_attribute').map(
      ({ remedy, place }) => [place, remedy],
    );

  it('takes a rare name for a misspelling of a similar one that expressions read more often', () => {
    expect(
      misspelled('selected_langauge == "es"', 'selected_language == "en"', 'selected_language == "fr"'),
    ).toEqual([[`${filterAt(0)}/expression`, expect.stringContaining('Write selected_language')]]);
  });

  it('takes numbered names, plurals, and short names for different attributes', () => {
    expect(misspelled('skill_1 == "a"', 'skill_2 == "b"', 'a == 1', 'b == 1')).toEqual([]);
    expect(misspelled('language == "a"', '"b" IN languages')).toEqual([]);
  });
});

it('documents every rule, and no other', () => {
  const page = readFileSync(path.join(__dirname, '..', '..', 'docs', 'lint.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `(\w+)` \| (\w+) \| (.*) \|$/gm)].map(([, code, severity, about]) => [
    code,
    severity,
    about,
  ]);
  expect(rows).toEqual(findingCodes.map((code) => [code, rules[code].severity, rules[code].about]));
});
