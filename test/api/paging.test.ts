import { Cursors } from '../../src/taskrouter/api/cursors';
import { ApiBench } from '../support/api-bench';
import { countedSid } from '../support/counting-sids';
import { simpleWorkspace } from '../support/simple-workspace';

let bench: ApiBench;
let path: string;

beforeEach(async () => {
  bench = await ApiBench.start();
  ({ path } = await simpleWorkspace(bench));
});
afterEach(() => bench.close());

const origin = 'http://127.0.0.1:4040';
const relative = (url: string) => url.slice(origin.length);
const names = (body: { workers: { friendly_name: string }[] }) =>
  body.workers.map((worker) => worker.friendly_name);

async function addWorkers(...friendlyNames: string[]): Promise<string[]> {
  const sids: string[] = [];
  for (const name of friendlyNames) sids.push(await bench.create(`${path}/Workers`, { FriendlyName: name }));
  return sids;
}

it('returns an empty list with its meta', async () => {
  const url = `${origin}${path}/Workers?PageSize=50&Page=0`;
  expect((await bench.get(`${path}/Workers`)).body).toEqual({
    meta: {
      page: 0,
      page_size: 50,
      first_page_url: url,
      previous_page_url: null,
      url,
      next_page_url: null,
      key: 'workers',
    },
    workers: [],
  });
});

it('pages forward and backward with the tokens of the last and first item', async () => {
  const [, b, c, d, e] = await addWorkers('A', 'B', 'C', 'D', 'E');
  const base = `${origin}${path}/Workers?PageSize=2&Page=`;

  const first = (await bench.get(`${path}/Workers?PageSize=2`)).body;
  expect([names(first), first.meta.previous_page_url]).toEqual([['A', 'B'], null]);
  expect(first.meta.next_page_url).toBe(`${base}1&PageToken=PA${b}`);

  const second = (await bench.get(relative(first.meta.next_page_url))).body;
  expect(names(second)).toEqual(['C', 'D']);
  expect(second.meta).toEqual({
    page: 1,
    page_size: 2,
    first_page_url: `${base}0`,
    previous_page_url: `${base}0&PageToken=PB${c}`,
    url: `${base}1&PageToken=PA${b}`,
    next_page_url: `${base}2&PageToken=PA${d}`,
    key: 'workers',
  });

  const third = (await bench.get(relative(second.meta.next_page_url))).body;
  expect([names(third), third.meta.next_page_url]).toEqual([['E'], null]);
  expect(third.meta.previous_page_url).toBe(`${base}1&PageToken=PB${e}`);

  const back = (await bench.get(relative(third.meta.previous_page_url))).body;
  expect([names(back), back.meta.page]).toEqual([['C', 'D'], 1]);
  const start = (await bench.get(relative(back.meta.previous_page_url))).body;
  expect([names(start), start.meta.previous_page_url]).toEqual([['A', 'B'], null]);
  expect(start.meta.next_page_url).toBe(`${base}1&PageToken=PA${b}`);
});

it('finds the page before one it paged back to, whatever page number the client sends', async () => {
  const [, b, , d] = await addWorkers('A', 'B', 'C', 'D', 'E');
  const { body } = await bench.get(`${path}/Workers?PageSize=2&PageToken=PB${d}`);
  expect(names(body)).toEqual(['B', 'C']);
  expect(body.meta.previous_page_url).toBe(`${origin}${path}/Workers?PageSize=2&Page=0&PageToken=PB${b}`);
});

it('ends without a next page when the last page is exactly full', async () => {
  await addWorkers('A', 'B');
  expect((await bench.get(`${path}/Workers?PageSize=2`)).body.meta.next_page_url).toBeNull();
});

it('limits a page size of more than a thousand to a thousand', async () => {
  expect((await bench.get(`${path}/Workers?PageSize=5000`)).body.meta.page_size).toBe(1000);
});

it('repeats the filters, encoded, before PageSize and Page', async () => {
  const { body } = await bench.get(
    `${path}/Tasks?PageSize=3&AssignmentStatus=pending&AssignmentStatus=assigned&Unknown=x&TaskQueueName=a+%26+b`,
  );
  expect(body.meta.url).toBe(
    `${origin}${path}/Tasks?AssignmentStatus=pending&AssignmentStatus=assigned&TaskQueueName=a%20%26%20b&PageSize=3&Page=0`,
  );
});

