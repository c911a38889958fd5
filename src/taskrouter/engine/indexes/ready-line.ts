import BTree from 'sorted-btree';
import { DocumentIndex } from '../../../language/document-index';
import type { OrderBy } from '../../../language/order-by';
import type { Alternatives } from '../../../language/requirements';
import type { Attributes } from '../../model/entities';
import { compareByAttributes, hasOrder } from '../rules/ordering';

/** A worker that could be offered a task now. */
export interface ReadyWorker {
  readonly workerSid: string;
  readonly taskChannelSid: string;
  readonly sequence: number;
  /** Unix milliseconds. */
  readonly idleSince: number;
  readonly attributes: Attributes;
}

type Compare = (left: ReadyWorker, right: ReadyWorker) => number;

/** Idle longest first; ties by creation. */
const compareIdle: Compare = (left, right) =>
  left.idleSince - right.idleSince || left.sequence - right.sequence;

/** Ready workers in the order of an `order_by`. Those with a value that has no order are kept apart. */
class OrderedWorkers {
  readonly unordered = new Set<ReadyWorker>();
  readonly tree: BTree<ReadyWorker, undefined>;

  constructor(
    private readonly orderBy: OrderBy,
    readonly compare: Compare,
  ) {
    this.tree = new BTree<ReadyWorker, undefined>(undefined, compare);
  }

  add(worker: ReadyWorker): void {
    if (hasOrder(worker, this.orderBy)) this.tree.set(worker, undefined);
    else this.unordered.add(worker);
  }

  delete(worker: ReadyWorker): void {
    if (!this.unordered.delete(worker)) this.tree.delete(worker);
  }
}

/** Ready workers, idle longest first, and in each other order that was asked for. */
class Pool {
  readonly idle = new BTree<ReadyWorker, undefined>(undefined, compareIdle);
  private readonly orders = new Map<string, OrderedWorkers>();

  get size(): number {
    return this.idle.size;
  }

  add(worker: ReadyWorker): void {
    this.idle.set(worker, undefined);
    for (const order of this.orders.values()) order.add(worker);
  }

  delete(worker: ReadyWorker): void {
    this.idle.delete(worker);
    for (const order of this.orders.values()) order.delete(worker);
  }

  ordered(orderBy: OrderBy): OrderedWorkers {
    const key = JSON.stringify(orderBy);
    let ordered = this.orders.get(key);
    if (!ordered) {
      const compare: Compare = (left, right) =>
        compareByAttributes(left, right, orderBy) || compareIdle(left, right);
      ordered = new OrderedWorkers(orderBy, compare);
      for (const worker of this.idle.keys()) ordered.add(worker);
      this.orders.set(key, ordered);
    }
    return ordered;
  }
}

/** What has the document of a worker, which is read only if targets ask for attributes. */
interface Documented {
  readonly document: object;
}

/** With fewer ready workers than this, all are examined, without an index of their attributes. */
const few = 16;

/** The ready workers of one queue and channel, in order, and by the attributes that targets ask for. */
export class ReadyLine {
  private readonly all = new Pool();
  private readonly byAttribute = new DocumentIndex<ReadyWorker, Pool>(() => new Pool());

  constructor(private readonly documentOf: (workerSid: string) => object) {}

  get size(): number {
    return this.all.size;
  }

  add(worker: ReadyWorker, owner: Documented): void {
    this.all.add(worker);
    if (this.byAttribute.size > 0) this.byAttribute.add(worker, owner.document);
  }

  /** @param owner with the document with which the worker was added */
  delete(worker: ReadyWorker, owner: Documented): void {
    this.all.delete(worker);
    if (this.byAttribute.size > 0) this.byAttribute.delete(worker, owner.document);
  }

  /** The workers that might fulfill the requirements, in the order in which they are offered a task that they may be offered. */
  candidates(requirements: readonly Alternatives[]): Candidates {
    return new Candidates(this.smallest(requirements));
  }

  private smallest(requirements: readonly Alternatives[]): readonly Pool[] {
    let smallest: readonly Pool[] = [this.all];
    if (this.all.size <= few) return smallest;
    let fewest = this.all.size;
    for (const alternatives of requirements) {
      const pools = this.poolsOf(alternatives);
      const count = pools.reduce((sum, { size }) => sum + size, 0);
      if (count < fewest) {
        smallest = pools;
        fewest = count;
      }
    }
    return smallest;
  }

  private poolsOf(alternatives: Alternatives): readonly Pool[] {
    for (const { path } of alternatives) {
      if (this.byAttribute.isTracked(path)) continue;
      const workers = [...this.all.idle.keys()];
      this.byAttribute.track(
        path,
        workers.map((worker) => [worker, this.documentOf(worker.workerSid)]),
      );
    }
    return alternatives.flatMap((each) => this.byAttribute.get(each) ?? []);
  }
}

/** Workers of one or several pools. */
class Candidates {
  constructor(private readonly pools: readonly Pool[]) {}

  /** Idle longest first. */
  idle(): Iterable<ReadyWorker> {
    return merged(
      this.pools.map(({ idle }) => idle),
      compareIdle,
    );
  }

  /** Those whose values have an order, and those for whose sake the order is ignored if they may be offered the task. */
  ordered(orderBy: OrderBy): {
    readonly workers: Iterable<ReadyWorker>;
    readonly unordered: Iterable<ReadyWorker>;
  } {
    const orders = this.pools.map((pool) => pool.ordered(orderBy));
    const [first] = orders;
    if (!first) return { workers: [], unordered: [] };
    return {
      workers: merged(
        orders.map(({ tree }) => tree),
        first.compare,
      ),
      unordered: orders.flatMap(({ unordered }) => [...unordered]),
    };
  }
}

/** The workers of a tree in order. Nearly always the first one is taken: to find it is far cheaper than to iterate. */
function* inOrder(tree: BTree<ReadyWorker, undefined>): Iterable<ReadyWorker> {
  const first = tree.minKey();
  if (!first) return;
  yield first;
  for (const worker of tree.keys(first)) if (worker !== first) yield worker;
}

/** The workers of all trees in order, each once. */
function merged(trees: readonly BTree<ReadyWorker, undefined>[], compare: Compare): Iterable<ReadyWorker> {
  return trees.length === 1 && trees[0] ? inOrder(trees[0]) : mergedInOrder(trees, compare);
}

function* mergedInOrder(
  trees: readonly BTree<ReadyWorker, undefined>[],
  compare: Compare,
): Iterable<ReadyWorker> {
  const heads = trees.map((tree) => tree.keys());
  const next = heads.map((head) => head.next());
  for (;;) {
    let first: ReadyWorker | undefined;
    for (const { done, value } of next) if (!done && (!first || compare(value, first) < 0)) first = value;
    if (!first) return;
    yield first;
    for (const [at, { done, value }] of next.entries())
      if (!done && compare(value, first) === 0)
        next[at] = (heads[at] as IterableIterator<ReadyWorker>).next();
  }
}
