import type { Tables } from '../../model/entities';
import type { EntityState } from '../state/entity-state';

/** Index of the rows of a table by the entity that they belong to: calls by reservation, transfers by task. */
export class RowsByOwner<Name extends 'calls' | 'transfers'> {
  private readonly rows = new Map<string, Map<string, Tables[Name]>>();

  /** @param ownerOf the sid of the entity that a row belongs to, which never changes */
  constructor(
    state: EntityState,
    table: Name,
    private readonly ownerOf: (row: Tables[Name]) => string,
  ) {
    state.listen(table, (before, after) => {
      const row = after ?? before;
      if (row) this.place(row, after !== undefined);
    });
  }

  of(ownerSid: string): readonly Tables[Name][] {
    return [...(this.rows.get(ownerSid)?.values() ?? [])];
  }

  private place(row: Tables[Name], isThere: boolean): void {
    const owner = this.ownerOf(row);
    const rows = this.rows.get(owner) ?? new Map<string, Tables[Name]>();
    if (isThere) rows.set(row.sid, row);
    else rows.delete(row.sid);
    if (rows.size === 0) this.rows.delete(owner);
    else this.rows.set(owner, rows);
  }
}
