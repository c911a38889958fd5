import { handler as afterQueue } from '../../functions/after-queue.protected';
import { handler as agentWhisper } from '../../functions/agent-whisper.protected';
import { handler as enqueueCall } from '../../functions/enqueue-call.protected';
import { handler as incomingCall } from '../../functions/incoming-call.protected';
import { handler as wait } from '../../functions/wait.protected';
import type { FunctionHandler } from '../../src/adapter/runtime';
import { languages } from '../../src/steps/voice/languages';
import { verbsOf } from '../../src/taskrouter/voice/twiml/twiml';
import { exampleSid, functionContext, invoke, logged } from '../support/twilio-runtime';

const [english, spanish] = languages as unknown as [(typeof languages)[0], (typeof languages)[0]];
const reservationSid = exampleSid('WR');

/** The verbs with which a Function answers a request of Twilio's voice. */
async function twimlOf(handler: FunctionHandler, form: object = {}, variables: Record<string, unknown> = {}) {
  const event = { request: { headers: {}, cookies: {} }, CallSid: exampleSid('CA'), ...form };
  const response = await invoke(handler, { context: functionContext(variables), event });
  expect(response).toMatchObject({ status: 200, headers: { 'content-type': 'text/xml' } });
  return verbsOf(response.body);
}

const say = (text: string, language?: string) =>
  expect.objectContaining({ verb: 'Say', text, attributes: language ? { language } : {} });
const verb = (name: string, attributes: object = {}, more: object = {}) =>
  expect.objectContaining({ verb: name, attributes, ...more });
const hangup = verb('Hangup');
const redirectTo = (text: string) => verb('Redirect', {}, { text });

describe('incoming-call', () => {
  it('asks for the language in each of them, in the order of the keys', async () => {
    const [gather] = await twimlOf(incomingCall);
    expect(gather).toMatchObject({
      verb: 'Gather',
      attributes: { numDigits: '1', timeout: '5', action: '/enqueue-call?attempt=1' },
    });
    expect(gather?.children).toEqual([say(spanish.choice, 'es-US'), say(english.choice, 'en-US')]);
  });

  it('asks a caller who presses nothing once more, and then goes on with the default', async () => {
    expect((await twimlOf(incomingCall)).at(-1)).toEqual(redirectTo('/incoming-call?attempt=2'));
    expect((await twimlOf(incomingCall, { attempt: '2' })).at(-1)).toEqual(redirectTo('/enqueue-call'));
  });
});

describe('enqueue-call', () => {
  it.each([
    ['the key of Spanish', { Digits: '1', attempt: '1' }, 'es'],
    ['the key of English', { Digits: '2', attempt: '1' }, 'en'],
    ['no key', {}, 'en'],
    ['a wrong key, for the second time', { Digits: '9', attempt: '2' }, 'en'],
  ])('creates a task after %s', async (_, form, language) => {
    const [enqueue, ...others] = await twimlOf(enqueueCall, form);
    expect(others).toEqual([]);
    expect(enqueue).toMatchObject({
      verb: 'Enqueue',
      attributes: {
        workflowSid: exampleSid('WW'),
        waitUrl: `/wait?language=${language}`,
        action: `/after-queue?language=${language}`,
      },
    });
    const [task] = enqueue?.children ?? [];
    expect({ verb: task?.verb, attributes: JSON.parse(task?.text ?? '') }).toEqual({
      verb: 'Task',
      attributes: { selected_language: language },
    });
  });

  it('asks again after the first wrong key', async () => {
    expect(await twimlOf(enqueueCall, { Digits: '9', attempt: '1' })).toEqual([
      redirectTo('/incoming-call?attempt=2'),
    ]);
  });

  it.each([undefined, exampleSid('WQ')])(
    'tells the caller that nobody can take the call, and the log why, when WORKFLOW_SID is %s',
    async (sid) => {
      const verbs = await twimlOf(enqueueCall, { Digits: '1', language: 'es' }, { WORKFLOW_SID: sid });
      expect(verbs).toEqual([say(spanish.failed, 'es-US'), hangup]);
      expect(logged).toEqual([
        'enqueue-call workflow_sid_missing: set WORKFLOW_SID to the sid of a workflow (WW…)',
      ]);
    },
  );
});

