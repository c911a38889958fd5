import type { ConfigurationReference } from './configuration-names';
import type { ExistingWorkspace, Kind } from './existing';

type NamedKind = Exclude<Kind, 'workspace'>;

/** Which sid goes with which name, of what is there and of what has been created since. */
export class Directory {
  private readonly sids = new Map<string, string>();
  private readonly names = new Map<string, string>();

  add(kind: NamedKind, name: string, sid: string): void {
    this.sids.set(`${kind} ${name}`, sid);
    this.names.set(`${kind} ${sid}`, name);
  }

  /** @throws Error when nothing has that name: a plan never refers to what it has not made before */
  sidOf(kind: NamedKind, name: string): string {
    const sid = this.sids.get(`${kind} ${name}`);
    if (sid === undefined) throw new Error(`There is no ${kind} named "${name}".`);
    return sid;
  }

  nameOf(kind: ConfigurationReference['kind'], sid: string): string | undefined {
    return this.names.get(`${kind} ${sid}`);
  }
}

export function directoryOf(existing: ExistingWorkspace): Directory {
  const directory = new Directory();
  const lists = {
    activity: existing.activities,
    taskQueue: existing.taskQueues,
    workflow: existing.workflows,
    worker: existing.workers,
  };
  for (const [kind, items] of Object.entries(lists)) {
    for (const { friendlyName, sid } of items) {
      if (sid !== null) directory.add(kind as NamedKind, friendlyName, sid);
    }
  }
  return directory;
}
