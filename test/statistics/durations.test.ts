import { Durations } from '../../src/taskrouter/statistics/durations';

it('are zero when nothing was measured', () => {
  expect(new Durations().figures()).toEqual({ avg: 0, min: 0, max: 0, total: 0 });
});

it('add milliseconds and are shown in whole seconds, rounded down', () => {
  const durations = new Durations();
  for (const milliseconds of [1_600, 2_700, 900]) durations.add(milliseconds);
  expect(durations.figures()).toEqual({ avg: 1, min: 0, max: 2, total: 5 });
});

it("are averaged as in Twilio's example: 8,100 s in eight stays are 1,012 s each", () => {
  const durations = new Durations();
  for (let n = 0; n < 8; n += 1) durations.add(1_012_500);
  expect(durations.figures()).toMatchObject({ avg: 1012, total: 8100 });
});
