import type { Path } from '../language/condition';

/** The attributes that documents of one kind, workers or example tasks, have. */
export class AttributeValues {
  private names: readonly string[] | undefined;
  /** By path. Hundreds of expressions read the same few attributes of all workers. */
  private readonly found = new Map<string, readonly unknown[]>();

  constructor(
    private readonly documents: readonly object[],
    /** First names that every document has besides its attributes. */
    private readonly fields: ReadonlySet<string>,
  ) {}

  /** Without documents nothing is known about attributes. */
  get areKnown(): boolean {
    return this.documents.length > 0;
  }

  isField(path: Path): boolean {
    return this.fields.has(path[0]);
  }

  /** The values at a path, without NULL and missing ones. */
  at(path: Path): readonly unknown[] {
    const key = JSON.stringify(path);
    let values = this.found.get(key);
    if (!values) {
      values = this.documents
        .map((document) => path.reduce(member, document as unknown))
        .filter((value) => value !== undefined && value !== null);
      this.found.set(key, values);
    }
    return values;
  }

  /** The paths of all attributes, as expressions spell them. */
  allNames(): readonly string[] {
    this.names ??= [...this.fields, ...new Set(this.documents.flatMap((document) => pathsIn(document)))];
    return this.names;
  }
}

function member(value: unknown, step: string | number): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
  return (value as Record<string | number, unknown>)[step];
}

/** Our choice: deeper attributes are not suggested. */
const maxDepth = 4;

function pathsIn(value: unknown, prefix = '', depth = 0): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || depth === maxDepth) return [];
  return Object.entries(value).flatMap(([name, inner]) => [
    `${prefix}${name}`,
    ...pathsIn(inner, `${prefix}${name}.`, depth + 1),
  ]);
}
