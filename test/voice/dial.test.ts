import type { SimulatedCall } from '../../src/testkit/contract';
import { CallScenes, heard } from '../support/call-scenes';

const scenes = new CallScenes().register();
const { server } = scenes;
const none = () => ({});
const ringing = { outcome: 'no-answer' };

/** A caller whose TwiML is `verbs`, and the phones of Alice and Bob. */
function dialing(verbs: string, ofAlice: object, ofBob: object = {}, more: Record<string, string> = {}) {
  const documents = { '/incoming-call': verbs, '/dialed': '<Say>Dialed</Say>', ...more };
  scenes.ofBob = ofBob;
  return scenes.scene(ofAlice, none, documents);
}
const dialed = () => server.requests.find(({ path }) => path === '/dialed')?.parameters;
const legs = () => scenes.taskRouter.calls().filter(({ direction }) => direction === 'outbound-dial');
/** The calls that Dial placed, in the order of their nouns. */
const ends = () =>
  legs()
    .map(({ to, status }) => `${to} ${status}`)
    .reverse();
const leg = (index: number) => [...legs()].reverse()[index] as SimulatedCall;
const advance = (seconds: number) => scenes.taskRouter.advance(seconds);

describe('Dial to one person', () => {
  it.each([
    ['answered', { after: 2, talk: 30 }, 'completed', '30', 'true'],
    ['busy', { outcome: 'busy', after: 2 }, 'busy', '0', 'false'],
    ['refused', { outcome: 'refused' }, 'busy', '0', 'false'],
    ['unanswered', { outcome: 'no-answer' }, 'no-answer', '0', 'false'],
    ['impossible', { outcome: 'failed' }, 'failed', '0', 'false'],
  ])('tells its action about a call that is %s', async (_, simulatedCall, status, seconds, bridged) => {
    const verbs = '<Dial action="/dialed" timeout="10"><Client>alice</Client></Dial>';
    const { call } = await dialing(verbs, simulatedCall);
    await advance(40);
    expect(dialed()).toMatchObject({
      DialCallStatus: status,
      DialCallDuration: seconds,
      DialCallSid: leg(0).callSid,
      DialBridged: bridged,
    });
    expect(call.status).toBe('completed');
  });

  it('connects a number that is no worker’s until the caller hangs up', async () => {
    const { call, heard } = await dialing('<Dial>+15550199</Dial><Say>never</Say>', {});
    await advance(60);
    await call.hangUp();
    expect(heard()).toEqual(['+15550199 is called +15550199', '+15550199 answers', 'caller hangs up']);
  });

  it('tells its action, too, when the caller hangs up, before or after the answer', async () => {
    const verbs = '<Dial action="/dialed"><Client>alice</Client></Dial>';
    const first = await dialing(verbs, ringing);
    await first.call.hangUp();
    expect(dialed()).toMatchObject({ DialCallStatus: 'canceled', CallStatus: 'completed' });
    await scenes.taskRouter.close();
    const second = await dialing(verbs, { after: 1 });
    await advance(5);
    await second.call.hangUp();
    expect(dialed()).toMatchObject({ DialCallStatus: 'completed', DialCallDuration: '4' });
    expect(second.heard()).not.toContain('twilio Say Dialed');
  });

  it('reads the name of a client from Identity', async () => {
    const noun = '<Client><Identity>alice</Identity><Parameter name="language" value="es"/></Client>';
    await dialing(`<Dial>${noun}</Dial>`, {});
    expect(ends()).toEqual(['client:alice in-progress']);
  });

  it('tells its action, too, when the caller hangs up in a conference, or on somebody from a queue', async () => {
    const first = await dialing('<Dial action="/dialed"><Conference>Room</Conference></Dial>', {});
    await first.call.hangUp();
    expect(dialed()).toMatchObject({ DialCallStatus: 'answered', CallStatus: 'completed' });
    await scenes.taskRouter.close();
    const waiting = await dialing('<Enqueue>support</Enqueue>', {});
    const dialQueue = '<Dial action="/dialed"><Queue>support</Queue></Dial>';
    scenes.documents = { ...scenes.documents, '/incoming-call': dialQueue };
    const second = await waiting.calling();
    await advance(6);
    await second.hangUp();
    expect(dialed()).toMatchObject({
      DialCallStatus: 'completed',
      DialCallSid: waiting.call.callSid,
      DialCallDuration: '6',
    });
  });

  it('shows the caller ID that it names', async () => {
    await dialing('<Dial callerId="+15550177"><Number>+15550199</Number></Dial>', {});
    expect(leg(0)).toMatchObject({ from: '+15550177', to: '+15550199' });
  });

  it('hangs up on the called party after its time limit, and goes on', async () => {
    const { call, heard } = await dialing(
      '<Dial timeLimit="60"><Client>alice</Client></Dial><Say>Time is up</Say>',
      { after: 5 },
    );
    await advance(64);
    expect(call.status).toBe('in-progress');
    await advance(1);
    expect([heard().at(-1), leg(0).status]).toEqual(['twilio Say Time is up', 'completed']);
  });

  it('lasts four hours at most', async () => {
    const { call } = await dialing('<Dial><Client>alice</Client></Dial>', {});
    await advance(14_399);
    expect(call.status).toBe('in-progress');
    await advance(1);
    expect([call.status, leg(0).status]).toEqual(['completed', 'completed']);
  });

  it('lets the caller hang up on the called party with the star key', async () => {
    const { call, heard } = await dialing(
      '<Dial hangupOnStar="true" action="/dialed"><Client>alice</Client></Dial>',
      { after: 1 },
    );
    await advance(5);
    await call.press('12');
    expect(leg(0).status).toBe('in-progress');
    await call.press('3*');
    expect([leg(0).status, heard().slice(-2)]).toEqual([
      'completed',
      ['caller presses *', 'twilio Say Dialed'],
    ]);
    expect(dialed()).toMatchObject({ DialCallStatus: 'completed', DialCallDuration: '4' });
  });

  it('leaves the star key alone without hangupOnStar', async () => {
    const { call } = await dialing('<Dial><Client>alice</Client></Dial>', {});
    await call.press('*');
    expect(leg(0).status).toBe('in-progress');
  });

  it('answers the caller only when it connects, with answerOnBridge', async () => {
    const verbs = '<Dial answerOnBridge="true" action="/dialed"><Client>alice</Client></Dial>';
    const { call } = await dialing(verbs, { after: 3, talk: 5 });
    await advance(2);
    expect([call.status, call.answeredAt]).toEqual(['ringing', null]);
    await advance(1);
    expect([call.status, call.answeredAt]).toEqual(['in-progress', scenes.taskRouter.now()]);
  });

  it('does not answer the caller at all if nobody answers, with answerOnBridge', async () => {
    const { call } = await dialing('<Dial answerOnBridge="true"><Client>alice</Client></Dial>', {
      outcome: 'busy',
    });
    expect([call.status, call.answeredAt]).toEqual(['no-answer', null]);
  });

  it.each([
    '<Dial><Sim>DE123</Sim></Dial>',
    '<Dial><Number>+1</Number><Queue>support</Queue></Dial>',
    '<Dial><Conference>Room</Conference><Number>+1</Number></Dial>',
  ])('skips %s with an alert', async (verbs) => {
    const { alerts, heard } = await dialing(`${verbs}<Say>Next</Say>`, {});
    expect([await alerts(), heard(), legs()]).toEqual([[20501], ['twilio Say Next'], []]);
  });
});

