import { finding } from '../../src/doctor/finding';
import { withReceivers } from '../../src/doctor/receiver-findings';
import type { AskedUrl } from '../../src/doctor/receivers';

const assignments = 'https://care.example.com/assignment-callback';
const events = 'https://care.example.com/event-callback';
const past = [
  finding('callback_unreachable', assignments, 'Nothing responded', 'Start it.'),
  finding('signature_refused', assignments, 'Status 403', 'Check the token.'),
  finding('callback_failed', assignments, 'Status 500', 'Check the log.'),
];
const after = (...urls: AskedUrl[]) =>
  withReceivers(past, { target: 'local', functions: null, urls }).map(({ code, place }) => [code, place]);
const asked = (url: string, more: Partial<AskedUrl> = {}): AskedUrl => ({
  url,
  durationMs: 1,
  unreachable: null,
  acceptsSignature: null,
  ...more,
});

it('keeps what past callbacks met if nobody was asked', () => {
  expect(after().map(([code]) => code)).toEqual([
    'callback_unreachable',
    'signature_refused',
    'callback_failed',
  ]);
});

it('drops that a URL was unreachable once it responds again', () => {
  expect(after(asked(assignments)).map(([code]) => code)).toEqual(['signature_refused', 'callback_failed']);
});

it('drops that a signature was refused once another URL of the same Functions accepts one', () => {
  expect(after(asked(assignments), asked(events, { acceptsSignature: true }))).toEqual([
    ['callback_failed', assignments],
  ]);
});

it('says once that a URL is still unreachable', () => {
  expect(after(asked(assignments, { unreachable: 'Nothing responds' }))).toEqual([
    ['signature_refused', assignments],
    ['callback_failed', assignments],
    ['callback_unreachable', assignments],
  ]);
});
