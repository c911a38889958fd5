import { conditionOfAccount, readOfferCounts } from '../../src/account/account-condition';
import { readAccount } from '../../src/account/read-account';
import { diagnose } from '../../src/doctor/diagnose';
import { conditionOfState } from '../../src/taskrouter/condition/condition-of';
import { EngineBench } from '../support/engine-bench';
import { serveBench } from '../support/serve-bench';

const hour = 3600;
const nothing = { callbacks: [], alerts: [] };

/** What doctor finds through the REST API, what it finds in the engine itself, and the requests it took. */
async function findings(bench: EngineBench) {
  const { engine, now } = bench;
  const { client, workspace, requests, close } = await serveBench(bench);
  const state = await readAccount(client, workspace, { now: () => now });
  const read = requests.length;
  const offers = await readOfferCounts(client, state, () => undefined);
  await close();
  const engineState = { view: engine.view, routing: engine.routing, now };
  const own = { ...conditionOfState(engineState, 'twilio'), ...nothing };
  return {
    account: diagnose(conditionOfAccount(state, offers, nothing)),
    engine: diagnose(own),
    countRequests: requests.slice(read),
  };
}
const codes = (found: readonly { code: string }[]) => found.map(({ code }) => code);

const situations: Record<string, { readonly codes: string[]; readonly bench: () => EngineBench }> = {
  'a healthy workspace': {
    codes: [],
    bench: () => {
      const bench = new EngineBench();
      bench.setActivity(bench.alice, 'Idle');
      bench.updateReservation(bench.pending(bench.addTask()), 'accepted');
      bench.addTask();
      return bench;
    },
  },
  'a task that wraps for hours, with a worker who is Offline': {
    codes: ['offline_worker_with_task', 'long_wrapping'],
    bench: () => {
      const bench = new EngineBench();
      bench.setActivity(bench.alice, 'Idle');
      const reservation = bench.updateReservation(bench.pending(bench.addTask()), 'accepted');
      bench.updateReservation(reservation, 'wrapping');
      bench.pass(3 * hour);
      bench.setActivity(bench.alice, 'Offline');
      return bench;
    },
  },
  'a task that is assigned for 23 hours': {
    codes: ['assignment_ends_soon'],
    bench: () => {
      const bench = new EngineBench();
      bench.setActivity(bench.alice, 'Idle');
      bench.updateReservation(bench.pending(bench.addTask()), 'accepted');
      bench.pass(23 * hour);
      return bench;
    },
  },
  'a task that nobody takes until it is almost canceled': {
    codes: ['time_to_live_ends_soon', 'no_worker_for_waiting_tasks'],
    bench: () => {
      const bench = new EngineBench();
      bench.addTask(undefined, { timeoutSeconds: hour });
      bench.pass(hour - 60);
      return bench;
    },
  },
};

it.each(Object.entries(situations))(
  'finds in %s what the engine finds',
  async (_, { codes: expected, bench }) => {
    const { account, engine } = await findings(bench());
    expect(account).toEqual(engine);
    expect(codes(account)).toEqual(expected);
  },
);

it('counts the offers of a pending task that is old enough, with one request', async () => {
  const bench = new EngineBench({ multiTaskEnabled: true });
  bench.setActivity(bench.alice, 'Idle');
  const taskSid = bench.addTask();
  for (let count = 1; count <= 900; count += 1) {
    if (count === 900) bench.setActivity(bench.alice, 'Offline');
    bench.updateReservation(bench.pending(taskSid), 'rejected');
  }
  bench.addTask();
  bench.pass(hour);
  const { account, engine, countRequests } = await findings(bench);
  expect(codes(account)).toContain('assignment_count_nearly_reached');
  expect(account).toEqual(engine);
  expect(countRequests.map((request) => request.replace(/\?.*/, ''))).toContain(
    `GET /v1/Workspaces/${bench.workspaceSid}/Tasks/${taskSid}/Reservations`,
  );
});

it('sends no request about a task that is too new to have been offered often', async () => {
  const bench = new EngineBench();
  bench.addTask();
  bench.pass(60);
  expect((await findings(bench)).countRequests).toEqual([]);
});

it('takes a task that waits although a worker could be offered it for stuck, after a minute', async () => {
  const bench = new EngineBench({ multiTaskEnabled: true });
  bench.setActivity(bench.alice, 'Idle');
  bench.settle(bench.pending(bench.addTask()), 'failed');
  // REST does not show that the callbacks failed.
  expect(codes((await findings(bench)).account)).toEqual([]);
  bench.now += 61_000;
  expect(codes((await findings(bench)).account)).toEqual(['idle_worker_while_task_waits']);
});