describe('the TwiML for somebody whom Dial calls', () => {
  const verbs = (attributes = '') =>
    `<Dial action="/dialed" ${attributes}><Client url="/whisper" method="GET">alice</Client></Dial>`;

  it('is executed on that call before the two are connected', async () => {
    const { call, heard: caller } = await dialing(
      verbs('answerOnBridge="true"'),
      { after: 2, talk: 20 },
      {},
      {
        '/whisper': '<Say>A call</Say><Pause length="3"/>',
      },
    );
    await advance(4);
    expect([call.status, leg(0).status]).toEqual(['ringing', 'in-progress']);
    await advance(1);
    expect(call.status).toBe('in-progress');
    expect(heard(leg(0))).toEqual(['Alice answers', 'twilio Say A call', 'twilio Pause 3 s']);
    expect(caller().slice(-2)).toEqual(['Alice answers', 'twilio connects Alice']);
    expect(server.requests.find(({ path }) => path === '/whisper')).toMatchObject({
      method: 'GET',
      parameters: {
        CallSid: leg(0).callSid,
        ParentCallSid: call.callSid,
        CallStatus: 'in-progress',
        Direction: 'outbound-dial',
        To: 'client:alice',
      },
    });
    await advance(17);
    expect(dialed()).toMatchObject({
      DialCallStatus: 'completed',
      DialCallDuration: '20',
      DialBridged: 'true',
    });
  });

  it('gives a chance to decline with a key', async () => {
    const { heard: caller } = await dialing(
      verbs(),
      {},
      {},
      {
        '/whisper': '<Gather numDigits="1" action="/taken" timeout="9"/><Hangup/>',
        '/taken': '<Say>Connecting</Say>',
      },
    );
    await advance(9);
    expect(leg(0).status).toBe('completed');
    expect(dialed()).toMatchObject({ DialCallStatus: 'completed', DialBridged: 'false' });
    expect(caller().at(-1)).toBe('twilio Say Dialed');
  });

  it('connects if the person presses the key', async () => {
    await dialing(
      verbs(),
      { digits: '1' },
      {},
      {
        '/whisper': '<Gather numDigits="1" action="/taken" timeout="9"/><Hangup/>',
        '/taken': '<Say>Connecting</Say>',
      },
    );
    expect(leg(0).status).toBe('in-progress');
    await leg(0).hangUp();
    expect(dialed()).toMatchObject({ DialBridged: 'true' });
  });

  it('ends with the call, when the caller or the called party hangs up meanwhile', async () => {
    const documents = { '/whisper': '<Pause length="30"/>' };
    const { call } = await dialing(verbs(), {}, {}, documents);
    await call.hangUp();
    expect([leg(0).status, dialed()?.DialBridged]).toEqual(['completed', 'false']);
    await scenes.taskRouter.close();
    await dialing(verbs(), {}, {}, documents);
    await leg(0).hangUp();
    expect(dialed()).toMatchObject({ DialCallStatus: 'completed', DialBridged: 'false' });
  });

  it('must not dial', async () => {
    const { alerts } = await dialing(verbs(), {}, {}, { '/whisper': '<Dial>+15550199</Dial>' });
    expect([await alerts(), ends()]).toEqual([[12200], ['client:alice in-progress']]);
  });

  it('is left out, with an alert, if it cannot be had', async () => {
    const { alerts } = await dialing(verbs(), {});
    expect([await alerts(), ends()]).toEqual([[11200], ['client:alice in-progress']]);
  });
});