it('pages only through items that match the filter', async () => {
  for (const priority of [1, 0, 1, 0, 1]) await bench.create(`${path}/Tasks`, { Priority: priority });
  const first = (await bench.get(`${path}/Tasks?Priority=1&PageSize=2`)).body;
  const second = (await bench.get(relative(first.meta.next_page_url))).body;
  const sids = [...first.tasks, ...second.tasks].map((task) => task.sid);
  expect(sids).toEqual([1, 3, 5].map((count) => countedSid('WT', count)));
  expect(second.meta.next_page_url).toBeNull();
});

it('continues at the same place when the item that the token names was deleted', async () => {
  await addWorkers('A', 'B', 'C', 'D');
  const first = (await bench.get(`${path}/Workers?PageSize=2`)).body;
  for (const { sid } of first.workers) await bench.remove(`${path}/Workers/${sid}`);
  const second = (await bench.get(relative(first.meta.next_page_url))).body;
  expect(names(second)).toEqual(['C', 'D']);
});

it('does not list an item twice when it changes its place between two pages', async () => {
  for (const priority of [9, 8, 7, 6]) await bench.create(`${path}/Tasks`, { Priority: priority });
  const first = (await bench.get(`${path}/Tasks?Ordering=Priority:desc&PageSize=2`)).body;
  await bench.post(`${path}/Tasks/${countedSid('WT', 2)}`, { Priority: 5 });
  const second = (await bench.get(relative(first.meta.next_page_url))).body;
  expect(second.tasks.map((task: { priority: number }) => task.priority)).toEqual([7, 6]);
});

it('orders by several keys, and equal items by creation', async () => {
  for (const priority of [1, 2, 1, 2]) await bench.create(`${path}/Tasks`, { Priority: priority });
  const { body } = await bench.get(`${path}/Tasks?Ordering=Priority:desc,DateCreated:asc`);
  const counts = body.tasks.map((task: { sid: string }) => Number(task.sid.slice(-1)));
  expect(counts).toEqual([2, 4, 1, 3]);
});

it('pages backward through an ordered list as well', async () => {
  for (const priority of [1, 3, 2]) await bench.create(`${path}/Tasks`, { Priority: priority });
  const { body } = await bench.get(
    `${path}/Tasks?Ordering=Priority:asc&PageSize=2&PageToken=PB${countedSid('WT', 2)}`,
  );
  expect(body.tasks.map((task: { priority: number }) => task.priority)).toEqual([1, 2]);
});

it('lists events newest first, and pages through all of them once', async () => {
  const seen: string[] = [];
  let url: string | null = `${origin}${path}/Events?PageSize=4`;
  let pages = 0;
  while (url) {
    const { body } = await bench.get(relative(url));
    seen.push(...body.events.map((event: { sid: string }) => event.sid));
    url = body.meta.next_page_url;
    pages += 1;
  }
  const all = (await bench.get(`${path}/Events?PageSize=1000`)).body.events.map(
    (event: { sid: string }) => event.sid,
  );
  expect(seen).toEqual(all);
  expect(pages).toBe(Math.ceil(all.length / 4));
  expect(all.at(-1)).toBe(countedSid('EV', 1));
});

it('pages backward through events to the newest', async () => {
  const first = (await bench.get(`${path}/Events?PageSize=3`)).body;
  const second = (await bench.get(relative(first.meta.next_page_url))).body;
  const third = (await bench.get(relative(second.meta.next_page_url))).body;
  expect((await bench.get(relative(third.meta.previous_page_url))).body.events).toEqual(second.events);
  const back = (await bench.get(relative(second.meta.previous_page_url))).body;
  expect(back.events).toEqual(first.events);
  expect(back.meta.previous_page_url).toBeNull();
});

it('forgets the oldest page tokens once there are too many', () => {
  const cursors = new Cursors(2);
  for (const [sid, place] of Object.entries({ A: 1, B: 2, C: 3 })) cursors.remember('', sid, [place]);
  expect(['A', 'B', 'C'].map((sid) => cursors.recall('', sid))).toEqual([undefined, [2], [3]]);
});
