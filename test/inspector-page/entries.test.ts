import { execFileSync } from 'node:child_process';
import { callSubject, callTitle, relatedCalls, talkedText } from '../../src/inspector-page/data/call-text';
import { compareLines } from '../../src/inspector-page/data/compare-lines';
import { callbackAsCurl, requestAsCurl } from '../../src/inspector-page/data/copy-as-curl';
import { entryOf } from '../../src/inspector-page/data/entries';
import { summaryOf } from '../../src/inspector-page/data/entry-text';
import {
  countKinds,
  defaultFilter,
  type Filter,
  filterEntries,
  maxShown,
} from '../../src/inspector-page/data/filters';
import { NameIndex } from '../../src/inspector-page/data/name-index';

import { signatureOf, signedText } from '../../src/taskrouter/webhooks/signature';
import {
  alert,
  attempt,
  call,
  callback,
  callSid,
  request,
  taskSid,
  voiceRequest,
  workerSid,
} from './samples';

describe('the filter', () => {
  const entries = [
    request({ id: 1 }),
    request({ id: 2, method: 'GET', task_sid: null, status: 404 }),
    callback({ id: 3 }),
    callback({ id: 4, kind: 'event', event_type: 'task.created', outcome: 'dropped', worker_sid: null }),
    alert({ id: 5 }),
  ];
  const ids = (filter: Partial<Filter>) =>
    filterEntries(entries, { ...defaultFilter, ...filter }).map(({ id }) => id);
  const all = new Set(['change', 'read', 'assignment', 'event', 'alert'] as const);

  it('shows the newest first, and reads on demand', () => {
    expect(ids({})).toEqual([5, 4, 3, 1]);
    expect(ids({ kinds: all })).toEqual([5, 4, 3, 2, 1]);
    expect(ids({ kinds: new Set(['read']) })).toEqual([2]);
  });

  it('filters by task, worker, and errors', () => {
    expect(ids({ kinds: all, taskSid })).toEqual([5, 4, 3, 1]);
    expect(ids({ workerSid })).toEqual([5, 3]);
    expect(ids({ kinds: all, errorsOnly: true })).toEqual([5, 4, 2]);
  });

  it('narrows down by outcome: of a request its status, of an alert its level', () => {
    expect(ids({ outcome: 'no instruction' })).toEqual([3]);
    expect(ids({ outcome: 'dropped' })).toEqual([4]);
    expect(ids({ kinds: all, outcome: '404' })).toEqual([2]);
    expect(ids({ outcome: 'error' })).toEqual([5]);
    expect(ids({ outcome: 'accept' })).toEqual([]);
  });

  it('searches in everything, for all the words and in any case', () => {
    expect(ids({ text: 'createtask' })).toEqual([1]);
    expect(ids({ text: 'ALICE x-twilio' })).toEqual([4, 3]);
    expect(ids({ text: 'alice bob' })).toEqual([]);
    expect(ids({ text: '"name":"o\'neil"' })).toEqual([1]);
  });

  it('filters by call, and gives the requests of a call the task and the worker of the call', () => {
    const ofCall = [...entries, voiceRequest({ id: 6 }), voiceRequest({ id: 7, call_sid: `${callSid}2` })];
    const calls = new Map([[callSid, call({ worker_sid: workerSid })]]);
    const found = (filter: Partial<Filter>, known = calls) =>
      filterEntries(ofCall, { ...defaultFilter, ...filter }, known).map(({ id }) => id);
    expect(found({ callSid })).toEqual([6]);
    expect(found({ taskSid })).toEqual([6, 5, 4, 3, 1]);
    expect(found({ workerSid })).toEqual([6, 5, 3]);
    expect(found({ taskSid }, new Map())).toEqual([5, 4, 3, 1]);
    expect(found({ kinds: new Set(['voice']) })).toEqual([7, 6]);
  });

  it('shows so many at most, and counts all of them', () => {
    const many = Array.from({ length: maxShown + 5 }, (_, id) => request({ id }));
    expect(filterEntries(many, defaultFilter)).toHaveLength(maxShown);
    expect(countKinds(many)).toEqual({
      change: maxShown + 5,
      read: 0,
      assignment: 0,
      event: 0,
      voice: 0,
      alert: 0,
    });
  });
});

describe('names', () => {
  it('come from callbacks and responses', () => {
    const names = new NameIndex();
    names.add(callback());
    names.add(request({ response: { sid: 'WQ1', friendly_name: 'Spanish' } }));
    expect([names.of(workerSid), names.of('WQ1'), names.of('WQ2'), names.of(null)]).toEqual([
      'Alice',
      'Spanish',
      undefined,
      undefined,
    ]);
    expect(names.all('WK')).toEqual([[workerSid, 'Alice']]);
  });
});

