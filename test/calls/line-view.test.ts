import { talkedMs } from '../../assets/calls/call';
import { clockText } from '../../assets/calls/components/talk-time';
import { lineView } from '../../assets/calls/line-view';
import { aCall } from './samples';

const view = (who: string, verb: string, text = '') => lineView({ at: '', who, verb, text });

it('puts what is said and pressed on the side of who does it', () => {
  expect(view('twilio', 'Say', 'Hello')).toMatchObject({ kind: 'speech', side: 'twilio', speaker: 'Twilio' });
  expect(view('caller', 'says', 'Spanish')).toMatchObject({
    kind: 'speech',
    side: 'person',
    speaker: 'Caller',
  });
  expect(view('Alice', 'presses', '1#')).toMatchObject({ kind: 'keys', side: 'person', text: '1#' });
});

it('notes everything else, verbs of TwiML in angle brackets', () => {
  expect(view('twilio', 'Gather', 'dtmf')).toMatchObject({ kind: 'note', verb: '<Gather>', text: 'dtmf' });
  expect(view('Alice', 'is called', 'client:alice')).toMatchObject({ kind: 'note', verb: 'is called' });
});

it('shortens requests to the application and SIDs, but not what is said', () => {
  const sid = `WT${'0'.repeat(28)}abcd`;
  expect(view('twilio', 'requests', `POST http://127.0.0.1:3000/wait?sid=${sid}&language=es: 200`).text).toBe(
    'POST /wait?sid=abcd&language=es: 200',
  );
  expect(view('twilio', 'Enqueue', `Task ${sid}`).text).toBe('Task abcd');
  expect(view('twilio', 'Say', sid).text).toBe(sid);
});

it('tells how long a call has been connected', () => {
  const answered_at = '2026-01-31T12:00:00.000Z';
  const now = Date.parse('2026-01-31T12:01:05.900Z');
  expect(talkedMs(aCall({ answered_at: null }), now)).toBeNull();
  expect(clockText(talkedMs(aCall({ answered_at }), now) ?? 0)).toBe('1:05');
  const over = aCall({ answered_at, ended_at: '2026-01-31T13:01:02.000Z' });
  expect(clockText(talkedMs(over, now) ?? 0)).toBe('1:01:02');
  expect(talkedMs(aCall({ answered_at: '2027-01-31T12:00:00.000Z' }), now)).toBe(0);
});
