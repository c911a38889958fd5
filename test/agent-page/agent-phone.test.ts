import { AgentPhone } from '../../assets/agent/agent-phone';
import { callerOf, endingOf, hearsTwiml } from '../../assets/agent/call-text';
import type { ReservationView } from '../../assets/agent/reservation-view';
import type { Call } from '../../assets/calls/call';
import { aCall, clientDouble, FeedDouble } from '../calls/samples';
import { aView } from './samples';

/** Alice's phone, and the alerts that it has shown. */
function aPhone(reservations: ReservationView[] = []) {
  const feed = new FeedDouble();
  const opened: string[] = [];
  const alerts: string[] = [];
  const { client, requests } = clientDouble();
  const phone = new AgentPhone({
    newFeed: (workerSid) => {
      opened.push(workerSid);
      return feed;
    },
    client,
    alerts: {
      ringing: (sid, text) => alerts.push(`${sid} ${text}`),
      ended: (sid) => alerts.push(`${sid} ended`),
    },
    reservations: () => reservations,
  });
  phone.open('WKalice');
  return { feed, phone, requests, opened, alerts };
}

const toAlice = (part: Partial<Call> = {}) =>
  aCall({
    call_sid: 'CA1',
    from: '+15555550100',
    to: 'client:alice',
    direction: 'outbound-api',
    status: 'ringing',
    ...part,
  });
const shown = ({ state }: AgentPhone) => state.calls.map(({ call }) => `${call.call_sid} ${call.status}`);

it('is opened once', () => {
  const { phone, opened, feed } = aPhone();
  phone.open('WKalice');
  expect([opened, feed.state.connection]).toEqual([['WKalice'], 'open']);
});

it('rings, says who calls and for which queue, and is silent once the call is answered', () => {
  const attributes = { selected_language: 'es', call_sid: 'CA0', from: '+15550111' };
  const { feed, phone, alerts } = aPhone([aView({ sid: 'WR1', attributes })]);
  feed.show(toAlice({ reservation_sid: 'WR1' }));
  const text = '+15550111, Spanish';
  expect(phone.state.urgentAnnouncement).toBe(`Your phone rings: ${text}.`);
  feed.show(toAlice({ reservation_sid: 'WR1', transcript: [] }));
  feed.show(toAlice({ reservation_sid: 'WR1', status: 'in-progress' }));
  expect(alerts).toEqual([`CA1 ${text}`, 'CA1 ended']);
  expect(phone.state.announcement).toBe('Connected to +15550111.');
  feed.show(toAlice({ reservation_sid: 'WR1', status: 'completed' }));
  expect(phone.state.announcement).toBe('Call from +15550111: The call is over.');
});

it('shows calls until they are over and dismissed, and none that was over before', () => {
  const { feed, phone } = aPhone();
  feed.show(toAlice({ call_sid: 'CA0', status: 'completed' }));
  expect(shown(phone)).toEqual([]);
  feed.show(toAlice());
  feed.show(toAlice({ call_sid: 'CA2' }));
  feed.show(toAlice({ status: 'no-answer' }));
  expect(shown(phone)).toEqual(['CA2 ringing', 'CA1 no-answer']);
  phone.dismiss('CA1');
  expect(shown(phone)).toEqual(['CA2 ringing']);
});

it('shows only the last calls that are over', () => {
  const { feed, phone } = aPhone();
  for (const call_sid of ['CA1', 'CA2', 'CA3']) {
    feed.show(toAlice({ call_sid }));
    feed.show(toAlice({ call_sid, status: 'completed' }));
  }
  expect(shown(phone)).toEqual(['CA3 completed', 'CA2 completed']);
});

it('answers, presses keys, speaks, and says at the call why it could not', async () => {
  const { feed, phone, requests } = aPhone();
  feed.show(toAlice());
  const answered = phone.act('CA1', 'answer');
  void phone.press('CA1', '1');
  void phone.say('CA1', 'yes');
  expect(requests.map(({ request }) => request.join(' '))).toEqual([
    'act CA1 answer',
    'press CA1 1',
    'say CA1 yes',
  ]);
  requests[0]?.refuse('Call CA1 is not in progress');
  await answered;
  expect(phone.state.calls[0]?.error).toBe('Call CA1 is not in progress');
  void phone.act('CA1', 'hang_up');
  feed.show(toAlice({ status: 'in-progress' }));
  expect(phone.state.calls[0]?.error).toBeNull();
});

it('names the caller, and why the call is over', () => {
  expect(callerOf(toAlice(), undefined)).toBe('+15555550100');
  expect(callerOf(toAlice(), aView({ attributes: { from: 7 } }))).toBe('+15555550100');
  expect(endingOf(toAlice({ status: 'canceled' }))).toBe('The call was canceled before you answered.');
});

it('has a use for keys only where TwiML runs', () => {
  const line = (verb: string) => [{ at: '', who: 'twilio', verb, text: '' }];
  expect(hearsTwiml({ transcript: line('requests') })).toBe(true);
  expect(hearsTwiml({ transcript: line('calls') })).toBe(false);
});
