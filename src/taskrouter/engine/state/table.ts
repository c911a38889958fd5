interface Row {
  readonly sid: string;
  readonly sequence: number;
  readonly workspaceSid?: string;
}

type Listener<E> = (before: E | undefined, after: E | undefined) => void;

const byCreation = (left: Row, right: Row) => left.sequence - right.sequence;

/** The rows of one table, by sid and by workspace, in order of creation. */
export class Table<E extends Row> {
  private readonly rows = new Map<string, E>();
  /** Only those with rows. While there is one, this refers to `rows`: with one map, a row takes 40 bytes less. */
  private readonly workspaces = new Map<string, Map<string, E>>();
  private readonly listeners: Listener<E>[] = [];
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

  /** Calls `listener` for every row that is written. */
  listen(listener: Listener<E>): void {
    this.listeners.push(listener);
  }

  /** Sets or, with `undefined`, removes a row. `before` is the present row. */
  write(sid: string, before: E | undefined, row: E | undefined): void {
    if (row === undefined) this.remove(sid, before);
    else this.set(sid, row, before === undefined);
    for (const listener of this.listeners) listener(before, row);
  }

  private remove(sid: string, before: E | undefined): void {
    this.rows.delete(sid);
    if (!before?.workspaceSid) return;
    const siblings = this.workspaces.get(before.workspaceSid);
    siblings?.delete(sid);
    // Else another workspace could take `rows` for its own, and share it with this one.
    if (siblings?.size === 0) this.workspaces.delete(before.workspaceSid);
  }

  private set(sid: string, row: E, isNew: boolean): void {
    const siblings = row.workspaceSid === undefined ? this.rows : this.siblings(row.workspaceSid);
    this.rows.set(sid, row);
    if (siblings !== this.rows) siblings.set(sid, row);
    if (!isNew) return;
    // Only an undone removal puts an older row after a newer one.
    if (row.sequence < this.newest) for (const map of new Set([this.rows, siblings])) putInOrder(map);
    this.newest = Math.max(this.newest, row.sequence);
  }

  private siblings(workspaceSid: string): Map<string, E> {
    let siblings = this.workspaces.get(workspaceSid);
    if (!siblings) {
      siblings = this.rows.size === 0 ? this.rows : new Map<string, E>();
      this.separate();
      this.workspaces.set(workspaceSid, siblings);
    }
    return siblings;
  }

  /** Before a second workspace has rows, the first one gets a map of its own. */
  private separate(): void {
    for (const [workspaceSid, rows] of this.workspaces)
      if (rows === this.rows) this.workspaces.set(workspaceSid, new Map(rows));
  }
}

function putInOrder<E extends Row>(map: Map<string, E>): void {
  const rows = [...map.values()].sort(byCreation);
  map.clear();
  for (const row of rows) map.set(row.sid, row);
}
