/** What TaskRouter knows by a name: task channels by their unique one, everything else by its friendly one. */
export type Named =
  | { readonly friendlyName: string; readonly uniqueName?: never }
  | { readonly uniqueName: string };

export function nameOf(item: Named): string {
  return item.uniqueName ?? item.friendlyName;
}

export function findNamed<Item extends Named>(items: readonly Item[], name: string): Item | undefined {
  return items.find((item) => nameOf(item) === name);
}
