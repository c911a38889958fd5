import { durationText } from '../../src/common/duration-text';

it.each([
  [0, '0 s'],
  [-3000, '0 s'],
  [59_900, '59 s'],
  [60_000, '1 min'],
  [125_000, '2 min 5 s'],
  [1_200_000, '20 min'],
  [3_600_000, '1 h'],
  [3_661_000, '1 h 1 min'],
  [5_400_000, '1 h 30 min'],
  [93_784_000, '1 d 2 h'],
  [183_600_000, '2 d 3 h'],
])('writes %d ms as %s', (durationMs, text) => {
  expect(durationText(durationMs)).toBe(text);
});

it('shows as many units as it is asked for', () => {
  expect(durationText(90_061_000, 4)).toBe('1 d 1 h 1 min 1 s');
  expect(durationText(90_061_000, 1)).toBe('1 d');
});
