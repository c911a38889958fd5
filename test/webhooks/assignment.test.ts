import { createHmac } from 'node:crypto';
import { validateRequest } from 'twilio';
import { type AttemptTimer, realTime } from '../../src/taskrouter/webhooks/attempt-timer';
import { accountSid, assignmentDelivery, authToken, Bench } from './fixtures';
import { RawReceiver } from './raw-receiver';
import { deadOrigin, hang, json, Receiver, type Responder, status } from './receiver';

/** Short enough for a test, and far longer than a response over the loopback takes. */
const quick = { timeouts: { assignment: 100, event: 100 } };
/** Longer than any test. */
const longMs = 60_000;
const patient = { timeouts: { assignment: 5000, event: 5000 } };

let bench: Bench;
beforeEach(() => {
  bench = new Bench(patient);
});
afterEach(async () => {
  await bench.close();
  expect(bench.errors).toEqual([]);
});

const body =
  (text: string, contentType?: string): Responder =>
  (response) =>
    response.writeHead(200, contentType ? { 'Content-Type': contentType } : {}).end(text);

async function deliver(respond: Responder) {
  const primary = await bench.with(Receiver.open(respond));
  const fallback = await bench.with(Receiver.open(json({ instruction: 'accept' })));
  const delivery = assignmentDelivery([`${primary.origin}/assignment`, `${fallback.origin}/fallback`]);
  const entry = await bench.deliver(delivery);
  return { primary, fallback, delivery, entry, alert: entry.attempts[0]?.alert };
}

const settledWith = (result: unknown, sid: string) => ({
  type: 'SettleAssignmentCallback',
  reservationSid: sid,
  result,
});

describe('the request of an assignment callback', () => {
  it('carries the documented headers and parameters', async () => {
    const { primary, delivery } = await deliver(json({ instruction: 'accept' }));
    expect(primary.first.method).toBe('POST');
    expect(primary.first.headers).toMatchObject({
      'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
      'user-agent': 'TwilioProxy/1.1',
      accept: '*/*',
      'i-twilio-idempotency-token': expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
    });
    expect(primary.first.parameters).toEqual({ ...delivery.parameters, AccountSid: accountSid });
  });

  it.each(['/assignment', '', "/a?x=1&y='2'", '/caf\u00e9?q=a b', '/a?x=1#rc=2&tt=4000'])(
    "has a signature that satisfies twilio's validator for %j",
    async (path) => {
      const receiver = await bench.with(Receiver.open(json({})));
      await bench.deliver(assignmentDelivery([receiver.origin + path]));
      const { url, headers, parameters } = receiver.first;
      const signature = String(headers['x-twilio-signature']);
      expect(validateRequest(authToken, signature, url, parameters)).toBe(true);
      // Also valid for a receiver that checks only the URL it was called with.
      const text = Object.keys(parameters)
        .sort()
        .reduce((data, name) => data + name + parameters[name], url);
      expect(signature).toBe(createHmac('sha1', authToken).update(text).digest('base64'));
    },
  );

  it('signs in with the user information of the URL and keeps it out of the log', async () => {
    const receiver = await bench.with(Receiver.open(json({})));
    const url = receiver.origin.replace('//', '//user:p%40ss@');
    const entry = await bench.deliver(assignmentDelivery([`${url}/a`]));
    expect(receiver.first.headers.authorization).toBe(`Basic ${Buffer.from('user:p@ss').toString('base64')}`);
    expect(JSON.stringify(entry)).not.toMatch(/p%40ss|p@ss|dXNlcj/);
  });
});