describe('a row', () => {
  const names = new NameIndex();
  it('says what it is and how it ended', () => {
    expect(summaryOf(request(), names)).toMatchObject({
      title: 'CreateTask',
      result: '201',
      duration: '3 ms',
    });
    expect(summaryOf(request({ operation: null, method: 'GET', path: '/x' }), names).title).toBe('GET /x');
    expect(summaryOf(callback({ outcome: 'instruction:accept' }), names)).toMatchObject({
      title: 'Assignment callback',
      result: '200 accept',
    });
    expect(summaryOf(callback({ replay_of: 2, outcome: 'refused' }), names)).toMatchObject({
      title: 'Replay of #2: Assignment callback',
      result: '200 would be: refused',
    });
    expect(summaryOf(alert(), names)).toMatchObject({
      title: '11200 status 500 instead of 200',
      result: 'error',
    });
  });

  it('names the path of a request of a call, and the call', () => {
    expect(summaryOf(voiceRequest(), names)).toMatchObject({
      title: '/enqueue-call',
      subject: 'CA…5555',
      result: '200 TwiML',
    });
    expect(summaryOf(voiceRequest({ replay_of: 4 }), names).title).toBe('Replay of #4: /enqueue-call');
  });

  it('says of a call between whom it was, and how long', () => {
    expect([callTitle(call()), talkedText(call()), callSubject(call(), names)]).toEqual([
      '+15550111 → +15550100',
      '65 s',
      'WT…1111',
    ]);
    expect([talkedText(call({ ended_at: null })), talkedText(call({ answered_at: null }))]).toEqual(['', '']);
  });

  it('names the other calls of the task, and those that dialed each other', () => {
    const alice = call({ call_sid: 'CAalice' });
    const dialed = call({ call_sid: 'CAdialed', task_sid: null, parent_call_sid: callSid });
    const other = call({ call_sid: 'CAother', task_sid: null });
    const calls = new Map([call(), alice, dialed, other].map((each) => [each.call_sid, each]));
    const related = (each: ReturnType<typeof call>) =>
      relatedCalls(each, calls).map(({ call_sid }) => call_sid);
    expect([related(call()), related(dialed), related(other)]).toEqual([
      ['CAalice', 'CAdialed'],
      [callSid],
      [],
    ]);
  });

  it('is made of what the stream tells, and of nothing else', () => {
    expect(entryOf('alert', { id: 3, date: '2026-01-31T12:00:00.000Z' })).toMatchObject({
      type: 'alert',
      at: '2026-01-31T12:00:00.000Z',
    });
    expect(entryOf('state', {})).toBeUndefined();
  });
});

describe('copy as curl', () => {
  /** What curl would be given, as a shell reads it. */
  const words = (line: string) =>
    execFileSync('sh', ['-c', line.replace(/^curl/, 'printf "%s\\n"')], {
      env: { TASKROUTER_BASE_URL: 'http://base', TWILIO_ACCOUNT_SID: 'AC1', TWILIO_AUTH_TOKEN: 'token' },
      encoding: 'utf8',
    })
      .trimEnd()
      .split('\n');

  it('repeats the request, with credentials from variables', () => {
    const line = requestAsCurl(request());
    expect(line).not.toContain('token');
    expect(words(line)).toEqual([
      '-X',
      'POST',
      'http://base/v1/Workspaces/WS1/Tasks',
      '--data-urlencode',
      'Attributes={"name":"O\'Neil"}',
      '-u',
      'AC1:token',
    ]);
  });

  it('keeps a query in the address, and lets the shell interpret nothing', () => {
    const url = '/v1/Workspaces?FriendlyName=$(date)`x`"\\';
    const line = requestAsCurl(
      request({ method: 'GET', path: '/v1/Workspaces', url, parameters: [['FriendlyName', 'x']] }),
    );
    expect(words(line)).toEqual(['-X', 'GET', `http://base${url}`, '-u', 'AC1:token']);
  });

  it('signs a callback with the auth token in a variable', () => {
    const parameters = { Name: "it's" };
    const { url, request: sent } = attempt();
    const signed = signedText(url, parameters);
    const line = callbackAsCurl(attempt({ request: { ...sent, parameters, signed } }));
    expect(words(line)).toEqual([
      '-X',
      'POST',
      'http://127.0.0.1:3000/assignment-callback',
      '-H',
      `X-Twilio-Signature: ${signatureOf('token', url, parameters)}`,
      '--data-urlencode',
      "Name=it's",
    ]);
  });
});

describe('a comparison', () => {
  it('puts equal lines next to each other, and what was replaced beside what replaced it', () => {
    expect(compareLines('200\n{\n  "a": 1\n}', '200\n{\n  "a": 2,\n  "b": 3\n}')).toEqual([
      { before: '200', after: '200' },
      { before: '{', after: '{' },
      { before: '  "a": 1', after: '  "a": 2,' },
      { before: null, after: '  "b": 3' },
      { before: '}', after: '}' },
    ]);
  });

  it('keeps every line of both, in order', () => {
    const before = 'a\nb\nc\nd\ne';
    const after = 'x\nb\nd\ny\nz\ne';
    const lines = compareLines(before, after);
    const side = (name: 'before' | 'after') =>
      lines.map((line) => line[name]).filter((line) => line !== null);
    expect(side('before').join('\n')).toBe(before);
    expect(side('after').join('\n')).toBe(after);
  });

  it('sets very long texts side by side', () => {
    const long = 'x\n'.repeat(500);
    expect(compareLines(long, `${long}y`)).toHaveLength(501);
  });
});
