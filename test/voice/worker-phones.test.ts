import { basicAuthorization } from '../../src/common/http-basic';
import { WorkerPhones } from '../../src/taskrouter/voice/workers/worker-phones';
import type { TestTaskRouter } from '../../src/testkit/contract';
import { CallScenes, heard } from '../support/call-scenes';
import { SseReader } from '../support/sse-reader';

const scenes = new CallScenes().register();
const dequeue = () => ({ instruction: 'dequeue', post_work_activity_sid: '' });
let page: SseReader | undefined;
afterEach(() => page?.close());

const streamOf = ({ url, accountSid }: TestTaskRouter, query: string) =>
  SseReader.open(`${url}/_taskrouter/stream?types=call&${query}`, {
    authorization: basicAuthorization(accountSid, 'c'.repeat(32)),
  });

/** As the agent page of Alice does it. Resolves when the phone is held. */
async function openPage(taskRouter: TestTaskRouter): Promise<void> {
  page = await streamOf(taskRouter, `phone=open&worker_sid=${taskRouter.workers.Alice}`);
  await page.next();
}

/** A caller for Alice, whose phone answers at once, presses 1, and talks for 5 seconds if nobody holds it. */
async function held(response: (url: string) => object = dequeue, documents: Record<string, string> = {}) {
  const scene = await scenes.scene({ talk: 5, digits: '1' }, response, documents, openPage);
  const [worker] = scene.others();
  if (!worker) throw new Error('Nothing rings.');
  return { ...scene, worker };
}

describe('a phone that a person holds', () => {
  it('rings until the person answers, and talks until somebody hangs up', async () => {
    const { worker, now, call } = await held();
    await scenes.taskRouter.advance(10);
    expect(worker.status).toBe('ringing');
    expect(await now()).toEqual(['reserved', 'pending', 'Reserved']);
    await worker.answer();
    await scenes.taskRouter.advance(3600);
    expect([worker.status, call.status]).toEqual(['in-progress', 'in-progress']);
    expect(await now()).toEqual(['assigned', 'accepted', 'Busy']);
    await worker.hangUp();
    await scenes.taskRouter.advance(0);
    expect([worker.status, call.status]).toEqual(['completed', 'completed']);
    expect(await now()).toEqual(['assigned', 'accepted', 'WrapUp']);
  });

  it('rings as long as the call allows if the person does nothing', async () => {
    const { worker, now } = await held();
    await scenes.taskRouter.advance(1200);
    expect(worker.status).toBe('no-answer');
    expect((await now())[0]).not.toBe('assigned');
  });

  it('presses the keys of the person, not those of simulated_call', async () => {
    const instruction = (url: string) => ({ instruction: 'call', from: '+15550100', url: `${url}/whisper` });
    const { worker } = await held(instruction, {
      '/whisper': '<Gather numDigits="1" timeout="30" action="/pressed"><Say>A call</Say></Gather>',
      '/pressed': '<Say>Thank you</Say>',
    });
    await worker.answer();
    await scenes.taskRouter.advance(5);
    expect(heard(worker).at(-1)).toBe('twilio Say A call');
    await worker.press('2');
    expect(heard(worker)).toContain('Alice presses 2');
  });

  it('rings when Dial calls the worker, and an answer is not undone by the time that is over', async () => {
    const { worker, call } = await held(() => ({}), {
      '/incoming-call': '<Dial timeout="20"><Client>alice</Client></Dial>',
    });
    await scenes.taskRouter.advance(10);
    expect([worker.direction, worker.status]).toEqual(['outbound-dial', 'ringing']);
    await worker.answer();
    await scenes.taskRouter.advance(60);
    expect([worker.status, call.status]).toEqual(['in-progress', 'in-progress']);
    expect(heard(worker)).toEqual(['Alice answers']);
  });

  it('rings on if the person goes away, and then behaves as simulated_call says', async () => {
    const { worker, calling, others } = await held(() => ({}), {
      '/incoming-call': '<Dial timeout="20"><Client>alice</Client></Dial>',
    });
    page?.close();
    // TaskRouter may notice it a moment later.
    const answered = () => others().find(({ status }) => status === 'in-progress');
    while (!answered()) await calling();
    expect(worker.status).toBe('ringing');
    await scenes.taskRouter.advance(20);
    expect(worker.status).toBe('no-answer');
    expect(answered()).toBeUndefined();
  });
});

it('is held as long as one page is open', () => {
  const phones = new WorkerPhones();
  const [first, second] = [phones.hold('WK1'), phones.hold('WK1')];
  first();
  first();
  expect([phones.isHeld('WK1'), phones.isHeld('WK2'), phones.isHeld(null)]).toEqual([true, false, false]);
  second();
  expect(phones.isHeld('WK1')).toBe(false);
});

it.each(['phone=open', 'phone=open&worker_sid=Alice', `phone=closed&worker_sid=WK${'0'.repeat(32)}`])(
  'is refused for %s',
  async (query) => {
    await scenes.scene({}, () => ({}));
    await expect(streamOf(scenes.taskRouter, query)).rejects.toThrow(/^400: /);
  },
);
