import type { Slices } from '../../common/slices';
import { passesAll, type Test } from '../http/filters';
import type { RowPosition } from './cursors';
import { comparePositions, type Order, type Sequenced } from './order';

/** Which part of a list a page is. */
export interface PageBounds<Row> {
  readonly order: Order<Row>;
  /** The position after which the page starts, or before which it ends; null for the first page. */
  readonly edge: RowPosition | null;
  readonly direction: 'after' | 'before';
  readonly size: number;
}

/** The rows of a page, in order; `more` says whether the list continues in the direction of paging. */
export interface Window<Row> {
  readonly rows: readonly Row[];
  readonly more: boolean;
}

/** Few enough for tests that take 10 microseconds each, and enough that the clock costs little for those that take 0.1. */
const rowsPerStep = 32;

/** A row and its position, which is read once: rows are far apart in memory. */
interface Placed<Row> {
  readonly row: Row;
  readonly position: RowPosition;
}

/** How many rows are collected, besides those of the page, before all but the nearest are dropped. */
const spareRows = 500;

/**
 * Finds the rows of one page among all rows of a list. It keeps few more than the page has, and compares most rows with the
 * last of these alone: sorting 50,000 rows takes 60 ms, this a fifth of it. An index for each order would cost time and memory at
 * every change of a task, for lists that few clients ask for.
 */
export class PageScan<Row extends Sequenced> {
  /** The rows nearest to the edge, in any order, and up to `spareRows` others. */
  private readonly nearest: Placed<Row>[] = [];
  /** A row farther than this is not part of the page, and does not show that there are more. */
  private farthest: RowPosition | undefined;
  private readonly sign: 1 | -1;
  private readonly passes: Test<Row>;
  private unread: Iterator<Row>;
  private readonly isCopy: boolean;

  /** @param rows in order of creation */
  constructor(
    rows: Iterable<Row>,
    tests: readonly (Test<Row> | undefined)[],
    private readonly bounds: PageBounds<Row>,
  ) {
    this.passes = passesAll(tests);
    this.sign = bounds.direction === 'after' ? 1 : -1;
    // Dates grow with creation. Read from the other end, the nearest rows come first, and the rest is not kept.
    this.isCopy = bounds.order.direction === -this.sign;
    this.unread = this.isCopy ? [...rows].reverse().values() : rows[Symbol.iterator]();
  }

  /** Reads on, and pauses after every few rows. */
  *steps(): Generator<undefined, void> {
    for (;;) {
      for (let count = 0; count < rowsPerStep; count += 1) {
        const { done, value } = this.unread.next();
        if (done || this.isBeyond(value)) return;
        this.offer(value);
      }
      yield;
    }
  }

  /** Copies the rows that are not read yet, so that a scan which pauses finds what there was when it began. */
  detach(): void {
    if (this.isCopy) return;
    const { unread } = this;
    this.unread = [...{ [Symbol.iterator]: () => unread }].values();
  }

  window(): Window<Row> {
    const { size, direction } = this.bounds;
    this.dropFarther();
    const rows = this.nearest.slice(0, size).map(({ row }) => row);
    return { rows: direction === 'after' ? rows : rows.reverse(), more: this.nearest.length > size };
  }

  /** Whether no row from this one on can be part of the page. */
  private isBeyond(row: Row): boolean {
    const { order, direction, edge, size } = this.bounds;
    if (order.sorts) return false;
    if (direction === 'after') return this.nearest.length > size;
    return edge !== null && order.compareTo(row, edge) >= 0;
  }

  private offer(row: Row): void {
    const { order, edge, size } = this.bounds;
    if (edge && this.sign * order.compareTo(row, edge) <= 0) return;
    if (this.farthest && this.sign * order.compareTo(row, this.farthest) > 0) return;
    if (!this.passes(row)) return;
    this.nearest.push({ row, position: order.position(row) });
    if (this.nearest.length > size + spareRows) this.dropFarther();
  }

  /** Keeps one row more than the page has, which shows that there are more. */
  private dropFarther(): void {
    const { size } = this.bounds;
    this.nearest.sort((left, right) => this.sign * comparePositions(left.position, right.position));
    this.nearest.length = Math.min(this.nearest.length, size + 1);
    this.farthest = this.nearest[size]?.position;
  }
}

/** How long a list is read at once, in milliseconds: most are found by then, and many requests can arrive together. */
const atOnceMs = 1;

/** Finds the page, in slices if that takes long. */
export async function finishScan(
  scan: Pick<PageScan<Sequenced>, 'steps' | 'detach'>,
  slices: Slices,
): Promise<void> {
  const end = performance.now() + atOnceMs;
  const steps = scan.steps();
  while (performance.now() < end) if (steps.next().done) return;
  scan.detach();
  await slices.run(steps);
}
