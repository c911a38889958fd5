import { isDeepStrictEqual } from 'node:util';

type Path = readonly PropertyKey[];

/** A place of a document at which it differs from another; undefined: there is nothing there. */
export interface LeafDifference {
  readonly path: Path;
  readonly before: unknown;
  readonly after: unknown;
}

/** The innermost places at which two JSON values differ. */
export function leafDifferences(before: unknown, after: unknown, path: Path = []): LeafDifference[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (!isContainer(before) || !isContainer(after) || Array.isArray(before) !== Array.isArray(after)) {
    return [{ path, before, after }];
  }
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) =>
    leafDifferences(valueAt(before, key), valueAt(after, key), [
      ...path,
      Array.isArray(after) ? Number(key) : key,
    ]),
  );
}

type Container = Readonly<Record<string, unknown>>;

const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null;

const valueAt = (container: Container, key: string) =>
  Object.hasOwn(container, key) ? container[key] : undefined;
