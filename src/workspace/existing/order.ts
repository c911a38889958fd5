import { type Named, nameOf } from '../file/names';

/** By creation, and of the same second by name: TaskRouter promises no order, and a pulled file needs one. */
export function inOrder<Item extends Named & { readonly dateCreated: Date | null }>(
  items: readonly Item[],
): Item[] {
  return [...items].sort(
    (left, right) => createdAt(left) - createdAt(right) || compareText(nameOf(left), nameOf(right)),
  );
}

const createdAt = ({ dateCreated }: { readonly dateCreated: Date | null }) => dateCreated?.getTime() ?? 0;

/** Not by a language's order, which differs from computer to computer. */
function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
