import { VirtualClock } from '../../src/system/virtual-clock';
import type { VoiceCall } from '../../src/taskrouter/model/entities';
import type { SimulatedCall } from '../../src/taskrouter/voice/workers/simulated-call';
import { SimulatedVoice } from '../../src/taskrouter/voice/workers/simulated-voice';
import { samples } from '../store/samples';

const start = 1_800_000_000_000;

/** A call placed now. Its events are listed with the second at which they were reported. */
function placed(
  simulated: unknown,
  options: { usual?: Partial<SimulatedCall>; call?: Partial<VoiceCall>; now?: number } = {},
) {
  const clock = new VirtualClock(options.now ?? start);
  const voice = new SimulatedVoice(clock, options.usual);
  const call = { ...samples.calls, dateCreated: start, answeredAt: null, ...options.call };
  const news: string[] = [];
  const attributes = simulated === undefined ? {} : { simulated_call: simulated };
  const hangUp = voice.place(call, attributes, (each) => {
    const what = each.kind === 'failed' ? each.failure : each.kind;
    news.push(`${what} at ${(clock.now() - start) / 1000}`);
  });
  return { clock, news, hangUp };
}

describe('a simulated call', () => {
  it('is answered immediately and never ends, by default', async () => {
    const { news, clock } = placed(undefined);
    expect(news).toEqual(['answered at 0']);
    await clock.advance(86_400_000);
    expect(news).toHaveLength(1);
  });

  it.each([
    [{ after: 3 }, ['answered at 3']],
    [{ after: 3, talk: 10 }, ['answered at 3', 'ended at 13']],
    [{ talk: 0 }, ['answered at 0', 'ended at 0']],
    [{ outcome: 'refused' }, ['refused at 0']],
    [{ outcome: 'busy', after: 1.5, talk: 10 }, ['busy at 1.5']],
    [{ outcome: 'failed' }, ['failed at 0']],
    [{ outcome: 'no-answer', after: 3 }, ['no-answer at 3']],
    [{ outcome: 'no-answer' }, ['no-answer at 60']],
    [{ outcome: 'answered', after: 60 }, ['answered at 60']],
    [{ outcome: 'answered', after: 61 }, ['no-answer at 60']],
  ])('follows the description in the worker: %j', async (simulated, expected) => {
    const { clock, news } = placed(simulated);
    await clock.advance(200_000);
    expect(news).toEqual(expected);
  });

  it('follows the defaults when the worker has no description', async () => {
    const usual = { outcome: 'busy', after: 2, talk: 5 } as const;
    const heard = async (simulated: unknown) => {
      const { clock, news } = placed(simulated, { usual });
      await clock.advance(100_000);
      return news;
    };
    expect(await heard(undefined)).toEqual(['busy at 2']);
    expect(await heard({ outcome: 'answered' })).toEqual(['answered at 2', 'ended at 7']);
    expect(await heard({ outcome: 'answered', talk: null })).toEqual(['answered at 2']);
    expect(await heard(null)).toEqual(['busy at 2']);
  });

  it.each([
    ['busy'],
    [[]],
    [{ outcome: 'dead' }],
    [{ after: -1 }],
    [{ talk: 'long' }],
    [{ outcom: 'busy' }],
    [{ digits: 'one' }],
  ])('cannot be placed when its description cannot be read: %j', (nonsense) => {
    expect(placed(nonsense).news).toEqual(['failed at 0']);
  });

  it('sends no events after it was hung up, ringing or answered', async () => {
    const ringing = placed({ after: 3 });
    ringing.hangUp();
    const talking = placed({ talk: 3 });
    talking.hangUp();
    for (const { clock } of [ringing, talking]) await clock.advance(10_000);
    expect([ringing.news, talking.news]).toEqual([[], ['answered at 0']]);
  });

  it('continues where it was when it is resumed', async () => {
    const ringing = placed({ after: 10 }, { now: start + 4000 });
    await ringing.clock.advance(10_000);
    expect(ringing.news).toEqual(['answered at 10']);
    const talking = placed(
      { after: 10, talk: 20 },
      { now: start + 15_000, call: { answeredAt: start + 10_000 } },
    );
    await talking.clock.advance(60_000);
    expect(talking.news).toEqual(['ended at 30']);
  });

  it('sends the events that fell due meanwhile when it is resumed', () => {
    expect(placed({ after: 10 }, { now: start + 99_000 }).news).toEqual(['answered at 99']);
  });

  it('redirects a parked call without ringing, unless calls fail', () => {
    const call = { instruction: 'redirect' } as const;
    expect(placed({ outcome: 'busy', after: 9 }, { call }).news).toEqual(['answered at 0']);
    expect(placed({ outcome: 'failed' }, { call }).news).toEqual(['failed at 0']);
  });

  it('waits again when a clock wakes it too early', async () => {
    const clock = new VirtualClock(start);
    const early = {
      now: () => clock.now(),
      wakeAt: (time: number, wake: () => void) => clock.wakeAt(Math.min(time, clock.now() + 1000), wake),
    };
    const news: unknown[] = [];
    const call = { ...samples.calls, dateCreated: start, answeredAt: null };
    new SimulatedVoice(early, { after: 5 }).place(call, {}, (each) => news.push(each));
    await clock.advance(4999);
    expect(news).toEqual([]);
    await clock.advance(1);
    expect(news).toEqual([{ kind: 'answered' }]);
  });
});
