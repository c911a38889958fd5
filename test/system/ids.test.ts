import { randomSid } from '../../src/system/ids';

const made = Array.from({ length: 100_000 }, () => randomSid('EV'));

it('makes sids of a prefix and 32 hexadecimal digits', () => {
  expect(made.filter((sid) => !/^EV[0-9a-f]{32}$/.test(sid))).toEqual([]);
});

it('never makes a sid twice', () => {
  expect(new Set(made).size).toBe(made.length);
});

it('makes sids that sort in the order in which they are made', () => {
  const some = made.slice(0, 1000);
  expect([...some].sort()).toEqual(some);
});

it('goes on in this order when the clock goes back', () => {
  const now = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 1000);
  const before = randomSid('EV');
  now.mockReturnValue(0);
  const after = randomSid('EV');
  now.mockRestore();
  expect(after > before).toBe(true);
});

it('cannot be guessed from the sid before it', () => {
  expect(new Set(made.map((sid) => sid.slice(-16))).size).toBe(made.length);
});
