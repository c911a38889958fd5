import type { Socket } from 'node:net';
import { SystemClock } from '../../src/system/system-clock';
import { callbackEntryToJson } from '../../src/taskrouter/inspector/entry-json';
import { callbackLine } from '../../src/taskrouter/inspector/log-lines';
import { twimlEvaluation } from '../../src/taskrouter/voice/twiml/read-twiml';
import { chooseTransport } from '../../src/taskrouter/webhooks/choose-transport';
import { Replays } from '../../src/taskrouter/webhooks/replays';
import { assignmentDelivery, authToken, Bench, eventDelivery } from './fixtures';
import { RawReceiver, type RawResponse } from './raw-receiver';
import { json, Receiver } from './receiver';

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
});
afterEach(async () => {
  await bench.close();
});

const ok = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';
/** A response with this body and its length. */
const page = (body: string | Buffer) =>
  Buffer.concat([Buffer.from(`${ok}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n`), Buffer.from(body)]);
const deep = '['.repeat(20_000) + ']'.repeat(20_000);
const conference = '"instruction":"conference","from":"+15550100"';

function nested(depth: number): unknown {
  let list: unknown = [];
  for (let level = 0; level < depth; level++) list = [list];
  return list;
}

/** Sends responses with status 103 for as long as the connection lasts. */
function flood(socket: Socket): void {
  const some = 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'.repeat(100);
  const write = () => {
    while (!socket.destroyed && socket.write(some));
  };
  socket.on('drain', write);
  write();
}

/** The code is that of the alert. */
const endings: [string, number, RawResponse][] = [
  ['an SSH banner', 11206, 'SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n'],
  ['binary data', 11206, Buffer.from([0, 1, 2, 3, 255, 254, 22, 3, 1, 0, 200])],
  ['an invalid status line', 11206, 'HTTP/1.1 abc Oops\r\n\r\n'],
  ['a status of four digits', 11206, 'HTTP/1.1 2000 OK\r\nContent-Length: 0\r\n\r\n'],
  ['another protocol version', 11206, 'HTTP/9.9 200 OK\r\nContent-Length: 0\r\n\r\n'],
  ['an invalid Content-Length', 11206, `${ok}Content-Length: abc\r\n\r\n{}`],
  ['a negative Content-Length', 11206, `${ok}Content-Length: -1\r\n\r\n{}`],
  ['a huge Content-Length', 11206, `${ok}Content-Length: 99999999999999999999999\r\n\r\n{}`],
  ['two different Content-Lengths', 11206, `${ok}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`],
  [
    'Content-Length and chunks',
    11206,
    `${ok}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`,
  ],
  ['an invalid chunk', 11206, `${ok}Transfer-Encoding: chunked\r\n\r\nZZ\r\n{}\r\n0\r\n\r\n`],
  ['a chunk of another size', 11206, `${ok}Transfer-Encoding: chunked\r\n\r\n1\r\n{}\r\n0\r\n\r\n`],
  ['a header without a colon', 11206, `${ok}nonsense\r\nContent-Length: 2\r\n\r\n{}`],
  ['a header name with a blank', 11206, `${ok}a b: c\r\nContent-Length: 2\r\n\r\n{}`],
  ['a NUL in a header', 11206, `${ok}X: a\0b\r\nContent-Length: 2\r\n\r\n{}`],
  ['huge headers', 11206, `${ok}X: ${'x'.repeat(100_000)}\r\n\r\n`],
  ['many headers', 11206, `${ok}${'X: y\r\n'.repeat(10_000)}\r\n`],
  [
    'a switch of protocols',
    11206,
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n',
  ],
  ['a switch to no protocol', 11206, 'HTTP/1.1 101 Switching Protocols\r\n\r\nxx'],
  ['an unexpected 100 Continue', 11206, 'HTTP/1.1 100 Continue\r\n\r\n'],
  ['endless informational responses', 11206, flood],
  ['a close without a byte', 11205, (socket) => socket.end()],
  ['a reset', 11205, (socket) => socket.resetAndDestroy()],
  ['a close within the status line', 11205, (socket) => socket.end('HTTP/1.1 20')],
  ['a close within the headers', 11205, (socket) => socket.end(`${ok}X-`)],
  ['a close within the body', 11206, (socket) => socket.end(`${ok}Content-Length: 9\r\n\r\n{`)],
  [
    'a reset within the body',
    11206,
    (socket) => socket.write(`${ok}Content-Length: 9\r\n\r\n{`, () => socket.resetAndDestroy()),
  ],
  ['headers without an end', 11203, `${ok}X: y\r\n`],
];

/** No retry, and a short time only where the end of the time is what is tested. */
const once = (code: number) => `#rc=0${code === 11203 ? '&tt=100' : ''}`;

