import { connectionAfter, outOfReach } from '../../assets/agent/agent-connection';
import { idleText, pageTitle, tasksByChannel, waiting } from '../../assets/agent/agent-view';
import { regionOf, renewAfterMs, workerTokenIn } from '../../assets/agent/worker-token';
import { signAccessToken } from '../../src/taskrouter/http/access-token';
import { aCall } from '../calls/samples';
import { aResponse } from '../page/samples';
import { exampleSid } from '../support/twilio-runtime';
import { testSigner } from '../support/worker-sdk';
import { aView } from './samples';

const activity = (activity_name: string, available: boolean) => ({
  activity_sid: exampleSid('WA'),
  activity_name,
  available,
});
const agent = {
  name: 'Alice',
  activity: activity('Offline', false),
  activities: [activity('Offline', false), activity('Idle', true)],
  channels: [],
};

it('says what to do if there is no task', () => {
  expect(idleText(agent)).toBe(
    'You are Offline, so TaskRouter offers you nothing. Choose Idle to get tasks.',
  );
  expect(idleText({ ...agent, activities: [agent.activity] })).not.toMatch('Choose');
  expect(idleText({ ...agent, activity: activity('Idle', true) })).toMatch('You are available.');
});

it('counts the tasks on each channel until they end', () => {
  const reservations = [
    aView(),
    aView({ status: 'accepted', channel: 'chat' }),
    aView({ status: 'wrapping', channel: 'chat' }),
    aView({ status: 'completed', channel: 'chat' }),
  ];
  expect(Object.fromEntries(tasksByChannel(reservations))).toEqual({ default: 1, chat: 2 });
});

it('counts in the title what waits for the worker', () => {
  const reservations = [
    aView({ sid: 'WR1' }),
    aView({ sid: 'WR2' }),
    aView({ sid: 'WR3', status: 'accepted' }),
  ];
  const ringing = (reservation_sid: string | null) => ({
    call: aCall({ status: 'ringing', reservation_sid }),
    error: null,
  });
  // A call to answer an offer is no second one.
  expect(waiting(reservations, [ringing('WR1')])).toBe(2);
  expect(waiting(reservations, [ringing('WR3'), ringing(null), { call: aCall(), error: null }])).toBe(4);
  expect(pageTitle('Alice', 2)).toBe('(2) Alice · Agent');
  expect(pageTitle('Alice', 0)).toBe('Alice · Agent');
  expect(pageTitle(undefined, 0)).toBe('Agent');
});

it.each([
  [401, { code: 'sign_in_required' }, 'signed-out'],
  [404, { code: 'worker_not_found' }, 'refused'],
  [500, { code: 'configuration' }, 'refused'],
  [500, { code: 'operator_not_configured' }, 'closed'],
  [503, {}, 'lost'],
  [429, {}, 'lost'],
  [0, undefined, 'lost'],
])('knows what a response with status %i means', (status, body, state) => {
  expect(connectionAfter(aResponse(status, body)).state).toBe(state);
});

it('renews a token before it expires, whatever the clock of this computer says', () => {
  const token = signAccessToken(testSigner, { workspaceSid: exampleSid('WS'), role: 'admin' } as never, {
    now: Date.UTC(2001, 0, 1),
    ttlSeconds: 3600,
  });
  expect(renewAfterMs(token)).toBe(54 * 60_000);
});

it('reads a token only from a response that has one', () => {
  expect(workerTokenIn(aResponse(200, { token: 'eyJ' }))).toEqual({ token: 'eyJ' });
  expect(workerTokenIn(aResponse(200, 'hello'))).toBeUndefined();
  expect(workerTokenIn(aResponse(500, { token: 'eyJ' }))).toBeUndefined();
});

it('takes the region from the token', () => {
  const withHeader = (header: object) => `${Buffer.from(JSON.stringify(header)).toString('base64url')}.e30.x`;
  expect(regionOf(withHeader({ alg: 'HS256', twr: 'ie1', x: '¿?' }))).toBe('ie1');
  expect(regionOf(withHeader({ alg: 'HS256' }))).toBeUndefined();
});

it.each([
  ['on another computer', 'http://127.0.0.1:4040/v1/wschannels', 'http://192.168.1.5:3000/agent.html', true],
  ['on this computer', 'http://127.0.0.1:4040/v1/wschannels', 'http://localhost:3000/agent.html', false],
  ['through a tunnel', 'http://127.0.0.1:4040/v1/wschannels', 'https://name.example/agent.html', false],
  ['deployed', null, 'https://lifecycle-1234.twil.io/agent.html', false],
])('knows whether the event bridge is out of reach of a page %s', (_where, bridge, page, isOutOfReach) => {
  expect(outOfReach(bridge, page) !== null).toBe(isOutOfReach);
});
