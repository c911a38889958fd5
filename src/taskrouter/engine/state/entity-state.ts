import type { Change } from '../../model/changes';
import { type TableName, type Tables, tableNames } from '../../model/entities';
import { Table } from './table';

type Listener<E> = (before: E | undefined, after: E | undefined) => void;

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
  private readonly listeners = new Map<TableName, Listener<never>[]>();
  private journal = new Map<string, Change>();

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

  put<Name extends TableName>(name: Name, row: Tables[Name]): Tables[Name] {
    this.write(name, row.sid, row);
    return row;
  }

  remove(name: TableName, sid: string): void {
    if (this.find(name, sid)) this.write(name, sid, undefined);
  }

  /** Calls `listener` for every row of the table that is written, loaded or restored. */
  listen<Name extends TableName>(name: Name, listener: Listener<Tables[Name]>): void {
    const listeners = this.listeners.get(name) ?? [];
    listeners.push(listener as Listener<never>);
    this.listeners.set(name, listeners);
  }

  /** Loads a stored row without recording a change. */
  load<Name extends TableName>(name: Name, row: Tables[Name]): void {
    this.apply(name, row.sid, row);
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
  takeChanges(): Change[] {
    this.sequenceBefore = this.sequence;
    const changes = [...this.journal.values()].filter(({ before, after }) => before || after);
    this.journal = new Map();
    return changes;
  }

  /** Undoes everything since the last `takeChanges`, last change first. */
  undo(): void {
    const changes = [...this.journal.values()].reverse();
    this.journal = new Map();
    this.sequence = this.sequenceBefore;
    for (const { table, sid, before } of changes) this.apply(table, sid, before);
  }

  private write<Name extends TableName>(name: Name, sid: string, row: Tables[Name] | undefined): void {
    // Not by sid alone: a delivery has the sid of its reservation or event.
    const key = name + sid;
    const earlier = this.journal.get(key);
    const before = earlier ? earlier.before : this.find(name, sid);
    this.journal.set(key, { table: name, sid, before, after: row } as Change);
    this.apply(name, sid, row);
  }

  private apply<Name extends TableName>(name: Name, sid: string, row: Tables[Name] | undefined): void {
    const before = this.find(name, sid);
    this.table(name).write(sid, row);
    for (const listener of this.listeners.get(name) ?? []) (listener as Listener<Tables[Name]>)(before, row);
  }
}
