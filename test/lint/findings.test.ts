import { expressionFindings } from '../../src/lint/expression-findings';
import { taskChannelFindings } from '../../src/lint/task-channel-findings';
import { workflowFindings } from '../../src/lint/workflow-findings';

const found = (findings: readonly { code: string; place: string }[]) =>
  findings.map(({ code, place }) => [code, place]);

describe('an expression', () => {
  it.each([
    ['languages HAS "es"', 'queue', []],
    ['languages HAS es', 'queue', ['unquoted_text']],
    ['language == es AND vip == true', 'filter', ['unquoted_text']],
    ['task.language IN worker.languages', 'target', []],
    ['worker.name == task.agent', 'target', []],
    ['"es" IN languages', 'queue', []],
    ['worker.languages HAS "es"', 'queue', ['worker_prefix']],
    ['worker.languages HAS "es"', 'target', []],
    ['worker == "Alice"', 'queue', []],
    ['flag! = true, *', 'filter', ['ignored_text', 'ignored_text']],
    ['not an expression', 'filter', []],
  ] as const)('%s of a %s gives %j', (source, scope, codes) => {
    expect(expressionFindings(source, scope).map(({ code }) => code)).toEqual(codes);
  });

  it('says what to write instead', () => {
    const [finding] = expressionFindings('languages HAS es', 'queue');
    expect(finding).toMatchObject({
      severity: 'warning',
      message: 'TaskRouter reads es without quotes as the name of an attribute, not as text',
      remedy: 'Write "es" if you mean the text.',
    });
  });

  it('is quoted with no more than sixty characters', () => {
    const [finding] = expressionFindings(`1==1 ${'x'.repeat(1000)}`, 'filter');
    expect(finding?.message.length).toBeLessThan(140);
  });
});

describe('the configuration of a workflow', () => {
  const configuration = {
    task_routing: {
      filters: [
        { filter_friendly_name: 'A', expression: '1==1', targets: [{ queue: 'WQ1', timout: 3, 'a/b': 1 }] },
        {
          expression: 'language == es',
          targets: [{ queue: 'WQ1' }, { skip_if: '*1==1', expression: '1==1)' }],
        },
      ],
      default_filter: { queue: 'WQ1', priorty: 4 },
    },
  };

  it('has findings in the order of the document, each with a JSON pointer', () => {
    expect(found(workflowFindings(configuration))).toEqual([
      ['unknown_field', '/task_routing/filters/0/targets/0/timout'],
      ['unknown_field', '/task_routing/filters/0/targets/0/a~1b'],
      ['unquoted_text', '/task_routing/filters/1/expression'],
      ['ignored_text', '/task_routing/filters/1/targets/1/expression'],
      ['ignored_text', '/task_routing/filters/1/targets/1/skip_if'],
      ['unknown_field', '/task_routing/default_filter/priorty'],
    ]);
  });

  it('names the field that a misspelled one most likely means, or all fields', () => {
    const [misspelled, strange] = workflowFindings(configuration);
    expect(misspelled).toMatchObject({
      message: 'TaskRouter ignores timout, which is not a field of a target',
      remedy: 'Write timeout if you mean that.',
    });
    expect(strange?.remedy).toContain('Valid fields: queue, expression, priority');
  });

  it.each([
    null,
    3,
    [],
    {},
    { task_routing: [] },
    { task_routing: { filters: [1, null, { targets: 'x' }] } },
  ])('is passed over where it has another shape: %j', (document) =>
    expect(workflowFindings(document)).toEqual([]),
  );
});

it('warns about a hyphen in the name of a task channel', () => {
  expect(taskChannelFindings('email')).toEqual([]);
  expect(taskChannelFindings('email-channel')).toEqual([
    expect.objectContaining({ code: 'hyphen_in_channel_name', remedy: 'Use email_channel.' }),
  ]);
});

it('names at most ten unknown fields of one part of a configuration', () => {
  const unknown = Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`x${index}`, 1]));
  const findings = workflowFindings({ task_routing: { default_filter: { queue: 'WQ1', ...unknown } } });
  expect(findings).toHaveLength(10);
});
