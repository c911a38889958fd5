import fc from 'fast-check';
import { Slices } from '../../src/common/slices';
import { comparePositions, Order } from '../../src/taskrouter/api/order';
import { finishScan, type PageBounds, PageScan } from '../../src/taskrouter/api/page-scan';
import { countTurns } from '../support/count-turns';

interface Row {
  readonly sequence: number;
  readonly priority: number;
  readonly date: number;
}

const keys = [
  { read: ({ priority }: Row) => priority, sign: -1 },
  { read: ({ date }: Row) => date, sign: 1 },
  { read: ({ date }: Row) => date, sign: -1 },
] as const;

const row = fc.record({ priority: fc.nat(3), date: fc.nat(3), sequence: fc.nat() });
const rows = fc
  .array(row, { maxLength: 1500, size: 'max' })
  .map((all) => all.map((one, index): Row => ({ ...one, sequence: index + 1 })));
const order = fc.subarray([...keys]).map((some) => new Order<Row>('', some));
const tests = fc.constantFrom([], [undefined, ({ date }: Row) => date !== 2]);

/** What a page is: the part of the sorted list after or before its edge. */
function plainly(all: readonly Row[], { order: by, edge, direction, size }: PageBounds<Row>) {
  const sorted = [...all].sort((left, right) => comparePositions(by.position(left), by.position(right)));
  if (direction === 'after') {
    const after = sorted.filter((row) => !edge || by.compareTo(row, edge) > 0);
    return { rows: after.slice(0, size), more: after.length > size };
  }
  const before = sorted.filter((row) => !edge || by.compareTo(row, edge) < 0);
  return { rows: before.slice(-size), more: before.length > size };
}

it('finds the page that sorting all rows would give', () => {
  const page = fc.record({
    all: rows,
    by: order,
    some: tests,
    size: fc.integer({ min: 1, max: 60 }),
    edge: fc.option(fc.nat()),
    direction: fc.constantFrom('after', 'before'),
  });
  fc.assert(
    fc.property(page, ({ all, by, some, size, edge, direction }) => {
      const at = edge === null ? undefined : all[edge % Math.max(1, all.length)];
      const bounds = { order: by, edge: at ? by.position(at) : null, direction, size } as const;
      const scan = new PageScan<Row>(all, some, bounds);
      for (const _ of scan.steps());
      const wanted = all.filter((row) => some.every((test) => !test || test(row)));
      expect(scan.window()).toEqual(plainly(wanted, bounds));
    }),
    { numRuns: 50 },
  );
});

it('compares a row with a position as it compares two positions', () => {
  fc.assert(
    fc.property(row, row, order, (one, other, by) => {
      expect(by.compareTo(one, by.position(other))).toBe(
        comparePositions(by.position(one), by.position(other)),
      );
    }),
  );
});

const table = (length: number) =>
  new Map(
    Array.from({ length }, (_, index): [number, Row] => [
      index,
      { sequence: index + 1, priority: index % 5, date: 0 },
    ]),
  );
const bounds: PageBounds<Row> = {
  order: new Order('', [keys[0]]),
  edge: null,
  direction: 'after',
  size: 50,
};

it('finds what there was when it began, whatever happens while it pauses', () => {
  const live = table(500);
  const scan = new PageScan(live.values(), [], bounds);
  const steps = scan.steps();
  steps.next();
  scan.detach();
  live.clear();
  for (const [key, row] of table(900)) live.set(key, { ...row, priority: 9 });
  for (const _ of steps);
  const untouched = new PageScan(table(500).values(), [], bounds);
  for (const _ of untouched.steps());
  expect(scan.window()).toEqual(untouched.window());
});

it('reads no further than the page in order of creation', () => {
  const read: number[] = [];
  const spy = ({ sequence }: Row) => read.push(sequence) > 0;
  const scan = new PageScan(table(500).values(), [spy], { ...bounds, order: new Order('', []) });
  for (const _ of scan.steps());
  expect(read).toHaveLength(51);
});

it('lets other work through while it reads a long list with a slow filter', async () => {
  const turns = countTurns();
  const slow = () => {
    for (const end = performance.now() + 0.1; performance.now() < end; );
    return true;
  };
  const scan = new PageScan(table(500).values(), [slow], { ...bounds, size: 1000 });
  await finishScan(scan, new Slices());
  expect(scan.window().rows).toHaveLength(500);
  expect(turns.stop()).toBeGreaterThan(5);
});