describe('wait', () => {
  it.each([
    ['next, with an estimate', { QueuePosition: '1', AvgQueueTime: '90', QueueTime: '10' }, 1, 2],
    ['next, without an estimate', { QueuePosition: '1', AvgQueueTime: '0' }, 1, null],
    ['fourth', { QueuePosition: '4', AvgQueueTime: '600', QueueTime: '0' }, 4, 10],
    ['later than the average', { QueuePosition: '2', AvgQueueTime: '60', QueueTime: '300' }, 2, 1],
  ])(
    'tells a caller who is %s the place and the time, and plays music',
    async (_, form, position, minutes) => {
      for (const { code, voice, waiting } of languages) {
        expect(await twimlOf(wait, { ...form, language: code })).toEqual([
          say(waiting(position, minutes), voice),
          verb('Play', {}, { text: '/hold-music.wav' }),
        ]);
      }
    },
  );

  it('only plays music when the place is not known', async () => {
    expect(await twimlOf(wait, { QueuePosition: 'x' })).toEqual([expect.objectContaining({ verb: 'Play' })]);
  });
});

describe('after-queue', () => {
  it.each([
    ['leave', spanish.left],
    ['error', spanish.failed],
    ['system-error', spanish.failed],
    ['queue-full', spanish.failed],
  ])('says goodbye after %s', async (QueueResult, text) => {
    expect(await twimlOf(afterQueue, { QueueResult, language: 'es' })).toEqual([say(text, 'es-US'), hangup]);
  });

  it.each(['bridged', 'hangup', 'redirected', undefined])('says nothing after %s', async (QueueResult) => {
    expect(await twimlOf(afterQueue, { QueueResult })).toEqual([hangup]);
  });
});

describe('agent-whisper', () => {
  const form = { reservation_sid: reservationSid, language: 'es' };

  it('tells the agent the language, and hangs up if no key is pressed', async () => {
    const [gather, ...others] = await twimlOf(agentWhisper, form);
    expect(gather).toMatchObject({
      verb: 'Gather',
      attributes: { numDigits: '1', action: `/agent-whisper?reservation_sid=${reservationSid}` },
    });
    expect(gather?.children).toEqual([say('A call in Spanish. Press any key to take it.')]);
    expect(others).toEqual([hangup]);
  });

  it('connects the agent to the caller after any key', async () => {
    const activity = exampleSid('WA');
    const [dial, ...others] = await twimlOf(
      agentWhisper,
      { ...form, Digits: '5' },
      { POST_WORK_ACTIVITY_SID: activity },
    );
    expect(others).toEqual([]);
    expect(dial).toMatchObject({ verb: 'Dial' });
    expect(dial?.children).toEqual([verb('Queue', { reservationSid, postWorkActivitySid: activity })]);
  });

  it.each([
    ['reservation_sid_missing', { reservation_sid: undefined }, {}],
    ['reservation_sid_missing', { reservation_sid: 'WR1"/><Dial>' }, {}],
    ['post_work_activity_sid_malformed', {}, { POST_WORK_ACTIVITY_SID: 'Busy' }],
  ])('ends the call and logs %s if a value is missing or malformed', async (code, changes, variables) => {
    const verbs = await twimlOf(agentWhisper, { ...form, ...changes }, variables);
    expect(verbs).toEqual([say(spanish.failed, 'es-US'), hangup]);
    expect(logged).toEqual([expect.stringMatching(`^agent-whisper ${code}: `)]);
  });
});

it('generates music that a telephone can play: 8 kHz, one byte per sample', () => {
  const wave: Buffer = require('../../assets/hold-music.wav.generated.js')();
  expect(wave.toString('latin1', 0, 16)).toMatch(/^RIFF.{4}WAVEfmt $/s);
  const muLaw = 7;
  expect([wave.readUInt16LE(20), wave.readUInt16LE(22), wave.readUInt32LE(24)]).toEqual([muLaw, 1, 8000]);
  expect(wave.readUInt32LE(4)).toBe(wave.length - 8);
  const samples = wave.subarray(58);
  expect(samples.length).toBe(wave.readUInt32LE(54));
  // Silence is 0xff and 0x7f: there is something to hear in every second.
  const isQuiet = (byte: number) => byte === 0xff || byte === 0x7f;
  for (let start = 0; start < samples.length; start += 8000)
    expect(samples.subarray(start, start + 8000).every(isQuiet)).toBe(false);
});
