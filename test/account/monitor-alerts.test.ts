import { conditionOfAlerts, type MonitorAlert } from '../../src/account/monitor-alerts';

const url = 'https://care.example.com/assignment-callback';
const at = new Date('2026-01-31T12:00:00Z');
const alert = (more: Partial<MonitorAlert>): MonitorAlert => ({
  errorCode: '11200',
  dateGenerated: at,
  alertText: 'Msg=Bad+Gateway&httpResponse=502&url=https%3A%2F%2Fcare.example.com%2F%3Ftoken%3Dsecret',
  requestUrl: url,
  resourceSid: 'WR1',
  ...more,
});
const of = (more: Partial<MonitorAlert>) => conditionOfAlerts([alert(more)], [`${url}#rc=2`]);

it.each([
  [{}, 'failed'],
  [{ alertText: 'Msg=Forbidden&httpResponse=403' }, 'signature_refused'],
  [{ errorCode: '11205', alertText: 'Msg=Connection+failure' }, 'unreachable'],
  [{ requestUrl: `${url}?token=secret`, errorCode: '40000' }, 'failed'],
])('takes an alert about a callback URL for a failed request: %#', (more, reason) => {
  const { callbacks, alerts } = of(more);
  expect(alerts).toEqual([]);
  expect(callbacks).toEqual([
    expect.objectContaining({ url, at: at.getTime(), failure: expect.objectContaining({ reason }) }),
  ]);
});

it('shows the message of an alert, and no other field, which can hold secrets', () => {
  const { callbacks } = of({});
  expect(callbacks[0]?.failure?.message).toBe("Twilio's debugger has error 11200: Bad Gateway");
});

it('takes an alert with a code of TaskRouter for one, wherever it comes from', () => {
  const { callbacks, alerts } = of({ errorCode: '40154', requestUrl: '', alertText: 'No such worker.' });
  expect({ callbacks, alerts }).toEqual({
    callbacks: [],
    alerts: [
      {
        code: 40154,
        at: at.getTime(),
        place: 'WR1',
        message: "Twilio's debugger has error 40154: No such worker",
        remedy: expect.stringContaining('friendly name'),
      },
    ],
  });
});

it.each(['11200', '21211', '82005', '30003'])('leaves out the alert %s about something else', (errorCode) => {
  expect(of({ errorCode, requestUrl: 'https://other.example.com/sms' })).toEqual({
    callbacks: [],
    alerts: [],
  });
});
