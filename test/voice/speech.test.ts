import { heard, SimulatedApplication } from '../support/simulated-application';

const application = new SimulatedApplication();
const { server } = application;

beforeAll(() => application.start());
afterAll(() => application.close());
afterEach(() => expect(server.forged).toEqual([]));

const advance = (seconds: number) => application.taskRouter.advance(seconds);
const told = () => application.told('/chosen');

/** A caller who is asked, and says or presses this when asked. */
const asked = (attributes: string, options: object = {}) =>
  application.calling(
    {
      '/incoming-call': `<Gather action="/chosen" ${attributes}><Say>Which language?</Say></Gather><Say>Nothing</Say>`,
      '/chosen': '<Say>Thanks</Say>',
    },
    options,
  );

describe('Gather with speech', () => {
  it('sends what the caller says, when the caller has paused', async () => {
    const call = await asked('input="speech" speechTimeout="3"', { speech: 'Spanish, please' });
    await advance(2);
    expect(told()).toBeUndefined();
    await advance(1);
    expect(told()).toMatchObject({ SpeechResult: 'Spanish, please', Confidence: '1.0' });
    expect(told()).not.toHaveProperty('Digits');
    expect(heard(call)).toEqual([
      'Gather speech',
      'Say Which language?',
      'says Spanish, please',
      'Say Thanks',
    ]);
  });

  it('hears at the first pause with speechTimeout="auto"', async () => {
    await asked('input="speech" speechTimeout="auto"', { speech: 'Spanish' });
    expect(told()).toMatchObject({ SpeechResult: 'Spanish' });
  });

  it('joins what the caller says with short pauses, and waits as long as its timeout by default', async () => {
    const call = await asked('input="speech" timeout="4"');
    await advance(3);
    await call.say('I would like');
    await advance(3);
    await call.say('Spanish');
    await advance(3);
    expect(told()).toBeUndefined();
    await advance(1);
    expect(told()).toMatchObject({ SpeechResult: 'I would like Spanish' });
  });

  it('listens for at most a minute', async () => {
    const call = await asked('input="speech" speechTimeout="40"', { speech: 'Well' });
    await advance(30);
    await call.say('well');
    await advance(29);
    expect(told()).toBeUndefined();
    await advance(1);
    expect(told()).toMatchObject({ SpeechResult: 'Well well' });
  });

  it('gives each Gather the next of several texts', async () => {
    const speech = ['Spanish', 'Yes'];
    const gather = '<Gather input="speech" speechTimeout="auto"';
    await application.calling(
      {
        '/incoming-call': `${gather} action="/sure"/>`,
        '/sure': `${gather} action="/chosen"/>`,
        '/chosen': '',
      },
      { speech },
    );
    expect(application.told('/sure')).toMatchObject({ SpeechResult: 'Spanish' });
    expect(told()).toMatchObject({ SpeechResult: 'Yes' });
  });

  it('goes on with the next verb if nothing is said in time', async () => {
    const call = await asked('input="speech"', { digits: '1' });
    await advance(5);
    expect([heard(call).at(-1), told()]).toEqual(['Say Nothing', undefined]);
  });

  it('asks its action even so with actionOnEmptyResult', async () => {
    await asked('input="speech" actionOnEmptyResult="true"');
    await advance(5);
    expect(told()).toMatchObject({ SpeechResult: '' });
  });

  it('says that nobody is told about partial results', async () => {
    const call = await asked('input="speech" partialResultCallback="/partial"', { speech: 'Spanish' });
    await advance(5);
    expect(await application.alertsOf(call)).toEqual([
      expect.stringMatching(/^20501 .*partialResultCallback/),
    ]);
    expect(server.paths).toEqual(['/incoming-call', '/chosen']);
  });
});

describe('Gather with keys and speech', () => {
  it.each([
    ['dtmf speech', { digits: '1', speech: 'Spanish' }, { Digits: '1' }],
    ['speech dtmf', { speech: 'Spanish' }, { SpeechResult: 'Spanish' }],
  ])('takes what comes first: %s', async (input, options, expected) => {
    await asked(`input="${input}" numDigits="1" speechTimeout="1"`, options);
    await advance(1);
    expect(told()).toMatchObject(expected);
  });

  it('ignores the finishing key once the caller speaks', async () => {
    const call = await asked('input="dtmf speech" timeout="4"');
    await call.say('Spanish');
    await call.press('#');
    await advance(3);
    expect(told()).toBeUndefined();
    await advance(1);
    expect(told()).toMatchObject({ SpeechResult: 'Spanish' });
  });

  it('leaves speech alone if only keys are wanted', async () => {
    await asked('numDigits="1"', { speech: 'Spanish' });
    await advance(5);
    expect(told()).toBeUndefined();
  });
});

describe('/_taskrouter/calls', () => {
  it('lets the person speak', async () => {
    await asked('input="speech" speechTimeout="auto"');
    const { body } = await application.request('/_taskrouter/calls', { from: '+15550111' });
    const path = `/_taskrouter/calls/${body.call_sid}`;
    const spoken = await application.request(path, { speech: 'Spanish' });
    expect(spoken.body.transcript).toContainEqual(expect.objectContaining({ verb: 'says', text: 'Spanish' }));
    expect(await application.request(path, { speech: 'Hello?' })).toMatchObject({ status: 400 });
  });

  it('lets the caller say something when asked', async () => {
    server.will(() => '<Gather input="speech" speechTimeout="auto" action="/chosen"/>');
    await application.request('/_taskrouter/calls', { from: '+15550111', speech: 'Spanish' });
    expect(told()).toMatchObject({ SpeechResult: 'Spanish' });
  });
});
