import { attributeText } from '../../assets/lifecycle/attribute-text';
import { checkAttributes } from '../../assets/lifecycle/attributes-check';

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
