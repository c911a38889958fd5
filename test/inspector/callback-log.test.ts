import { CallbackLog } from '../../src/taskrouter/inspector/callback-log';
import { callbackEntryToJson } from '../../src/taskrouter/inspector/entry-json';
import { attempt, record, taskSid, workerSid } from '../support/callback-record';

const ids = (entries: readonly { id: number }[]) => entries.map(({ id }) => id);

describe('the callback log', () => {
  it('lists the newest first and keeps no more than it may', () => {
    const log = new CallbackLog({ capacity: 3 });
    for (let count = 0; count < 5; count++) log.add(record());
    expect(ids(log.list())).toEqual([5, 4, 3]);
    expect(ids(log.list({ limit: 2 }))).toEqual([5, 4]);
    expect(log.find(2)).toBeUndefined();
    expect(log.find(3)?.id).toBe(3);
  });

  it('does not lose other callbacks to the many requests of calls', () => {
    const log = new CallbackLog({ capacity: 2 });
    log.add(record());
    for (let count = 0; count < 5; count++) log.add(record({ kind: 'voice', callSid: `CA${count}` }));
    log.add(record());
    expect(ids(log.list())).toEqual([7, 6, 5, 1]);
    expect(ids(log.since(1))).toEqual([5, 6, 7]);
    expect([log.find(1)?.id, log.find(6)?.id, log.find(2), log.forgottenUpTo]).toEqual([1, 6, undefined, 4]);
    expect(ids(log.list({ callSid: 'CA4' }))).toEqual([6]);
  });

  it('keeps a thousand entries when nothing else is said', () => {
    const log = new CallbackLog();
    for (let count = 0; count < 1001; count++) log.add(record());
    expect(log.list()).toHaveLength(1000);
  });

  it('finds by task, worker, kind and outcome, and limits what it finds', () => {
    const log = new CallbackLog();
    log.add(record());
    log.add(record({ taskSid: `WT${'9'.repeat(32)}`, outcome: 'refused' }));
    log.add(record({ kind: 'event', workerSid: null, outcome: 'delivered' }));
    log.add(record());
    expect(ids(log.list({ taskSid }))).toEqual([4, 3, 1]);
    expect(ids(log.list({ workerSid }))).toEqual([4, 2, 1]);
    expect(ids(log.list({ kind: 'event' }))).toEqual([3]);
    expect(ids(log.list({ callbackOutcome: 'refused' }))).toEqual([2]);
    expect(ids(log.list({ taskSid, workerSid, limit: 1 }))).toEqual([4]);
  });

  it('reports every new entry until the subscription ends', () => {
    const log = new CallbackLog();
    const seen: number[] = [];
    const stop = log.onEntry(({ id }) => seen.push(id));
    log.add(record());
    log.add(record());
    stop();
    log.add(record());
    expect(seen).toEqual([1, 2]);
  });

  it('forgets everything when cleared and goes on counting', () => {
    const log = new CallbackLog({ capacity: 2 });
    log.add(record());
    log.clear();
    expect(log.list()).toEqual([]);
    expect(log.add(record()).id).toBe(2);
    expect(ids(log.list())).toEqual([2]);
  });
});

