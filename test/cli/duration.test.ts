import { durationText, secondsOf } from '../../src/cli/duration';
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

it.each([
  [0, '0s'],
  [59_600, '1m'],
  [1_200_000, '20m'],
  [5_400_000, '1h 30m'],
  [93_784_000, '1d 2h'],
])('writes %d ms as %s', (milliseconds, text) => {
  expect(durationText(milliseconds)).toBe(text);
});
