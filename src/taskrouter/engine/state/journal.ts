import type { Change } from '../../model/changes';
import type { TableName, Tables } from '../../model/entities';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
type Changed = Mutable<Change>;

/** Up to this many changes, that of a row is looked for in the list. Nearly every command has fewer. */
const few = 24;

/**
 * What the present command changed: one change per row, in the order in which the rows were first changed. Only a command
 * with many changes gets a map of them: V8 allocates a map anew whenever it becomes empty again.
 */
export class Journal {
  private changes: Changed[] = [];
  /** All changes by table and sid, if there are many. */
  private byRow: Map<string, Changed> | null = null;
  /** Whether a row came and went again. */
  private hasNone = false;

  /** @param before the row before this write; of two writes, the first counts */
  record<Name extends TableName>(
    table: Name,
    sid: string,
    before: Tables[Name] | undefined,
    after: Tables[Name] | undefined,
  ): void {
    const earlier = this.find(table, sid);
    if (earlier) {
      earlier.after = after as never;
      if (!earlier.before && !after) this.hasNone = true;
      return;
    }
    const change = { table, sid, before, after } as Changed;
    this.changes.push(change);
    this.byRow?.set(table + sid, change);
    if (this.changes.length > few) this.byRow ??= mapOf(this.changes);
  }

  /** All changes since the last call, and forgets them. */
  take(): readonly Change[] {
    const { changes } = this;
    this.changes = [];
    this.byRow = null;
    if (!this.hasNone) return changes;
    this.hasNone = false;
    return changes.filter(({ before, after }) => before || after);
  }

  private find(table: TableName, sid: string): Changed | undefined {
    if (this.byRow) return this.byRow.get(table + sid);
    for (const change of this.changes) if (change.table === table && change.sid === sid) return change;
    return undefined;
  }
}

const mapOf = (changes: readonly Changed[]): Map<string, Changed> =>
  new Map(changes.map((change) => [change.table + change.sid, change]));
