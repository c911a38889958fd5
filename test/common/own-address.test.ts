import { ownOrigins } from '../../src/common/own-address';

it.each([
  ['127.0.0.1:3000', '127.0.0.1'],
  ['localhost:3000', '192.168.1.5'],
  ['192.168.1.5:3000', '192.168.1.5'],
  ['[fd00::1]:3000', 'fd00::1'],
  ['[fd00::1]:3000', 'FD00:0:0::1'],
  ['Desk.Internal:3000', 'desk.internal'],
  ['192.168.1.5:3000', '0.0.0.0'],
  ['[fd00::1]:3000', '::'],
  ['192.168.1.5:3000', '::0'],
])('is addressed as %s when it listens on %s', (host, listeningOn) => {
  expect(ownOrigins(host, { host: listeningOn })).toEqual([`http://${host}`]);
});

it.each([
  ['192.168.1.5:3000', '127.0.0.1'],
  ['192.168.1.6:3000', '192.168.1.5'],
  ['evil.example:3000', '192.168.1.5'],
  ['evil.example:3000', '0.0.0.0'],
  ['192.168.1.5.evil.example:3000', '::'],
  ['[fd00::2]:3000', 'fd00::1'],
  ['', '0.0.0.0'],
])('is not addressed as %j when it listens on %s', (host, listeningOn) => {
  expect(ownOrigins(host, { host: listeningOn })).toEqual([]);
});