describe('what the callback log keeps', () => {
  const token = '0123456789abcdef0123456789abcdef';
  const kept = (partial: Parameters<typeof attempt>[0]) => {
    const entry = new CallbackLog({ secrets: [token, ''] }).add(record({ attempts: [attempt(partial)] }));
    const [first] = entry.attempts;
    if (!first) throw new Error('the attempt is gone');
    return first;
  };

  it('shows the idempotency token', () => {
    const headers = { 'I-Twilio-Idempotency-Token': 'abc' };
    expect(kept({ request: { headers, parameters: {} } }).request.headers).toEqual(headers);
  });

  it('has the signature nowhere, not even where the receiver repeats it', () => {
    const signature = 'lJbeD8RIsmvtPMUU4k/jf2ArGxo=';
    const body = `${signature} lJbeD8RIsmvtPMUU4k\\/jf2ArGxo= ${encodeURIComponent(signature)}`;
    const request = { headers: { 'X-Twilio-Signature': signature }, parameters: {} };
    const first = kept({ request, response: { status: 200, headers: { 'x-echo': signature }, body } });
    expect(first.response).toEqual({ status: 200, headers: { 'x-echo': '***' }, body: '*** *** ***' });
    expect(first.request.headers).toEqual({ 'X-Twilio-Signature': '***' });
  });

  it('has the auth token nowhere, not even where the receiver or a task says it', () => {
    const response = { status: 200, headers: { 'x-echo': `my ${token}` }, body: `{"t":"${token}"}` };
    const request = { headers: {}, parameters: { TaskAttributes: token } };
    const error = { kind: 'no_response', message: `bad ${token}` } as const;
    expect(JSON.stringify(kept({ response, request, error, url: `http://h/${token}` }))).not.toContain(token);
  });

  it.each([
    ['http://user:pass@host.test/a', 'http://***@host.test/a'],
    ['http://user@host.test', 'http://***@host.test'],
    ['http://h/a?x=1&token=abc&Api_Key=d#rc=1', 'http://h/a?x=1&token=***&Api_Key=***#rc=1'],
    ['http://h/a?access%5Ftoken=abc&b', 'http://h/a?access%5Ftoken=***&b'],
    ['http://h/a?bad%=1&password=', 'http://h/a?bad%=1&password=***'],
    ['http://h/a?monkey=1&author=2&authorization=3', 'http://h/a?monkey=1&author=2&authorization=***'],
    ['http://h/a?x=user:pass@host', 'http://h/a?x=user:pass@host'],
  ])('shows the URL %s as %s', (url, shown) => {
    expect(kept({ url }).url).toBe(shown);
    expect(
      kept({ request: { headers: {}, parameters: { ErrorUrl: url } } }).request.parameters.ErrorUrl,
    ).toBe(shown);
  });

  it('hides headers that hold secrets, whatever their case, and secrets in a Location', () => {
    const headers = {
      'set-cookie': 'a=b',
      Authorization: 'Basic abc',
      'X-Api-Key': 'k',
      location: '/next?token=abc',
      etag: '"1"',
    };
    expect(kept({ response: { status: 302, headers, body: '' } }).response?.headers).toEqual({
      'set-cookie': '***',
      Authorization: '***',
      'X-Api-Key': '***',
      location: '/next?token=***',
      etag: '"1"',
    });
  });

  it('hides the SIP password of an instruction, in the response and in what was read from it', () => {
    const parameters = { sip_auth_username: 'alice', sip_auth_password: 'pa"ss' };
    const body = JSON.stringify({ instruction: 'conference', ...parameters });
    const response = { status: 200, headers: {}, body };
    const result = { kind: 'instruction', instruction: { name: 'conference', parameters } } as const;
    const entry = new CallbackLog().add(record({ result, attempts: [attempt({ response })] }));
    const shown = { ...parameters, sip_auth_password: '***' };
    expect(entry.result).toEqual({
      kind: 'instruction',
      instruction: { name: 'conference', parameters: shown },
    });
    expect(JSON.parse(entry.attempts[0]?.response?.body ?? '')).toEqual({
      instruction: 'conference',
      ...shown,
    });
  });

  it('is masked when it is read: until then, nobody pays for it', () => {
    let reads = 0;
    const request = {
      headers: {},
      get parameters() {
        reads++;
        return { TaskAttributes: token };
      },
    };
    const first = kept({ request });
    expect(reads).toBe(0);
    expect(first.request.parameters).toEqual({ TaskAttributes: '***' });
  });

  it('cuts long bodies', () => {
    const body = kept({ response: { status: 200, headers: {}, body: 'x'.repeat(60_000) } }).response?.body;
    expect(body).toBe(`${'x'.repeat(4096)}…`);
  });

  it('leaves the record it was given as it was', () => {
    const given = record({ attempts: [attempt({ url: 'http://a:b@host.test/' })] });
    const before = structuredClone(given);
    new CallbackLog({ secrets: [token] }).add(given);
    expect(given).toEqual(before);
  });
});

describe('an entry as JSON', () => {
  it('has snake_case names and ISO dates', () => {
    const entry = new CallbackLog().add(record());
    expect(callbackEntryToJson(entry)).toEqual({
      id: 1,
      kind: 'assignment',
      at: '2026-01-02T03:04:05.006Z',
      workspace_sid: `WS${'3'.repeat(32)}`,
      task_sid: taskSid,
      worker_sid: workerSid,
      reservation_sid: `WR${'4'.repeat(32)}`,
      call_sid: null,
      event_sid: null,
      event_type: null,
      outcome: 'instruction:accept',
      result: { kind: 'instruction', instruction: { name: 'accept', parameters: {} } },
      replay_of: null,
      attempts: [
        {
          method: 'POST',
          url: 'http://127.0.0.1:3000/assignment-callback',
          role: 'primary',
          number: 1,
          started_at: '2026-01-02T03:04:05.006Z',
          duration_ms: 12.3,
          limits: { connect_ms: 5000, read_ms: 5000, total_ms: 5000 },
          request: {
            headers: { 'X-Twilio-Signature': '***' },
            parameters: { TaskSid: taskSid },
            signed: `http://127.0.0.1:3000/assignment-callbackTaskSid${taskSid}`,
          },
          response: {
            status: 200,
            headers: { 'content-type': 'application/json' },
            body: '{"instruction":"accept"}',
          },
          error: null,
          alert: null,
        },
      ],
    });
  });
});
