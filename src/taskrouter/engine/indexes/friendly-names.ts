import type { EntityState } from '../state/entity-state';

/** Without regard to case: https://www.twilio.com/docs/taskrouter/api/worker */
export const workerNameKey = (friendlyName: string) => friendlyName.toLowerCase();

/** How names are compared, by table. */
const keyOf = {
  workers: workerNameKey,
  /** Exactly (our choice): Twilio refuses a name that exists; no evidence covers one that differs in case alone. */
  taskQueues: (friendlyName: string) => friendlyName,
} as const;

type NamedTable = keyof typeof keyOf;

/** Index of a table by friendly name, which is unique in a workspace. */
export class FriendlyNames {
  private readonly sids = new Map<string, string>();

  constructor(
    state: EntityState,
    private readonly table: NamedTable,
  ) {
    state.listen(table, (before, after) => {
      if (before && before.friendlyName === after?.friendlyName) return;
      if (before) this.forget(before);
      if (after) this.sids.set(this.key(after.workspaceSid, after.friendlyName), after.sid);
    });
  }

  /** The sid of what has this name. */
  find(workspaceSid: string, friendlyName: string): string | undefined {
    return this.sids.get(this.key(workspaceSid, friendlyName));
  }

  /** A data directory from before names were unique may hold one twice: only the entry that is indexed goes. */
  private forget(row: {
    readonly sid: string;
    readonly workspaceSid: string;
    readonly friendlyName: string;
  }): void {
    const key = this.key(row.workspaceSid, row.friendlyName);
    if (this.sids.get(key) === row.sid) this.sids.delete(key);
  }

  private key(workspaceSid: string, friendlyName: string): string {
    return workspaceSid + keyOf[this.table](friendlyName);
  }
}
