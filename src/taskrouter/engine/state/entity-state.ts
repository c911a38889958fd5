import type { Change } from '../../model/changes';
import { type TableName, type Tables, tableNames } from '../../model/entities';
import { Journal } from './journal';
import { Table } from './table';
import { uniformRow } from './uniform-rows';

/**
 * All entities, and a journal of what the present command changed. Indexes listen to the changes of rows, so that the
 * same code keeps them correct after a write, an undone command, and loading.
 */
export class EntityState {
  /** The last sequence assigned to an entity or an event. */
  private sequence = 0;
  /** The sequence before the present command: an undo goes back to it. */
  private sequenceBefore = 0;
  private readonly tables = Object.fromEntries(tableNames.map((name) => [name, new Table()])) as {
    [Name in TableName]: Table<Tables[Name]>;
  };
  private readonly journal = new Journal();

  table<Name extends TableName>(name: Name): Table<Tables[Name]> {
    return this.tables[name] as Table<Tables[Name]>;
  }

  find<Name extends TableName>(name: Name, sid: string): Tables[Name] | undefined {
    return this.table(name).find(sid);
  }

  /** A row that exists, because another row refers to it. @throws Error if it does not */
  get<Name extends TableName>(name: Name, sid: string): Tables[Name] {
    const row = this.find(name, sid);
    if (!row) throw new Error(`${name} has no ${sid}, but another row refers to it`);
    return row;
  }

  all<Name extends TableName>(name: Name, workspaceSid?: string): Iterable<Tables[Name]> {
    return this.table(name).all(workspaceSid);
  }

  /** @returns the row as it is kept */
  put<Name extends TableName>(name: Name, written: Tables[Name]): Tables[Name] {
    const row = uniformRow(name, written);
    this.write(name, row.sid, row, this.find(name, row.sid));
    return row;
  }

  remove(name: TableName, sid: string): void {
    const before = this.find(name, sid);
    if (before) this.write(name, sid, undefined, before);
  }

  /** Calls `listener` for every row of the table that is written, loaded or restored. */
  listen<Name extends TableName>(
    name: Name,
    listener: (before: Tables[Name] | undefined, after: Tables[Name] | undefined) => void,
  ): void {
    this.table(name).listen(listener);
  }

  /** Loads a stored row without recording a change. */
  load<Name extends TableName>(name: Name, row: Tables[Name]): void {
    this.table(name).write(row.sid, this.find(name, row.sid), row);
  }

  get lastSequence(): number {
    return this.sequence;
  }

  nextSequence(): number {
    this.sequence += 1;
    return this.sequence;
  }

  continueAfter(sequence: number): void {
    this.sequence = sequence;
    this.sequenceBefore = sequence;
  }

  /** Returns the changes since the last call, one per row, and clears them. */
  takeChanges(): readonly Change[] {
    this.sequenceBefore = this.sequence;
    return this.journal.take();
  }

  /** Undoes everything since the last `takeChanges`, last change first. */
  undo(): void {
    this.sequence = this.sequenceBefore;
    for (const { table, sid, before } of [...this.journal.take()].reverse())
      this.table(table).write(sid, this.find(table, sid) as never, before as never);
  }

  private write<Name extends TableName>(
    name: Name,
    sid: string,
    row: Tables[Name] | undefined,
    before: Tables[Name] | undefined,
  ): void {
    this.journal.record(name, sid, before, row);
    this.table(name).write(sid, before, row);
  }
}
