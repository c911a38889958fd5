import { isLoopbackHost, isLoopbackUrl, isUnspecifiedAddress } from '../../src/common/loopback';

it.each(['localhost', 'LOCALHOST', 'app.localhost', '127.0.0.1', '127.8.9.1', '[::1]', '::1'])(
  'takes %s for this computer',
  (name) => expect(isLoopbackHost(name)).toBe(true),
);

it.each([
  '',
  'example.com',
  'localhost.example.com',
  'notlocalhost',
  '128.0.0.1',
  '127.0.0.1.example.com',
  '[::2]',
])('does not take %j for this computer', (name) => expect(isLoopbackHost(name)).toBe(false));

it('accepts the base URL of local Functions by the same names', () => {
  expect(isLoopbackUrl('http://app.localhost:4040')).toBe(true);
  expect(isLoopbackUrl('http://localhost.example.com:4040')).toBe(false);
});

it('knows the address that stands for all of a computer in each spelling', () => {
  for (const address of ['0.0.0.0', '0', '::', '::0', '0:0:0:0:0:0:0:0'])
    expect(isUnspecifiedAddress(address)).toBe(true);
  for (const address of ['', '0.0.0.1', '::1', '127.0.0.1', 'localhost'])
    expect(isUnspecifiedAddress(address)).toBe(false);
});
