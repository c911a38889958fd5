import { verbsOf } from '../../src/taskrouter/voice/twiml/twiml';
import { heard, SimulatedApplication } from '../support/simulated-application';

const texts = (verbs: string) => verbsOf(`<Response>${verbs}</Response>`).map(({ allText }) => allText);

describe('a document', () => {
  it('has characters by number, as Twilio’s library for Python writes them', () => {
    const [say] = verbsOf(
      '<Response><Say voice="A&#241;a">&#191;Qu&#xE9;? &#128512; &amp;#191;</Say></Response>',
    );
    expect(say).toMatchObject({ text: '¿Qué? 😀 &#191;', attributes: { voice: 'Aña' } });
  });

  it('has the words within SSML, with their spaces', () => {
    expect(texts('<Say> Hello <emphasis>big</emphasis> world<break time="1s"/>!\n</Say>')).toEqual([
      'Hello big world!',
    ]);
  });

  it('has entities of XML alone', () => {
    expect(texts('<Say>&lt;a&gt; &apos;&quot;</Say><Say><![CDATA[a&nbsp;b]]></Say><!-- &copy; -->')).toEqual([
      '<a> \'"',
      'a&nbsp;b',
    ]);
    expect(() => texts('<Say>a&nbsp;b</Say>')).toThrow('not XML: the entity &nbsp; is not declared');
  });
});

describe('a call', () => {
  const application = new SimulatedApplication();
  beforeAll(() => application.start());
  afterAll(() => application.close());

  it.each(['isPrototypeOf', 'toLocaleString'])('skips a verb named <%s>', async (verb) => {
    const call = await application.calling({
      '/incoming-call': `<${verb}/><Gather timeout="0"><${verb}/></Gather><Say>Still here</Say>`,
    });
    expect(heard(call).at(-1)).toBe('Say Still here');
    expect(await application.alertsOf(call)).toEqual([
      expect.stringContaining(`12200 Call ${call.callSid}: <${verb}>`),
      expect.stringContaining(`12200 Call ${call.callSid}: <${verb}>`),
    ]);
  });

  it.each([
    ['<Play>http://user:hunter2@127.0.0.1/a?token=hunter2</Play>'],
    ['<Redirect>http://user:hunter2@127.0.0.1:1/a?token=hunter2</Redirect>'],
    ['<Redirect>other?token=hunter2</Redirect>'],
    ['<Redirect>http://user:hunter2@[/a?token=hunter2</Redirect>'],
  ])('does not show the secrets in %s', async (verb) => {
    const call = await application.calling({ '/incoming-call': verb });
    expect(JSON.stringify([call.transcript, await application.alertsOf(call)])).not.toContain('hunter2');
  });

  it.each([
    ['<Dial record="record-from-answer" ringTone="us">+15550199</Dial>', 'record and ringTone of <Dial>'],
    ['<Dial><Number sendDigits="1">+15550199</Number></Dial>', 'sendDigits of <Number>'],
    ['<Dial><Conference eventCallbackUrl="/x">Room</Conference></Dial>', 'eventCallbackUrl of <Conference>'],
    ['<Gather partialResultCallback="/x"/>', 'partialResultCallback of <Gather>'],
  ])('says which attributes of %s have no effect', async (verb, what) => {
    const call = await application.calling({ '/incoming-call': verb });
    await call.hangUp();
    expect(await application.alertsOf(call)).toEqual([expect.stringMatching(`^20501 .* ignores ${what}$`)]);
  });

  it('says nothing about attributes that ask for nothing', async () => {
    const call = await application.calling({
      '/incoming-call': '<Dial record="do-not-record" ringTone="">+15550199</Dial>',
    });
    await call.hangUp();
    expect(await application.alertsOf(call)).toEqual([]);
  });

  it.each([
    '',
    'hello',
    '<Number></Number>',
    '<Number>+1 (555) 0199</Number>',
    '<Client></Client>',
    '<Sip>a</Sip>',
  ])('does not reach “%s”', async (noun) => {
    const call = await application.calling({
      '/incoming-call': `<Dial action="/dialed">${noun}</Dial>`,
      '/dialed': '<Hangup/>',
    });
    expect(application.told('/dialed')).toMatchObject({ DialCallStatus: 'failed', DialBridged: 'false' });
    expect(await application.alertsOf(call)).toEqual([expect.stringMatching(/^13223 /)]);
  });

  it.each([
    ['<Redirect>/next</Redirect>', '“/next” is not absolute'],
    ['<Redirect/>', '“” is not absolute'],
    ['<Gather timeout="0" actionOnEmptyResult="true"/>', '“” is not absolute'],
    ['<Gather timeout="0" action="next" actionOnEmptyResult="true"/>', '“next” is not absolute'],
  ])('needs absolute URLs in TwiML without a URL, such as %s', async (verb, message) => {
    const { client } = application.taskRouter;
    const { sid: callSid } = await client.calls.create({
      to: '+15550111',
      from: '+15550100',
      twiml: `<Response>${verb}</Response>`,
    });
    await application.taskRouter.advance(1);
    expect(await application.alertsOf({ callSid })).toEqual([
      `11100 Call ${callSid}: ${message}, and TwiML without a URL needs absolute ones`,
    ]);
  });

  it('hears nothing more when the caller has hung up', async () => {
    const verb = '<Dial action="http://["><Number>+15550199</Number></Dial>';
    const call = await application.calling({ '/incoming-call': verb });
    await call.hangUp();
    expect(heard(call).at(-1)).toBe('hangs up');
    expect(await application.alertsOf(call)).toEqual([expect.stringMatching(/^11100 /)]);
  });

  it('reaches the others that it dials', async () => {
    const call = await application.calling({
      '/incoming-call': '<Dial><Number>x</Number><Number>+15550199</Number></Dial>',
    });
    expect(heard(call).at(-1)).toBe('answers');
  });
});
