import { secondsOf } from '../../src/cli/duration';
import { ConfigurationError } from '../../src/system/config';

it.each([
  ['90', 90],
  ['90s', 90],
  ['20m', 1200],
  ['2h', 7200],
  ['1d', 86_400],
  ['1h30m', 5400],
  ['1.5h', 5400],
  ['0.25', 0.25],
])('reads %s as %d seconds', (text, seconds) => {
  expect(secondsOf(text)).toBe(seconds);
});

it.each(['', 'm', '20 m', '-5s', '5w', '1h-30m', '1.2.3s'])('refuses %j', (text) => {
  expect(() => secondsOf(text)).toThrow(ConfigurationError);
});
