import { basicAuthorization, isSameCredentials, readBasicAuthorization } from '../../src/common/http-basic';

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
