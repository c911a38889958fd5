import { attributeText } from '../../assets/lifecycle/attribute-text';
import { checkAttributes } from '../../assets/lifecycle/attributes-check';

it.each(['{"selected_language":"es"}', ' {} ', ''])('takes %j as attributes', (text) => {
  expect(checkAttributes(text)).toMatchObject({ valid: true });
});

it.each(['{', '{selected_language:"es"}', 'es'])('says of %j that it is not JSON', (text) => {
  expect(checkAttributes(text)).toEqual({ valid: false, message: expect.stringMatching(/Not JSON/) });
});

it.each(['[1]', 'null', '"es"', '1'])('says of %j that it is not an object', (text) => {
  expect(checkAttributes(text)).toEqual({
    valid: false,
    message: expect.stringMatching(/Must be an object/),
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

it('cuts off what would fill the page', () => {
  expect(attributeText('x'.repeat(4000)).length).toBeLessThan(200);
});
