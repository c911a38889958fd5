import type { CommandOutcome } from '../../src/taskrouter/engine/engine';
import { type Entity, type TableName, type Tables, tableNames } from '../../src/taskrouter/model/entities';

type Rows = { readonly [Name in TableName]: readonly Tables[Name][] };

/** What a store would hold: the rows that the changes of all commands add up to. */
export class StoredRows {
  private readonly tables = new Map<TableName, Map<string, Entity>>(
    tableNames.map((name) => [name, new Map()]),
  );
  /** The highest sequence of any row or event so far. */
  sequence = 0;

  fold({ changes, events }: CommandOutcome<unknown>): void {
    for (const { table, sid, after } of changes) {
      if (after) this.tables.get(table)?.set(sid, after);
      else this.tables.get(table)?.delete(sid);
    }
    const numbers = [
      ...changes.map(({ after }) => after?.sequence ?? 0),
      ...events.map(({ sequence }) => sequence),
    ];
    this.sequence = Math.max(this.sequence, ...numbers);
  }

  /** Each table in order of creation, as plain copies: nothing is shared with the engine that made them. */
  rows(): Rows {
    const tables = tableNames.map((name) => {
      const rows = [...(this.tables.get(name)?.values() ?? [])];
      return [name, rows.sort((left, right) => left.sequence - right.sequence)] as const;
    });
    return JSON.parse(JSON.stringify(Object.fromEntries(tables)));
  }
}
