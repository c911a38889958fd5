import { type ListedKind, listNames } from '../file/lists';
import { type Named, nameOf } from '../file/names';

/** Which sid goes with which name, of what is there and of what has been created since. */
export class Directory {
  private readonly sids = new Map<string, string>();
  private readonly names = new Map<string, string>();

  add(kind: ListedKind, name: string, sid: string): void {
    this.sids.set(`${kind} ${name}`, sid);
    this.names.set(`${kind} ${sid}`, name);
  }

  /** @throws Error when nothing has that name: a plan never refers to what it has not made before */
  sidOf(kind: ListedKind, name: string): string {
    const sid = this.sids.get(`${kind} ${name}`);
    if (sid === undefined) throw new Error(`There is no ${kind} named "${name}".`);
    return sid;
  }

  nameOf(kind: ListedKind, sid: string): string | undefined {
    return this.names.get(`${kind} ${sid}`);
  }
}

type List = (typeof listNames)[ListedKind];
type Lists = Readonly<Record<List, readonly (Named & { readonly sid: string | null })[]>>;

export function directoryOf(lists: Lists): Directory {
  const directory = new Directory();
  for (const [kind, list] of Object.entries(listNames) as [ListedKind, List][]) {
    for (const item of lists[list]) {
      if (item.sid !== null) directory.add(kind, nameOf(item), item.sid);
    }
  }
  return directory;
}
