import { attributeText } from '../../assets/lifecycle/attribute-text';
import { checkAttributes } from '../../assets/lifecycle/attributes-check';
import { shownAttributes } from '../../assets/lifecycle/shown-attributes';

it.each(['{"selected_language":"es"}', ' {} ', ''])('accepts %j as attributes', (text) => {
  expect(checkAttributes(text)).toMatchObject({ valid: true });
});

it.each(['{', '{selected_language:"es"}', 'es'])('rejects %j as invalid JSON', (text) => {
  expect(checkAttributes(text)).toEqual({ valid: false, message: expect.stringMatching(/Invalid JSON/) });
});

it.each(['[1]', 'null', '"es"', '1'])('rejects %j, which is not an object', (text) => {
  expect(checkAttributes(text)).toEqual({
    valid: false,
    message: expect.stringMatching(/Must be a JSON object/),
  });
});

it.each([
  ['es', 'es'],
  [['en', 'es'], 'en, es'],
  [[], ''],
  [true, 'true'],
  [null, 'null'],
  [{ name: 'Ana' }, '{"name":"Ana"}'],
  [[{ name: 'Ana' }], '[{"name":"Ana"}]'],
])('shows %j as %j', (value, text) => {
  expect(attributeText(value)).toBe(text);
});

it('truncates long values', () => {
  expect(attributeText('x'.repeat(4000)).length).toBeLessThan(200);
});

describe('the attributes of a phone call', () => {
  const call_sid = `CA${'0'.repeat(32)}`;

  it('are shown without those that every call has', () => {
    const attributes = {
      selected_language: 'es',
      call_sid,
      from: '+15550111',
      caller_city: '',
      direction: 'inbound',
    };
    expect(shownAttributes(attributes)).toEqual([
      ['selected_language', 'es'],
      ['from', '+15550111'],
    ]);
  });

  it('are all shown if there is nothing else, or no call', () => {
    expect(shownAttributes({ call_sid })).toEqual([['call_sid', call_sid]]);
    expect(shownAttributes({ direction: 'north' })).toEqual([['direction', 'north']]);
    expect(shownAttributes(null)).toEqual([]);
  });
});