describe('Dial to several people', () => {
  const both = (attributes = '') =>
    `<Dial action="/dialed" timeout="10" ${attributes}><Client>alice</Client><Client>bob</Client></Dial>`;

  it('calls all at once, connects the first to answer, and hangs up on the others', async () => {
    const { heard } = await dialing(both(), { after: 4 }, { after: 2, talk: 7 });
    expect(ends()).toEqual(['client:alice ringing', 'client:bob ringing']);
    await advance(2);
    expect(ends()).toEqual(['client:alice canceled', 'client:bob in-progress']);
    await advance(7);
    expect(dialed()).toMatchObject({
      DialCallStatus: 'completed',
      DialCallSid: leg(1).callSid,
      DialCallDuration: '7',
    });
    expect(heard()).toEqual([
      'Alice is called client:alice',
      'Bob is called client:bob',
      'Bob answers',
      'Bob hangs up',
      'twilio Say Dialed',
    ]);
  });

  it('waits for the others if one does not answer, and tells how the last one ended', async () => {
    await dialing(both(), { outcome: 'busy', after: 1 }, { outcome: 'no-answer' });
    await advance(9);
    expect([ends(), dialed()]).toEqual([['client:alice busy', 'client:bob ringing'], undefined]);
    await advance(1);
    expect(dialed()).toMatchObject({ DialCallStatus: 'no-answer', DialCallSid: leg(1).callSid });
  });

  it('connects the first to accept, while others still hear their TwiML', async () => {
    const noun = (name: string) => `<Client url="/screen">${name}</Client>`;
    await dialing(
      `<Dial action="/dialed">${noun('alice')}${noun('bob')}</Dial>`,
      {},
      { after: 3, digits: '1' },
      {
        '/screen': '<Gather numDigits="1" timeout="20" action="/taken"/><Hangup/>',
        '/taken': '<Say>Connecting</Say>',
      },
    );
    expect(ends()).toEqual(['client:alice in-progress', 'client:bob ringing']);
    await advance(3);
    expect(ends()).toEqual(['client:alice completed', 'client:bob in-progress']);
  });

  it('calls one after the other with sequential, each up to the timeout', async () => {
    await dialing(both('sequential="true"'), { outcome: 'no-answer' }, { after: 3, talk: 5 });
    expect(ends()).toEqual(['client:alice ringing']);
    await advance(10);
    expect(ends()).toEqual(['client:alice no-answer', 'client:bob ringing']);
    await advance(8);
    expect(dialed()).toMatchObject({ DialCallStatus: 'completed', DialCallSid: leg(1).callSid });
  });

  it('does not call the next one with sequential once somebody has answered', async () => {
    await dialing(both('sequential="true"'), { talk: 5 });
    await advance(9);
    expect([ends(), dialed()?.DialCallSid]).toEqual([['client:alice completed'], leg(0).callSid]);
  });

  it('hangs up on all when the caller hangs up', async () => {
    const { call } = await dialing(both(), ringing, ringing);
    await call.hangUp();
    expect(ends()).toEqual(['client:alice canceled', 'client:bob canceled']);
  });

  it('calls ten at most, and says so', async () => {
    const numbers = Array.from({ length: 11 }, (_, index) => `<Number>+155501${10 + index}</Number>`);
    const { alerts } = await dialing(`<Dial sequential="true">${numbers.join('')}</Dial>`, {});
    expect([await alerts(), legs().length]).toEqual([[12200], 1]);
  });
});
