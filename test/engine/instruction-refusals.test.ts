import { InstructionRefused } from '../../src/taskrouter/model/errors';
import type { InstructionName } from '../../src/taskrouter/model/instructions';
import { attributes } from '../support/engine-bench';
import { enqueued, InstructionBench, wholeInstructions } from '../support/instruction-bench';
import { refusal } from '../support/refusal';

interface Case {
  readonly what: string;
  readonly name: InstructionName;
  readonly parameters?: object;
  readonly task?: Record<string, unknown>;
  readonly worker?: Record<string, unknown>;
  readonly code: number;
  /** The code over REST, if it differs. */
  readonly restCode?: number;
}

const activity = `WA${'9'.repeat(32)}`;
const unknown = { post_work_activity_sid: activity };
const plain = { selected_language: 'es' };
const silent = { languages: ['es'] };
const parked = { ...plain, call_sid: enqueued.call_sid };
const outbound = { ...plain, outbound_to: '+15550177' };
const { call } = wholeInstructions;

const cases: readonly Case[] = [
  { what: 'an unknown activity', name: 'reject', parameters: { activity_sid: activity }, code: 40100 },
  { what: 'an unknown activity', name: 'dequeue', parameters: unknown, code: 40130 },
  { what: 'nobody to call', name: 'dequeue', worker: silent, code: 40131 },
  { what: 'a contact_uri that is none', name: 'dequeue', worker: { ...silent, contact_uri: 7 }, code: 40131 },
  { what: 'no caller ID', name: 'dequeue', task: parked, code: 40132 },
  { what: 'no call in the task', name: 'dequeue', task: plain, code: 40140 },
  { what: 'nobody to call', name: 'call', parameters: call, worker: silent, code: 40110 },
  { what: 'nobody to call', name: 'conference', worker: silent, code: 40137 },
  { what: 'no caller ID', name: 'conference', task: parked, code: 40138 },
  { what: 'an unknown activity', name: 'conference', parameters: unknown, code: 40139 },
  {
    what: 'no customer',
    name: 'conference',
    parameters: { from: '+15550100' },
    task: plain,
    code: 40142,
    restCode: 20001,
  },
  { what: 'a customer to call as nobody', name: 'conference', task: outbound, code: 40142, restCode: 20001 },
];

function offered({ task = enqueued, worker }: Case): InstructionBench {
  const bench = new InstructionBench({}, task);
  if (worker) bench.updateWorker(bench.alice, { attributes: attributes(worker) });
  bench.takeEventTypes();
  return bench;
}

describe('an instruction that cannot be carried out', () => {
  it.each(cases)('creates an alert and leaves the reservation pending: $name, $what', (each) => {
    const bench = offered(each);
    bench.respondWith(each.name, each.parameters ?? {});
    const { workspaceSid, offer } = bench;
    const about = { workspaceSid, resourceSid: offer.sid };
    expect(bench.alerts).toEqual([{ code: each.code, level: 'error', ...about, detail: expect.any(String) }]);
    expect([offer.status, offer.onHold, bench.calls()]).toEqual(['pending', false, []]);
    expect(bench.takeEventTypes()).toEqual([]);
  });

  it.each(cases)('is refused over REST, with the same code unless another is known: $name, $what', (each) => {
    const bench = offered(each);
    const error = refusal(bench, () => bench.instruct(each.name, each.parameters ?? {}));
    expect(error).toBeInstanceOf(InstructionRefused);
    expect(error.code).toBe(each.restCode ?? each.code);
    expect(bench.alerts).toEqual([]);
  });

  it("can be a conference with another workspace's post-work activity, even in a multitasking workspace", () => {
    const bench = new InstructionBench({ multiTaskEnabled: true });
    bench.respondWith('conference', { post_work_activity_sid: activity });
    expect(bench.alerts.map(({ code }) => code)).toEqual([40139]);
    expect(bench.offer).toMatchObject({ status: 'pending', onHold: false });
  });

  it('can be a conference for a task without a caller, with the known text', () => {
    const bench = new InstructionBench({}, plain);
    const { message } = refusal(bench, () => bench.instruct('conference'));
    expect(message).toBe(
      'The conference instruction can only be issued on a task that was created using the <Enqueue> TwiML verb.',
    );
  });

  it.each([
    ['dequeue', 40135, 40135],
    ['call', 40114, 40114],
    ['redirect', 40123, 40123],
    ['conference', 40136, 20001],
  ] as const)('can be %s for a reservation that is not pending: %i', (name, alertCode, restCode) => {
    const bench = new InstructionBench();
    bench.updateReservation(bench.offer, 'accepted');
    const refused = refusal(bench, () => bench.instruct(name));
    expect(refused.code).toBe(restCode);
    if (name === 'conference')
      expect(refused.message).toBe(
        `Unable to execute Conference instruction. Reservation ${bench.offer.sid} is not currently in a Pending state.`,
      );
    bench.respondWith(name);
    expect(bench.alerts.map(({ code }) => code)).toEqual([alertCode]);
    expect(bench.offer.status).toBe('accepted');
  });

  it.each([
    ['dequeue', 40133],
    ['call', 40113],
    ['redirect', 40122],
  ] as const)(
    'can be %s when the call cannot be made: %i, and the reservation stays pending',
    (name, code) => {
      const bench = new InstructionBench();
      bench.respondWith(name);
      bench.fail('failed');
      expect(bench.alerts).toMatchObject([{ code, level: 'error', resourceSid: bench.offer.sid }]);
      expect([bench.offer.status, bench.calls()]).toEqual(['pending', []]);
    },
  );
});
