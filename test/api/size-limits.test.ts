import { limits } from '../../src/common/limits';
import { ApiBench } from '../support/api-bench';
import { type Form, simpleWorkspace } from '../support/simple-workspace';

let bench: ApiBench;
let simple: Awaited<ReturnType<typeof simpleWorkspace>>;
beforeAll(async () => {
  bench = await ApiBench.start();
  simple = await simpleWorkspace(bench);
});
afterAll(() => bench.close());

const { characters, comparisons, attributes } = limits.expression;
const repeated = (count: number, term: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => term(index)).join(' OR ');

const tooLarge: readonly (readonly [what: string, expression: string, refusal: string])[] = [
  ['long', `a == "${'x'.repeat(characters)}"`, `${characters + 7} characters' provided for NAME is out of`],
  [
    'complex',
    repeated(comparisons + 1, () => 'a == 1'),
    `${comparisons + 1} comparisons' provided for NAME is`,
  ],
  [
    'wide',
    repeated(attributes + 1, (index) => `a${index} == 1`),
    `${attributes + 1} different attributes' provided for NAME is out of range: at most ${attributes}`,
  ],
  [
    'full of attributes in a list',
    `a IN [${Array(comparisons).fill('b')}]`,
    `${comparisons + 1} comparisons'`,
  ],
  ['nested', `${'('.repeat(201)}1==1${')'.repeat(201)}`, 'nested more than 200 levels deep'],
];

async function expectRefusal(response: ReturnType<ApiBench['get']>, name: string, refusal: string) {
  const { status, body } = await response;
  expect([status, body.code]).toEqual([400, 20001]);
  expect(body.message).toContain(refusal.replace('NAME', name));
}

describe('an expression that is too large', () => {
  it.each(tooLarge)('is refused for a task queue: %s', (_what, TargetWorkers, refusal) =>
    expectRefusal(
      bench.post(`${simple.path}/TaskQueues`, { FriendlyName: 'Large', TargetWorkers }),
      'TargetWorkers',
      refusal,
    ),
  );

  it.each(tooLarge)('is refused in a workflow: %s', (_what, expression, refusal) => {
    const filters = [{ expression, targets: [{ queue: simple.taskQueueSid }] }];
    return expectRefusal(
      bench.post(`${simple.path}/Workflows`, configured({ filters })),
      'an expression of Configuration',
      refusal,
    );
  });

  it.each([
    ['Workers', 'TargetWorkersExpression'],
    ['Tasks', 'EvaluateTaskAttributes'],
  ])('is refused in a list of %s', async (list, name) => {
    for (const [, expression, refusal] of tooLarge.slice(1))
      await expectRefusal(
        bench.get(`${simple.path}/${list}?${new URLSearchParams({ [name]: expression })}`),
        name,
        refusal,
      );
  });

  it('is accepted at the limits', async () => {
    const accepted = [
      `a == "${'x'.repeat(characters - 7)}"`,
      repeated(comparisons, () => 'a == 1'),
      repeated(attributes, (index) => `a${index} == 1`),
    ];
    for (const [index, TargetWorkers] of accepted.entries())
      await bench.create(`${simple.path}/TaskQueues`, { FriendlyName: `Limit ${index}`, TargetWorkers });
  });
});

const configured = (routing: object): Form => ({
  FriendlyName: 'Large',
  Configuration: JSON.stringify({ task_routing: routing }),
});

it('refuses a workflow whose expressions are too large together', () => {
  const targets = [{ queue: simple.taskQueueSid }];
  const filters = Array(20).fill({ expression: `a == "${'x'.repeat(characters - 7)}"`, targets });
  return expectRefusal(
    bench.post(`${simple.path}/Workflows`, configured({ filters })),
    'all expressions of Configuration',
    `at most ${limits.configurationExpressionCharacters}`,
  );
});

it('refuses a workflow with too many targets', () => {
  const targets = [{ queue: simple.taskQueueSid }, ...Array(limits.configurationTargets).fill({})];
  return expectRefusal(
    bench.post(`${simple.path}/Workflows`, configured({ filters: [{ expression: '1==1', targets }] })),
    'Configuration',
    `${limits.configurationTargets + 1} targets' provided for NAME is out of range: at most 10000`,
  );
});

it('refuses an order_by with too many attributes', () => {
  const order_by = Array(limits.orderByAttributes + 1)
    .fill('worker.level ASC')
    .join();
  const default_filter = { queue: simple.taskQueueSid, order_by };
  return expectRefusal(
    bench.post(`${simple.path}/Workflows`, configured({ default_filter })),
    'order_by of Configuration',
    `at most ${limits.orderByAttributes}`,
  );
});

describe('JSON that nests too deep', () => {
  const nested = (depth: number) => `{"a":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`;
  const cases: readonly (readonly [path: string, name: string, form: Form])[] = [
    ['Tasks', 'Attributes', {}],
    ['Workers', 'Attributes', { FriendlyName: 'Deep' }],
    ['Workflows', 'Configuration', { FriendlyName: 'Deep' }],
  ];

  it.each(cases)('is refused for %s', async (path, name, form) => {
    for (const depth of [limits.jsonDepth + 1, 2000, 100_000])
      await expectRefusal(
        bench.post(`${simple.path}/${path}`, { ...form, [name]: nested(depth) }),
        name,
        depth > 30_000 && name === 'Attributes' ? 'out of range' : 'it is nested more than 200 levels deep',
      );
  });

  it('is accepted at the limit', async () => {
    await bench.create(`${simple.path}/Tasks`, { Attributes: nested(limits.jsonDepth) });
  });

  it('is refused in the body of bulk statistics', async () => {
    const body = `{"TaskQueueSids":${'['.repeat(500_000)}${']'.repeat(500_000)}}`;
    const headers = { 'content-type': 'application/json' };
    await expectRefusal(
      bench.send('POST', `${simple.path}/TaskQueues/RealTimeStatistics`, body, headers),
      'the body',
      'it is nested more than 200 levels deep',
    );
  });
});

it('refuses attributes that are mostly white space before it reads them', () =>
  expectRefusal(
    bench.post(`${simple.path}/Tasks`, { Attributes: `{${' '.repeat(limits.sentAttributesCharacters)}}` }),
    'Attributes',
    `at most ${limits.sentAttributesCharacters}`,
  ));
