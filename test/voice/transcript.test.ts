import { Transcript } from '../../src/taskrouter/voice/calls/transcript';

function transcriptOf(count: number): Transcript {
  const transcript = new Transcript();
  for (let at = 1; at <= count; at++) transcript.add({ at, who: 'twilio', verb: 'Say', text: '' });
  return transcript;
}

it('keeps a conversation of 1001 lines', () => {
  const { lines, count } = transcriptOf(1001);
  expect([lines.map(({ at }) => at), count]).toEqual([Array.from({ length: 1001 }, (_, i) => i + 1), 1001]);
});

it.each([1002, 1003, 20_000])(
  'keeps the beginning and the end of %i lines, and says how many it leaves out',
  (all) => {
    const { lines, count } = transcriptOf(all);
    expect(count).toBe(all);
    expect(lines.slice(0, 100)).toEqual(transcriptOf(100).lines);
    expect(lines[100]).toEqual({
      at: all - 900,
      who: 'twilio',
      verb: 'goes on',
      text: `(${all - 1000} lines are left out)`,
    });
    expect(lines.slice(101).map(({ at }) => at)).toEqual(
      Array.from({ length: 900 }, (_, i) => all - 899 + i),
    );
  },
);
