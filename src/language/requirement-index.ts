import type { Path } from './condition';
import { isScalar, type Scalar } from './operators';
import { PathTree } from './path-tree';
import type { Alternatives, Requirement } from './requirements';

type Kind = Requirement['kind'];

/** What is filed under the requirements of one path. */
export class Requirements<Value> {
  private readonly maps: Readonly<Record<Kind, Map<Scalar, Value>>> = {
    equals: new Map(),
    has: new Map(),
    present: new Map(),
  };

  get(kind: Kind, value: Scalar): Value | undefined {
    return this.maps[kind].get(value);
  }

  set(kind: Kind, value: Scalar, filed: Value): void {
    this.maps[kind].set(value, filed);
  }

  delete(kind: Kind, value: Scalar): void {
    this.maps[kind].delete(value);
  }

  get size(): number {
    return this.maps.equals.size + this.maps.has.size + this.maps.present.size;
  }
}

/** The value that the requirement asks for; null if any will do. */
export const wantedBy = (requirement: Requirement): Scalar =>
  requirement.kind === 'present' ? null : requirement.value;

/** Calls `visit` for each requirement of a path that its value, which is not null, fulfills. */
export function eachFulfilled(value: unknown, visit: (kind: Kind, wanted: Scalar) => void): void {
  visit('present', null);
  if (isScalar(value)) visit('equals', value);
  // A set, because an element can occur twice.
  else if (Array.isArray(value)) for (const each of new Set(value)) if (isScalar(each)) visit('has', each);
}

/**
 * Index of entries by what a document must fulfill for them, such as queues by what their expression asks of a worker.
 * Each entry is filed under the alternatives of one requirement. A document then meets only the entries filed under what
 * it fulfills, and the entries that require nothing.
 */
export class RequirementIndex<Entry> {
  /** Entries that require nothing that could be looked up: every document meets them. */
  readonly unfiled = new Set<Entry>();
  private readonly tree = new PathTree<Requirements<Set<Entry>>>();
  private readonly filed = new Map<Entry, Alternatives>();

  /** @param requirements as `requirementsOf` returns them. An entry that no document can fulfill is left out. */
  add(entry: Entry, requirements: readonly Alternatives[]): void {
    const alternatives = this.rarest(requirements);
    if (!alternatives) this.unfiled.add(entry);
    else this.filed.set(entry, alternatives);
    for (const each of alternatives ?? []) this.file(each, entry);
  }

  delete(entry: Entry): void {
    this.unfiled.delete(entry);
    for (const each of this.filed.get(entry) ?? []) this.unfile(each, entry);
    this.filed.delete(entry);
  }

  /** What the entry is filed under; undefined if it is not filed. */
  alternativesOf(entry: Entry): Alternatives | undefined {
    return this.filed.get(entry);
  }

  /** Whether an entry is filed under a requirement of this path. */
  requires(path: Path): boolean {
    return this.tree.get(path) !== undefined;
  }

  /** The filed entries that the document meets. It meets those in `unfiled`, too. */
  filedFor(document: object): Set<Entry> {
    const found = new Set<Entry>();
    this.tree.walk(document, (requirements, value) => {
      eachFulfilled(value, (kind, wanted) => {
        for (const entry of requirements.get(kind, wanted) ?? []) found.add(entry);
      });
    });
    return found;
  }

  /** What the fewest entries are filed under so far, so that as few as possible are met together. */
  private rarest(requirements: readonly Alternatives[]): Alternatives | undefined {
    let rarest: Alternatives | undefined;
    let fewest = Number.POSITIVE_INFINITY;
    for (const alternatives of requirements) {
      const count = alternatives.reduce((sum, each) => sum + this.count(each), 0);
      if (count < fewest) {
        rarest = alternatives;
        fewest = count;
      }
    }
    return rarest;
  }

  /** A requirement that any value fulfills counts for many. */
  private count(requirement: Requirement): number {
    const count = this.tree.get(requirement.path)?.get(requirement.kind, wantedBy(requirement))?.size ?? 0;
    return requirement.kind === 'present' ? 10 * (count + 1) : count;
  }

  private file(requirement: Requirement, entry: Entry): void {
    let requirements = this.tree.get(requirement.path);
    if (!requirements) {
      requirements = new Requirements();
      this.tree.set(requirement.path, requirements);
    }
    const wanted = wantedBy(requirement);
    const entries = requirements.get(requirement.kind, wanted) ?? new Set();
    requirements.set(requirement.kind, wanted, entries.add(entry));
  }

  private unfile(requirement: Requirement, entry: Entry): void {
    const requirements = this.tree.get(requirement.path);
    const entries = requirements?.get(requirement.kind, wantedBy(requirement));
    entries?.delete(entry);
    if (entries?.size === 0) requirements?.delete(requirement.kind, wantedBy(requirement));
    if (requirements?.size === 0) this.tree.delete(requirement.path);
  }
}
