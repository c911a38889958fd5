import type { Path } from './condition';
import { PathTree } from './path-tree';
import { eachFulfilled, Requirements, wantedBy } from './requirement-index';
import type { Requirement } from './requirements';

/** The entries whose documents fulfill the same requirement. */
export interface Bucket<Entry> {
  readonly size: number;
  add(entry: Entry): unknown;
  delete(entry: Entry): unknown;
}

/** Index of entries by the values that their documents have at the tracked paths. */
export class DocumentIndex<Entry, Entries extends Bucket<Entry>> {
  private readonly tracked = new PathTree<Requirements<Entries>>();

  private count = 0;

  constructor(private readonly newBucket: () => Entries) {}

  /** The number of tracked paths. */
  get size(): number {
    return this.count;
  }

  isTracked(path: Path): boolean {
    return this.tracked.get(path) !== undefined;
  }

  /** Starts to keep the values at a path, first those of the entries that exist already. */
  track(path: Path, entries: Iterable<readonly [entry: Entry, document: object]>): void {
    const only = new PathTree<Requirements<Entries>>();
    const requirements = new Requirements<Entries>();
    only.set(path, requirements);
    if (!this.isTracked(path)) this.count += 1;
    this.tracked.set(path, requirements);
    for (const [entry, document] of entries) this.addTo(only, entry, document);
  }

  untrack(path: Path): void {
    if (this.isTracked(path)) this.count -= 1;
    this.tracked.delete(path);
  }

  add(entry: Entry, document: object): void {
    this.addTo(this.tracked, entry, document);
  }

  /** @param document the same as when the entry was added */
  delete(entry: Entry, document: object): void {
    this.tracked.walk(document, (requirements, value) => {
      eachFulfilled(value, (kind, wanted) => {
        const bucket = requirements.get(kind, wanted);
        bucket?.delete(entry);
        if (bucket?.size === 0) requirements.delete(kind, wanted);
      });
    });
  }

  /** The entries whose document fulfills the requirement, whose path is tracked; undefined if there are none. */
  get(requirement: Requirement): Entries | undefined {
    return this.tracked.get(requirement.path)?.get(requirement.kind, wantedBy(requirement));
  }

  private addTo(tree: PathTree<Requirements<Entries>>, entry: Entry, document: object): void {
    tree.walk(document, (requirements, value) => {
      eachFulfilled(value, (kind, wanted) => {
        const bucket = requirements.get(kind, wanted) ?? this.newBucket();
        requirements.set(kind, wanted, bucket);
        bucket.add(entry);
      });
    });
  }
}
