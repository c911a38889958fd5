import { presetsFrom } from '../../src/steps/task-presets';

const configuration = (...filters: object[]) => JSON.stringify({ task_routing: { filters } });
const attributesFor = (expression: string) => presetsFrom(configuration({ expression }))[0]?.attributes;

it('has a preset for each filter, under its name', () => {
  const spanish = { filter_friendly_name: 'Spanish', expression: 'selected_language == "es"' };
  expect(presetsFrom(configuration(spanish, { expression: 'vip == true' }))).toEqual([
    { label: 'Spanish', attributes: { selected_language: 'es' } },
    { label: 'vip == true', attributes: { vip: true } },
  ]);
});

it.each([
  ["type = 'support'", { type: 'support' }],
  ['level == 3 AND type == "support"', { level: 3, type: 'support' }],
  ['skills HAS "billing"', { skills: ['billing'] }],
  ['region IN ["eu", "us"]', { region: 'eu' }],
])('finds attributes for %s', (expression, attributes) => {
  expect(attributesFor(expression)).toEqual(attributes);
});

it.each(['1 == 1', 'level > 3', 'a == "x" OR b == "y"', 'NOT (a == "x")', ''])(
  'has no preset for %j',
  (expression) => {
    expect(attributesFor(expression)).toBeUndefined();
  },
);

it.each(['', 'no JSON', '{}', '{"task_routing":{"filters":7}}'])('has no presets for %j', (text) => {
  expect(presetsFrom(text)).toEqual([]);
});
