import { judgeAssignment, judgeEvent } from '../../src/taskrouter/webhooks/verdict';

const sid = `WA${'0123456789abcdef'.repeat(2)}`;

function judged(answer: unknown, contentType = 'application/json') {
  const response = { status: 200, headers: { 'content-type': contentType }, body: JSON.stringify(answer) };
  return judgeAssignment({ response, failure: null, durationMilliseconds: 1 });
}

describe('judgeAssignment', () => {
  it.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON ;charset=UTF-8'])(
    'takes %s for JSON',
    (contentType) => expect(judged({ instruction: 'accept' }, contentType).verdict.kind).toBe('instruction'),
  );

  it.each(['application/jsonp', 'text/json', 'application/problem+json', 'text/html; application/json'])(
    'does not take %s for JSON',
    (contentType) =>
      expect(judged({ instruction: 'accept' }, contentType)).toMatchObject({
        verdict: { kind: 'failed' },
        alert: { code: 40000, message: expect.stringContaining(contentType) },
      }),
  );

  it('rejects with the activity it is given', () => {
    expect(judged({ instruction: 'reject', activity_sid: sid })).toEqual({
      verdict: { kind: 'instruction', instruction: { name: 'reject', parameters: { activity_sid: sid } } },
      alert: null,
    });
  });

  it.each([{}, { activity_sid: null }, { activity_sid: '' }])(
    'rejects without an activity all the same, with an alert: %j',
    (parameters) => {
      expect(judged({ instruction: 'reject', ...parameters })).toEqual({
        verdict: { kind: 'instruction', instruction: { name: 'reject', parameters } },
        alert: expect.objectContaining({ code: 40100, level: 'error' }),
      });
    },
  );

  it.each(['Offline', `WK${sid.slice(2)}`, `${sid}0`, 5, [sid]])(
    'does not reject with the activity %j',
    (activity) => {
      expect(judged({ instruction: 'reject', activity_sid: activity })).toEqual({
        verdict: { kind: 'none' },
        alert: expect.objectContaining({ code: 40100, level: 'error' }),
      });
    },
  );

  it.each(['supervise', 'constructor', 'toString', '', 7, null, ['accept'], { accept: true }])(
    'does not know the instruction %j',
    (instruction) =>
      expect(judged({ instruction })).toMatchObject({
        verdict: { kind: 'none' },
        alert: { code: 55555 },
      }),
  );

  it('gives every alert a remedy', () => {
    for (const answer of ['text', [], { a: 1 }, { instruction: 'x' }, { instruction: 'call' }])
      expect(judged(answer).alert).toMatchObject({
        message: expect.stringMatching(/./),
        remedy: expect.stringMatching(/\.$/),
      });
  });
});

describe('judgeEvent', () => {
  const answered = (status: number) =>
    judgeEvent({
      response: { status, headers: {}, body: 'anything' },
      failure: null,
      durationMilliseconds: 1,
    });

  it.each([200, 202, 204])('is content with %i', (status) => expect(answered(status)).toBeNull());
  it.each([301, 404, 500])('is not content with %i', (status) => expect(answered(status)?.code).toBe(11200));
});