describe('the response to an assignment callback', () => {
  it('200, application/json, object with instruction: the instruction is executed', async () => {
    const { fallback, delivery, entry } = await deliver(json({ instruction: 'accept', note: 1 }));
    expect(bench.taskRouter.settled).toEqual([
      settledWith({ kind: 'instruction', instruction: { name: 'accept', parameters: {} } }, delivery.sid),
    ]);
    expect(entry).toMatchObject({ outcome: 'instruction:accept', reservationSid: delivery.sid });
    expect(fallback.received).toEqual([]);
  });

  it.each([
    ['200 with empty body', body('')],
    ['200 with empty body and another Content-Type', body('', 'text/plain')],
    ['200 with white space and another Content-Type', body('\r\n', 'text/plain')],
    ['200 with {}', json({})],
    ['204 without body', status(204, { 'Content-Type': 'application/json' })],
  ])('%s: no instruction, the reservation stays pending', async (_, respond) => {
    const { fallback, delivery, entry, alert } = await deliver(respond);
    expect(bench.taskRouter.settled).toEqual([settledWith({ kind: 'none' }, delivery.sid)]);
    expect(entry.outcome).toBe('no_instruction');
    expect(alert).toBeNull();
    expect(fallback.received).toEqual([]);
  });

  it.each([
    ['200, body but other Content-Type', json({ instruction: 'reject' }, 'text/plain'), 40000],
    ['200, body without Content-Type', body('{"instruction":"reject"}'), 40000],
    ['not 200: 500', status(500), 11200],
    ['not 200: 404', status(404), 11200],
    ['not 200: 201', status(201), 11200],
    ['redirect 3xx', status(302, { Location: '/elsewhere' }), 11200],
    ['connection failure: closed before the response', (response) => response.destroy(), 11205],
    [
      'connection failure: closed within the response',
      (response) => response.writeHead(200, { 'Content-Length': '99' }).write('{', () => response.destroy()),
      11206,
    ],
    ['a body beyond all bounds', json({ instruction: 'reject', much: 'x'.repeat(1e6) }), 11750],
  ] as [string, Responder, number][])('%s: the fallback is called', async (_, respond, code) => {
    const { primary, fallback, delivery, entry, alert } = await deliver(respond);
    expect(alert).toMatchObject({ code, level: 'error' });
    expect(fallback.received).toHaveLength(1);
    expect(fallback.first.parameters).toEqual({
      ...delivery.parameters,
      AccountSid: accountSid,
      ErrorCode: String(code),
      ErrorUrl: `${primary.origin}/assignment`,
    });
    expect(entry.outcome).toBe('instruction:accept');
    expect(entry.attempts.at(-1)).toMatchObject({ role: 'fallback', number: 1, alert: null });
  });

  it('does not follow a redirect', async () => {
    const { primary } = await deliver(status(307, { Location: '/assignment' }));
    expect(primary.received).toHaveLength(1);
  });

  it('more than the time limit: the fallback is called', async () => {
    // By time that passes with the first limit alone: Node's timers are early or late, and a busy machine is slow.
    let now = 0;
    const after: AttemptTimer['after'] = (milliseconds, expire) =>
      realTime.after(now === 0 ? milliseconds : longMs, () => {
        now += milliseconds;
        expire();
      });
    bench = new Bench({ ...quick, timer: { now: () => now, after } });
    const { fallback, entry, alert } = await deliver(hang);
    expect(alert?.code).toBe(11203);
    expect(fallback.first.parameters.ErrorCode).toBe('11203');
    expect(entry.attempts[0]?.durationMs).toBe(100);
  });

  it('a response that starts in time and does not end in time is too late', async () => {
    bench = new Bench(quick);
    const { entry } = await deliver((response) =>
      response.writeHead(200, { 'Content-Type': 'application/json' }).write('{"instruction":'),
    );
    expect(entry.attempts.map(({ error }) => error?.kind)).toEqual(['total_timeout', undefined]);
  });

  it.each([
    ['200, body not JSON', body('accept', 'application/json'), 40001, 'warning'],
    ['200, double-encoded JSON', json('{"instruction":"accept"}'), 40001, 'warning'],
    ['200, a JSON array', json([{ instruction: 'accept' }]), 40001, 'warning'],
    ['200, JSON null', json(null), 40001, 'warning'],
    ['200, JSON object without instruction', json({ reservation: 'accept' }), 40005, 'warning'],
    ['200, unknown instruction', json({ instruction: 'Accept' }), 55555, 'error'],
    ['200, an instruction that is no text', json({ instruction: null }), 55555, 'error'],
    ['200, an instruction that exists over REST only', json({ instruction: 'supervise' }), 55555, 'error'],
    ['200, call without from', json({ instruction: 'call', url: 'http://127.0.0.1/twiml' }), 40111, 'error'],
    ['200, reject with a bad activity', json({ instruction: 'reject', activity_sid: 'Off' }), 40100, 'error'],
  ])('%s: an alert, no fallback, the reservation stays pending', async (_, respond, code, level) => {
    const { fallback, delivery, entry, alert } = await deliver(respond);
    expect(alert).toMatchObject({ code, level });
    expect(entry.outcome).toBe('refused');
    expect(bench.taskRouter.settled).toEqual([settledWith({ kind: 'none' }, delivery.sid)]);
    expect(fallback.received).toEqual([]);
  });

  it('the fallback is evaluated by the same rules', async () => {
    const [primary, fallback] = [
      status(500),
      json({ instruction: 'reject', activity_sid: `WA${'a'.repeat(32)}` }),
    ];
    const urls = [await bench.with(Receiver.open(primary)), await bench.with(Receiver.open(fallback))];
    const entry = await bench.deliver(assignmentDelivery(urls.map(({ origin }) => origin)));
    expect(entry).toMatchObject({
      outcome: 'instruction:reject',
      result: { instruction: { name: 'reject', parameters: { activity_sid: `WA${'a'.repeat(32)}` } } },
    });
  });

  it('no usable URL: the callback has failed', async () => {
    const receiver = await bench.with(Receiver.open(status(503)));
    const delivery = assignmentDelivery([`${receiver.origin}/a`, `${receiver.origin}/b`]);
    const entry = await bench.deliver(delivery);
    expect(entry.outcome).toBe('failed');
    expect(entry.attempts.map(({ role }) => role)).toEqual(['primary', 'fallback']);
    expect(bench.taskRouter.settled).toEqual([settledWith({ kind: 'failed' }, delivery.sid)]);
  });

  it('no fallback configured: the callback fails with the primary URL', async () => {
    bench = new Bench(quick);
    const receiver = await bench.with(Receiver.open(hang));
    const delivery = assignmentDelivery([receiver.origin]);
    const entry = await bench.deliver(delivery);
    expect(entry.outcome).toBe('timed_out');
    expect(bench.taskRouter.settled).toEqual([settledWith({ kind: 'failed' }, delivery.sid)]);
  });

  it('a URL that cannot be called counts as failed, without other effects', async () => {
    const entry = await bench.deliver(assignmentDelivery(['not a URL']));
    expect(entry.attempts).toMatchObject([{ alert: { code: 11100 } }]);
    expect(entry.outcome).toBe('failed');
  });
});