describe('a receiver whose response is not complete HTTP', () => {
  it.each(endings)(
    '%s: alert %i, the fallback is called, and both callbacks are settled',
    async (_, code, answer) => {
      const receiver = await bench.with(RawReceiver.open(answer));
      const fallback = await bench.with(Receiver.open(json({ instruction: 'accept' })));
      const url = `${receiver.origin}${once(code)}`;
      await bench.deliver(assignmentDelivery([url, fallback.origin]), eventDelivery(url));
      expect(bench.taskRouter.rows.size).toBe(0);
      const [announced] = bench.log.list({ kind: 'assignment' });
      expect(announced).toMatchObject({ outcome: 'instruction:accept', attempts: [{ alert: { code } }, {}] });
      const [entry] = bench.log.list({ kind: 'event' });
      expect(entry).toMatchObject({ outcome: 'dropped' });
      expect(entry?.attempts.at(-1)).toMatchObject({ alert: { code }, response: null });
      expect(bench.errors).toEqual([]);
    },
  );

  it('speaks another protocol as soon as it is connected', async () => {
    const receiver = await bench.with(RawReceiver.open('220 mail.example ESMTP\r\n', 'connected'));
    const entry = await bench.deliver(eventDelivery(`${receiver.origin}#rc=0`));
    expect(entry).toMatchObject({ outcome: 'dropped', attempts: [{ response: null, alert: {} }] });
    expect(bench.taskRouter.rows.size).toBe(0);
  });

  it('cannot put the response to one request into the next one', async () => {
    const forged = page('{"instruction":"reject"}');
    const receiver = await bench.with(RawReceiver.open(Buffer.concat([page('{}'), forged])));
    const [first, second] = [assignmentDelivery([receiver.origin]), assignmentDelivery([receiver.origin])];
    await bench.deliver(first);
    await bench.deliver(second);
    expect(bench.log.list().map(({ outcome }) => outcome)).toEqual(['no_instruction', 'no_instruction']);
  });
});

