import { Journal } from '../../src/taskrouter/inspector/journal';
import { ApiBench } from '../support/api-bench';
import { type Form, simpleWorkspace } from '../support/simple-workspace';

/** What is sent and means nothing is ignored with 200; the inspector says so (F16). */
let bench: ApiBench;
let simple: Awaited<ReturnType<typeof simpleWorkspace>>;
let task: string;

beforeAll(async () => {
  bench = await ApiBench.start({ journal: new Journal([]) });
  simple = await simpleWorkspace(bench);
  task = `/Tasks/${await bench.create(`${simple.path}/Tasks`, {})}`;
});
afterAll(() => bench.close());

async function newestIgnored() {
  const { body } = await bench.get('/_taskrouter/requests?limit=1');
  return body.requests[0].ignored_parameters;
}

it.each(['ReservationStatus', 'reservationStatus', 'reservation_status'])(
  'says that %s belongs to the reservation when it is posted to a task',
  async (name) => {
    expect((await bench.post(`${simple.path}${task}`, { [name]: 'accepted' })).status).toBe(200);
    expect(await newestIgnored()).toEqual([
      {
        name,
        message:
          'ReservationStatus is not a parameter of Tasks and was ignored. Update the Reservation instead.',
      },
    ]);
  },
);

it.each<[string, Form, string]>([
  [
    '/Workers',
    { friendlyName: 'Alice' },
    'friendlyName is not a parameter of Workers and was ignored. Send FriendlyName instead.',
  ],
  [
    '/TaskQueues',
    { FriendlyName: 'Q', TargetWorkersExpression: '1==1' },
    'TargetWorkersExpression is not a parameter of TaskQueues and was ignored. Send TargetWorkers instead.',
  ],
  [
    '/Workers',
    { FriendlyName: 'Bob', Nonsense: 1 },
    'Nonsense is not a parameter of Workers and was ignored.',
  ],
])('says of POST %s with %j what was ignored', async (path, form, message) => {
  await bench.post(simple.path + path, form);
  expect((await newestIgnored()).map((one: { message: string }) => one.message)).toEqual([message]);
});

it('says so for the filters of a list', async () => {
  await bench.get(`${simple.path}/Workers?friendlyName=Alice&PageSize=5`);
  expect(await newestIgnored()).toMatchObject([{ name: 'friendlyName' }]);
});

it('says nothing of parameters that the operation has', async () => {
  await bench.post(`${simple.path}${task}`, { Priority: 1, Reason: '' });
  expect(await newestIgnored()).toEqual([]);
});
