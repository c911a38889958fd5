import type { Call } from '../../assets/calls/call';
import { CallerPhone, onProgress } from '../../assets/calls/caller-phone';
import { aCall, clientDouble, FeedDouble } from './samples';

/** A phone whose requests the test responds to. */
function aPhone() {
  const feed = new FeedDouble();
  const { client, requests } = clientDouble();
  return { feed, requests, phone: new CallerPhone(feed, client) };
}

const first = aCall({ call_sid: 'CA1' });
const second = aCall({ call_sid: 'CA2', from: '+15550112' });

it('is there while TaskRouter tells about calls, and during an interruption', () => {
  const { feed, phone } = aPhone();
  const shown: boolean[] = [];
  for (const connection of ['open', 'closed', 'absent', 'closed'] as const) {
    feed.connect(connection);
    shown.push(phone.state.isAvailable);
  }
  expect(shown).toEqual([true, true, false, false]);
});

it('shows the call in progress after a reload, and no call to somebody', () => {
  const { feed, phone } = aPhone();
  feed.show(aCall({ call_sid: 'CA0', status: 'completed' }));
  feed.show(aCall({ call_sid: 'CA9', direction: 'outbound-api' }));
  expect(phone.state.call).toBeNull();
  feed.show(first);
  expect(phone.state.call).toBe(first);
});

it('shows a call as soon as it rings, and goes on showing it when it is over', async () => {
  const { feed, phone, requests } = aPhone();
  feed.show(first);
  phone.choose(null);
  expect(phone.state.call).toBeNull();
  const begun = phone.begin('+15550112', '');
  expect(requests[0]?.request).toEqual(['begin', '+15550112', '']);
  expect(phone.state.call).toBeNull();
  feed.show(second);
  expect(phone.state.call).toBe(second);
  requests[0]?.respond(second);
  await begun;
  const over = { ...second, status: 'completed' } as const;
  feed.show(over);
  expect(phone.state).toMatchObject({ call: over, calls: [first] });
});

it('changes between several calls', () => {
  const { feed, phone } = aPhone();
  feed.show(first, second);
  expect(phone.state.calls).toEqual([first, second]);
  phone.choose('CA1');
  expect(phone.state.call).toBe(first);
});

it('leaves the form alone while somebody fills it in', () => {
  const { feed, phone } = aPhone();
  phone.choose(null);
  feed.show(first);
  expect(phone.state).toMatchObject({ call: null, calls: [first] });
});

it('presses keys, speaks, and hangs up in the call that is shown', async () => {
  const { feed, phone, requests } = aPhone();
  await phone.press('1');
  expect(requests).toEqual([]);
  feed.show(first);
  void phone.press('1');
  void phone.say('Spanish');
  void phone.hangUp();
  expect(requests.map(({ request }) => request)).toEqual([
    ['press', 'CA1', '1'],
    ['say', 'CA1', 'Spanish'],
    ['act', 'CA1', 'hang_up'],
  ]);
});

it('says why a call could not begin, and shows the form again', async () => {
  const { feed, phone, requests } = aPhone();
  const begun = phone.begin('nonsense', '');
  requests[0]?.refuse("Value 'nonsense' provided for from is not a phone number");
  await begun;
  expect(phone.state.error).toMatch(/^Value 'nonsense'/);
  feed.show(first);
  expect(phone.state.call).toBeNull();
  phone.choose('CA1');
  expect(phone.state.error).toBeNull();
});

it('tells when the call that is shown may have changed tasks and workers', () => {
  const { feed, phone } = aPhone();
  let progress = 0;
  onProgress(phone, () => {
    progress += 1;
  });
  const line = (who: string, verb: string) => ({ at: '', who, verb, text: '' });
  const after = (...calls: Call[]) => {
    progress = 0;
    feed.show(...calls);
    return progress;
  };
  const asked = { ...first, transcript: [line('twilio', 'Gather')] };
  const pressed = { ...first, transcript: [...asked.transcript, line('caller', 'presses')] };
  expect([after(first), after(asked), after(pressed)]).toEqual([1, 0, 1]);
  expect([after(second), after({ ...pressed, task_sid: 'WT1' })]).toEqual([0, 1]);
  phone.choose(null);
  expect(after({ ...pressed, status: 'completed' })).toBe(0);
});