describe('a response that is complete HTTP', () => {
  it.each([
    ['with trailers', `${ok}Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nX-Check: 1\r\n\r\n`],
    ['after informational responses', `HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${page('{}')}`],
    ['without a length, ended by closing', (socket) => socket.end(`${ok}\r\n{}`)],
  ] as [string, RawResponse][])('%s is accepted', async (_, answer) => {
    const receiver = await bench.with(RawReceiver.open(answer));
    const entry = await bench.deliver(assignmentDelivery([receiver.origin]));
    expect(entry).toMatchObject({
      outcome: 'no_instruction',
      attempts: [{ response: { body: '{}' }, alert: null }],
    });
  });

  it.each([
    ['an instruction nested 20,000 deep', `{"instruction":${deep}}`, 55555],
    ['a parameter nested 20,000 deep', `{"instruction":"reject","activity_sid":${deep}}`, 40100],
    ['a list nested 20,000 deep', `{${conference},"status_callback_event":${deep}}`, 55555],
    ['a word nested 20,000 deep', `{${conference},"end_conference_on_exit":${deep}}`, 55555],
    ['an object that cannot become text', `{"instruction":{"toString":1,"valueOf":1}}`, 55555],
    ['a parameter that cannot become text', `{${conference},"record":{"toString":1,"valueOf":1}}`, 55555],
    ['JSON nested 20,000 deep', deep, 40001],
    ['JSON that is not closed', '['.repeat(20_000), 40001],
    ['invalid UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]), 40005],
    ['NUL', '\0\0\0', 40001],
  ] as [string, string | Buffer, number][])('%s is recorded and settled', async (_, body, code) => {
    const receiver = await bench.with(RawReceiver.open(page(body)));
    const row = assignmentDelivery([receiver.origin]);
    const entry = await bench.deliver(row);
    expect(entry).toMatchObject({ outcome: 'refused', attempts: [{ alert: { code } }] });
    expect(() => JSON.stringify(callbackEntryToJson(entry))).not.toThrow();
    expect(callbackLine(entry)).toContain(String(code));
    expect(bench.taskRouter.settled).toEqual([
      { type: 'SettleAssignmentCallback', reservationSid: row.sid, result: { kind: 'none' } },
    ]);
    expect(bench.errors).toEqual([]);
  });
});

describe('a transport that fails in any way', () => {
  const thrown: [string, unknown][] = [
    ['an error without a code', new Error('no code')],
    ['an error with a number as its code', Object.assign(new Error('odd'), { code: 7 })],
    ['an error without a message', new Error()],
    ['a string', 'broken'],
    ['undefined', undefined],
    ['null', null],
    ['a symbol', Symbol('broken')],
    ['an object without a prototype', Object.create(null)],
    ['an object that cannot become text', { toString: 1 }],
    ['a list nested deeply', nested(20_000)],
  ];
  it.each(thrown)('throws %s: the callback has failed', async (_, error) => {
    const synchronously = () => {
      throw error;
    };
    for (const perform of [synchronously, () => Promise.reject(error)]) {
      bench = new Bench({ transport: { perform, close: async () => undefined } });
      const row = assignmentDelivery(['http://host.test/a', 'http://host.test/b']);
      await bench.deliver(row, eventDelivery('http://host.test/e'));
      expect(bench.log.list({ kind: 'event' })).toMatchObject([
        { outcome: 'dropped', attempts: [{ alert: { code: 11200 } }] },
      ]);
      expect(bench.log.list({ kind: 'assignment' })).toMatchObject([
        { outcome: 'failed', attempts: [{ role: 'primary' }, { role: 'fallback' }] },
      ]);
      expect(bench.taskRouter.rows.size).toBe(0);
      expect(bench.errors).toEqual([]);
    }
  });

  it('never ends: the time limit does', async () => {
    const transport = { perform: () => new Promise<never>(() => undefined), close: async () => undefined };
    bench = new Bench({ transport, timeouts: { assignment: 20, event: 20 } });
    expect((await bench.deliver(assignmentDelivery(['http://host.test/a']))).outcome).toBe('timed_out');
  });
});

describe('an internal error', () => {
  const nonsense = { perform: async () => undefined as never, close: async () => undefined };
  const failed = { kind: 'failed' };

  it('closes the callback as failed, with an alert, a log entry, and a report', async () => {
    bench = new Bench({ transport: nonsense });
    const row = assignmentDelivery(['http://host.test/a']);
    await bench.deliver(row, eventDelivery('http://host.test/e'));
    expect(bench.log.list({ kind: 'event' })).toMatchObject([
      { outcome: 'dropped', attempts: [{ error: { kind: 'internal_error' } }] },
    ]);
    expect(bench.log.list({ kind: 'assignment' })).toMatchObject([
      { outcome: 'failed', attempts: [{ alert: { code: 11200, level: 'error' } }] },
    ]);
    expect(bench.taskRouter.settled).toContainEqual({
      type: 'SettleAssignmentCallback',
      reservationSid: row.sid,
      result: failed,
    });
    expect(bench.taskRouter.rows.size).toBe(0);
    expect(bench.errors).toHaveLength(2);
  });

  it('in applying a response closes the callback as failed', async () => {
    bench = new Bench({ respond: () => ({ body: { instruction: 'accept' } }) });
    bench.taskRouter.refuses = ({ type, ...command }) =>
      'result' in command && command.result?.kind === 'instruction' ? new TypeError(`${type} broke`) : null;
    const row = assignmentDelivery(['http://host.test/a']);
    const entry = await bench.deliver(row);
    expect(entry).toMatchObject({
      outcome: 'failed',
      attempts: [{ error: { message: expect.stringContaining('broke') } }],
    });
    expect(bench.taskRouter.settled).toMatchObject([{ result: failed }]);
    expect(bench.taskRouter.rows.size).toBe(0);
  });

  it('in applying the failure as well ends the callback without an effect', async () => {
    bench = new Bench({ respond: () => ({ status: 500 }) });
    bench.taskRouter.refuses = (command) =>
      'result' in command && command.result?.kind === 'failed' ? new TypeError('broke') : null;
    await bench.deliver(assignmentDelivery(['http://host.test/a']));
    expect(bench.taskRouter.settled).toMatchObject([{ result: { kind: 'none' } }]);
    expect(bench.errors).toHaveLength(2);
  });

  it('of one callback does not hold up the next one', async () => {
    bench = new Bench({ respond: () => undefined, concurrency: { perQueue: 1 } });
    const [broken, next] = [
      assignmentDelivery(['http://host.test/a']),
      assignmentDelivery(['http://host.test/a']),
    ];
    bench.taskRouter.refuses = (command) =>
      'reservationSid' in command && command.reservationSid === broken.sid ? new Error('always') : null;
    await bench.deliver(broken, next);
    expect(bench.taskRouter.settled).toMatchObject([{ reservationSid: next.sid }]);
    expect(bench.errors).toHaveLength(3);
  });
});

describe('a replay', () => {
  it.each(endings)('of a callback that gets %s has a result', async (_, code, answer) => {
    const receiver = await bench.with(RawReceiver.open(answer));
    const original = await bench.deliver(assignmentDelivery([`${receiver.origin}${once(code)}`]));
    const replays = new Replays({
      authToken,
      clock: new SystemClock(),
      transport: chooseTransport({}),
      twiml: twimlEvaluation,
    });
    const edits = { url: receiver.origin, parameters: {} };
    const replayed = await replays.send(original, original.id, edits);
    await replays.close();
    expect(replayed).toMatchObject({
      replayOf: original.id,
      result: { kind: 'failed' },
      attempts: [{ alert: { code } }],
    });
  });
});