describe('the attempts for a URL', () => {
  const tokens = (receiver: Receiver) =>
    receiver.received.map(({ headers }) => headers['i-twilio-idempotency-token']);

  it('are two when no server listens, by default', async () => {
    const entry = await bench.deliver(assignmentDelivery([`${await deadOrigin()}/a`]));
    expect(entry.attempts.map(({ number, alert }) => [number, alert?.code])).toEqual([
      [1, 11202],
      [2, 11202],
    ]);
  });

  it('end with the first response', async () => {
    const { primary, entry } = await deliver((response, received, count) =>
      count === 1 ? response.destroy() : json({ instruction: 'accept' })(response, received, count),
    );
    expect(entry.attempts.map(({ role, number }) => [role, number])).toEqual([
      ['primary', 1],
      ['primary', 2],
    ]);
    expect(entry.outcome).toBe('instruction:accept');
    expect(primary.received[1]?.parameters).toEqual(primary.first.parameters);
  });

  it('share one idempotency token, which differs from those of other callbacks and URLs', async () => {
    const failing = await bench.with(Receiver.open(status(500)));
    await bench.deliver(
      assignmentDelivery([`${failing.origin}/a#rc=2&rp=5xx`, `${failing.origin}/b`]),
      assignmentDelivery([`${failing.origin}/a#rc=0`]),
    );
    const counts = new Map<unknown, number>();
    for (const token of tokens(failing)) counts.set(token, (counts.get(token) ?? 0) + 1);
    expect([...counts.values()].sort()).toEqual([1, 1, 3]);
  });

  it('keep the token after a restart', async () => {
    const receiver = await bench.with(Receiver.open(json({})));
    const delivery = assignmentDelivery([receiver.origin]);
    await bench.deliver(delivery);
    await bench.deliver(delivery);
    expect(new Set(tokens(receiver)).size).toBe(1);
    expect(receiver.received).toHaveLength(2);
  });

  it.each([
    ['rc=3', 500, 1],
    ['rc=3&rp=4xx', 500, 1],
    ['rc=3&rp=5xx', 500, 4],
    ['rc=3&rp=4xx', 404, 4],
    ['rc=5&rp=all', 429, 6],
    ['rc=9&rp=all', 500, 2],
    ['rc=0', 500, 1],
    ['rp=all', 302, 1],
  ])('with #%s and status %i are %i', async (fragment, code, count) => {
    const receiver = await bench.with(Receiver.open(status(code)));
    await bench.deliver(assignmentDelivery([`${receiver.origin}/a#${fragment}`]));
    expect(receiver.received).toHaveLength(count);
    expect(receiver.first.url).toBe(`${receiver.origin}/a`);
  });

  it('are repeated after a read timeout when the policy says rt', async () => {
    const receiver = await bench.with(
      Receiver.open((response, received, count) =>
        count < 3 ? undefined : json({})(response, received, count),
      ),
    );
    const entry = await bench.deliver(assignmentDelivery([`${receiver.origin}/a#rt=100&rc=5&rp=rt`]));
    expect(receiver.received).toHaveLength(3);
    expect(entry.attempts.map(({ error }) => error?.kind)).toEqual([
      'read_timeout',
      'read_timeout',
      undefined,
    ]);
  });

  it('do not exceed the total time', async () => {
    // By time that passes with each request: the first attempt takes 100 ms, however late its timer is.
    const timer: AttemptTimer = {
      now: () => receiver.received.length * 100,
      after: (milliseconds, expire) =>
        realTime.after(receiver.received.length === 0 ? longMs : milliseconds, expire),
    };
    bench = new Bench({ timeouts: { assignment: 150, event: 150 }, timer });
    const receiver = await bench.with(Receiver.open(hang));
    const entry = await bench.deliver(assignmentDelivery([`${receiver.origin}/a#rt=100&rc=5&rp=rt`]));
    expect(entry.attempts.map(({ error }) => error?.kind)).toEqual(['read_timeout', 'total_timeout']);
  });

  it('disconnect when the time is over', async () => {
    let hungUp: Promise<void> | undefined;
    const receiver = await bench.with(
      Receiver.open((response) => {
        hungUp = new Promise((closed) => response.once('close', closed));
      }),
    );
    await bench.deliver(assignmentDelivery([`${receiver.origin}/a#tt=100`]));
    await hungUp;
    expect(receiver.received).toHaveLength(1);
  });

  it('give up a connection that is not established in time', async () => {
    const silent = await bench.with(RawReceiver.open(() => undefined));
    // A TLS handshake without a response, because the loopback always completes a TCP handshake.
    const entry = await bench.deliver(
      assignmentDelivery([`${silent.origin.replace('http:', 'https:')}/a#ct=100&rc=0`]),
    );
    expect(entry).toMatchObject({ outcome: 'timed_out', attempts: [{ error: { kind: 'connect_timeout' } }] });
  });

  it('report a receiver that does not speak TLS', async () => {
    const receiver = await bench.with(Receiver.open(hang));
    const entry = await bench.deliver(
      assignmentDelivery([`${receiver.origin.replace('http:', 'https:')}/a#rc=0`]),
    );
    expect(entry.attempts).toMatchObject([{ alert: { code: 11220 } }]);
  });
});
