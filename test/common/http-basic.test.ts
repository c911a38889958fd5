import {
  basicAuthorization,
  isSameCredentials,
  readBasicAuthorization,
  textComparison,
} from '../../src/common/http-basic';

it('reads what it writes, colons in the password included', () => {
  expect(readBasicAuthorization(basicAuthorization('Jörg', 'a:b'))).toEqual({
    username: 'Jörg',
    password: 'a:b',
  });
});

it.each([
  undefined,
  '',
  'Bearer abc',
  'Basic',
  'Basic ***',
  `Basic ${Buffer.from('nocolon').toString('base64')}`,
])('reads no credentials from %j', (header) => expect(readBasicAuthorization(header)).toBeUndefined());

it('refuses missing credentials even where empty ones are expected', () => {
  const empty = { username: '', password: '' };
  expect(isSameCredentials(undefined, empty)).toBe(false);
  expect(isSameCredentials(empty, empty)).toBe(true);
});

it('refuses a wrong username or a wrong password', () => {
  const expected = { username: 'operator', password: 'right' };
  expect(isSameCredentials({ ...expected, username: 'other' }, expected)).toBe(false);
  expect(isSameCredentials({ ...expected, password: 'wrong' }, expected)).toBe(false);
  expect(isSameCredentials({ ...expected }, expected)).toBe(true);
});

it.each(['', 'short', 'x'.repeat(512), 'x'.repeat(513)])('compares whole texts with %j', (text) => {
  const isSame = textComparison(text);
  const others = [`${text}y`, `y${text}`, text.slice(1), text.slice(0, -1), 'z'.repeat(5000)];
  expect(others.filter((other) => other !== text && isSame(other))).toEqual([]);
  expect(isSame(text)).toBe(true);
});
