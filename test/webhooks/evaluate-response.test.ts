import {
  evaluateAssignmentResponse,
  evaluateEventResponse,
} from '../../src/taskrouter/webhooks/evaluate-response';

const sid = `WA${'0123456789abcdef'.repeat(2)}`;

function evaluated(body: unknown, contentType = 'application/json') {
  const response = { status: 200, headers: { 'content-type': contentType }, body: JSON.stringify(body) };
  return evaluateAssignmentResponse({ response, failure: null, durationMs: 1 });
}

describe('an assignment response', () => {
  it.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON ;charset=UTF-8'])(
    'reads %s as JSON',
    (contentType) =>
      expect(evaluated({ instruction: 'accept' }, contentType).result.kind).toBe('instruction'),
  );

  it.each(['application/jsonp', 'text/json', 'application/problem+json', 'text/html; application/json'])(
    'does not read %s as JSON',
    (contentType) =>
      expect(evaluated({ instruction: 'accept' }, contentType)).toMatchObject({
        result: { kind: 'failed' },
        alert: { code: 40000, message: expect.stringContaining(contentType) },
      }),
  );

  it('rejects with the given activity', () => {
    expect(evaluated({ instruction: 'reject', activity_sid: sid })).toEqual({
      result: { kind: 'instruction', instruction: { name: 'reject', parameters: { activity_sid: sid } } },
      alert: null,
    });
  });

  it.each([{}, { activity_sid: null }, { activity_sid: '' }])(
    'rejects without an activity, with an alert: %j',
    (parameters) => {
      expect(evaluated({ instruction: 'reject', ...parameters })).toEqual({
        result: { kind: 'instruction', instruction: { name: 'reject', parameters: {} } },
        alert: expect.objectContaining({ code: 40100, level: 'error' }),
      });
    },
  );

  it.each(['Offline', `WK${sid.slice(2)}`, `${sid}0`, 5, [sid]])(
    'does not reject with the activity %j',
    (activity) => {
      expect(evaluated({ instruction: 'reject', activity_sid: activity })).toEqual({
        result: { kind: 'none' },
        alert: expect.objectContaining({ code: 40100, level: 'error' }),
      });
    },
  );

  it.each<[string, object, object?]>([
    ['dequeue', {}],
    [
      'dequeue',
      { to: 'client:alice', from: '+15550100', timeout: '20', record: 'do-not-record' },
      { to: 'client:alice', from: '+15550100', timeout: 20, record: 'do-not-record' },
    ],
    ['dequeue', { to: 'sip:alice@example.com', post_work_activity_sid: sid, timeout: 999 }],
    [
      'dequeue',
      { status_callback_url: 'https://h/', status_callback_events: 'initiated, completed' },
      { status_callback_url: 'https://h/', status_callback_events: ['initiated', 'completed'] },
    ],
    [
      'dequeue',
      { status_callback_events: ['ringing', 'answered'], to: null, from: '' },
      { status_callback_events: ['ringing', 'answered'] },
    ],
    ['call', { from: '+15550100', url: 'http://127.0.0.1:3000/twiml', accept: true }],
    [
      'call',
      { from: 'client:desk', url: 'https://h/x?y=1', accept: 'false', to: '12345' },
      { from: 'client:desk', url: 'https://h/x?y=1', accept: false, to: '12345' },
    ],
    ['redirect', { call_sid: `CA${sid.slice(2)}`, url: 'https://h/', accept: false }],
    ['conference', {}],
    [
      'conference',
      { from: '+15550100', end_conference_on_exit: 'true', beep: 'onEnter', nonsense: 1 },
      { from: '+15550100', end_conference_on_exit: true, beep: 'onEnter' },
    ],
    ['conference', { conference_record: 'record-from-start', max_participants: 2, region: 'ie1' }],
  ])('reads %s with %j', (name, given, read = given) => {
    const result = { kind: 'instruction', instruction: { name, parameters: read } };
    expect(evaluated({ instruction: name, ...given })).toEqual({ result, alert: null });
  });

  const call = { from: '+15550100', url: 'https://h/' };
  const redirect = { call_sid: `CA${sid.slice(2)}`, url: 'https://h/' };
  it.each([
    ['dequeue', { to: 'Alice' }, 40131],
    ['dequeue', { to: ['+15550100'] }, 40131],
    ['dequeue', { from: 'tel:+15550100' }, 40132],
    ['dequeue', { post_work_activity_sid: 'WrapUp' }, 40130],
    ['dequeue', { status_callback_events: 'initiated,done' }, 40134],
    ['dequeue', { status_callback_events: { completed: true } }, 40134],
    ['dequeue', { status_callback_url: '/status' }, 40157],
    ['dequeue', { timeout: 0 }, 55555],
    ['dequeue', { timeout: 1000 }, 55555],
    ['dequeue', { timeout: '2.5' }, 55555],
    ['dequeue', { record: true }, 55555],
    ['call', { ...call, to: '+0' }, 40110],
    ['call', { url: call.url }, 40111],
    ['call', { ...call, from: 'nobody' }, 40111],
    ['call', { from: call.from }, 40112],
    ['call', { ...call, url: '' }, 40112],
    ['call', { ...call, url: 'ftp://h/' }, 40112],
    ['call', { ...call, status_callback_url: 'status' }, 40158],
    ['call', { ...call, accept: 'yes' }, 55555],
    ['call', { ...call, accept: 1 }, 55555],
    ['redirect', { call_sid: redirect.call_sid }, 40120],
    ['redirect', { ...redirect, url: 'h' }, 40120],
    ['redirect', { url: redirect.url }, 40121],
    ['redirect', { ...redirect, call_sid: sid }, 40121],
    ['redirect', { ...redirect, accept: 'maybe' }, 55555],
    ['conference', { to: '@alice' }, 40137],
    ['conference', { from: 'client:' }, 40141],
    ['conference', { post_work_activity_sid: `WK${sid.slice(2)}` }, 40139],
    ['conference', { status_callback: '//h/' }, 40159],
    ['conference', { conference_status_callback: 5 }, 40159],
    ['conference', { recording_status_callback: 'x' }, 40159],
    ['conference', { conference_recording_status_callback: 'x' }, 40159],
    ['conference', { status_callback_event: 'start' }, 55555],
    ['conference', { conference_status_callback_event: 'answered' }, 55555],
    ['conference', { max_participants: 251 }, 55555],
    ['conference', { jitter_buffer_size: 'huge' }, 55555],
    ['conference', { region: 'mars' }, 55555],
    ['conference', { wait_method: 'PUT' }, 55555],
    ['conference', { muted: 'a little' }, 55555],
  ])(
    'leaves the reservation pending after %s with %j, and gives the reason: %i',
    (name, parameters, code) => {
      const { result, alert } = evaluated({ instruction: name, ...parameters });
      expect(result).toEqual({ kind: 'none' });
      expect(alert).toMatchObject({ code, level: 'error', message: expect.stringContaining(name) });
    },
  );

  // F6: documented, and sent by applications in production.
  it.each([
    [
      'dequeue',
      'status_callback_events',
      'initiated ringing, completed',
      ['initiated', 'ringing', 'completed'],
    ],
    [
      'conference',
      'status_callback_event',
      ['initiated ringing', 'completed'],
      ['initiated', 'ringing', 'completed'],
    ],
    ['conference', 'conference_status_callback_event', ' start  end join ', ['start', 'end', 'join']],
  ])('accepts the events of %s separated by blanks: %s', (name, parameter, given, read) => {
    const { result, alert } = evaluated({ instruction: name, [parameter]: given });
    expect(alert).toBeNull();
    expect(result).toMatchObject({ instruction: { parameters: { [parameter]: read } } });
  });

  it.each(['supervise', 'constructor', 'toString', '', 7, null, ['accept'], { accept: true }])(
    'does not know the instruction %j',
    (instruction) =>
      expect(evaluated({ instruction })).toMatchObject({
        result: { kind: 'none' },
        alert: { code: 55555 },
      }),
  );

  it('gives every alert a remedy', () => {
    for (const body of ['text', [], { a: 1 }, { instruction: 'x' }, { instruction: 'call' }])
      expect(evaluated(body).alert).toMatchObject({
        message: expect.stringMatching(/./),
        remedy: expect.stringMatching(/\.$/),
      });
  });
});

describe('an event response', () => {
  const evaluated = (status: number) =>
    evaluateEventResponse({
      response: { status, headers: {}, body: 'anything' },
      failure: null,
      durationMs: 1,
    });

  it.each([200, 202, 204])('accepts %i', (status) => expect(evaluated(status)).toBeNull());
  it.each([301, 404, 500])('does not accept %i', (status) => expect(evaluated(status)?.code).toBe(11200));
});
