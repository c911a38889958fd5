interface Row {
  readonly sid: string;
  readonly sequence: number;
  readonly workspaceSid?: string;
}

const byCreation = (left: Row, right: Row) => left.sequence - right.sequence;

/** The rows of one table, by sid and by workspace, in order of creation. */
export class Table<E extends Row> {
  private readonly rows = new Map<string, E>();
  private readonly workspaces = new Map<string, Map<string, E>>();
  private newest = 0;

  find(sid: string): E | undefined {
    return this.rows.get(sid);
  }

  /** The rows of one workspace; all rows if no sid is given. */
  all(workspaceSid?: string): Iterable<E> {
    if (workspaceSid === undefined) return this.rows.values();
    return this.workspaces.get(workspaceSid)?.values() ?? [];
  }

  /** The number of rows of one workspace; of all rows if no sid is given. */
  count(workspaceSid?: string): number {
    if (workspaceSid === undefined) return this.rows.size;
    return this.workspaces.get(workspaceSid)?.size ?? 0;
  }

  /** Sets or, with `undefined`, removes a row. */
  write(sid: string, row: E | undefined): void {
    const before = this.rows.get(sid);
    if (row === undefined) this.remove(sid, before);
    else this.set(sid, row, before === undefined);
  }

  private remove(sid: string, before: E | undefined): void {
    this.rows.delete(sid);
    if (before?.workspaceSid) this.workspaces.get(before.workspaceSid)?.delete(sid);
  }

  private set(sid: string, row: E, isNew: boolean): void {
    this.rows.set(sid, row);
    const siblings = row.workspaceSid === undefined ? undefined : this.siblings(row.workspaceSid);
    siblings?.set(sid, row);
    if (!isNew) return;
    // Only an undone removal puts an older row after a newer one.
    if (row.sequence < this.newest) for (const map of [this.rows, siblings]) if (map) putInOrder(map);
    this.newest = Math.max(this.newest, row.sequence);
  }

  private siblings(workspaceSid: string): Map<string, E> {
    let siblings = this.workspaces.get(workspaceSid);
    if (!siblings) {
      siblings = new Map();
      this.workspaces.set(workspaceSid, siblings);
    }
    return siblings;
  }
}

function putInOrder<E extends Row>(map: Map<string, E>): void {
  const rows = [...map.values()].sort(byCreation);
  map.clear();
  for (const row of rows) map.set(row.sid, row);
}
