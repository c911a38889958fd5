import type { TableName, Tables } from '../../model/entities';
import { usesCapacity } from '../rules/transitions';
import type { EntityState } from './entity-state';

/**
 * Our choice. An offer that is accepted and completed replaces about four rows of 250 bytes. With 10,000 rows, the engine
 * alone takes a fifth more time, because its garbage collection has to move what is kept.
 */
const maxChanges = 2_500;

/** What decides who is offered a task, besides the task itself. */
const watched = [
  'workspaces',
  'activities',
  'taskChannels',
  'taskQueues',
  'workflowVersions',
  'workers',
  'workerChannels',
  'reservations',
] as const satisfies readonly TableName[];

type WatchedTable = (typeof watched)[number];
type Row = Tables[WatchedTable];
type Replaced = ReadonlyMap<WatchedTable, ReadonlyMap<string, Row>>;

/** A moment in the past: how much had been changed and created until then. */
export interface Moment {
  readonly changes: number;
  readonly sequence: number;
}

/**
 * The rows that were replaced lately, so that the state before them can be read again. Rows are immutable, so a change
 * costs one reference, and nothing is copied.
 */
export class RecentChanges {
  /** The rows before each change, and the table of each: in two lists, because an object for each takes time. */
  private rows: Row[] = [];
  private tables: WatchedTable[] = [];
  /** How many changes are no longer kept. */
  private forgotten = 0;
  /** Nothing is kept until somebody may want to come back. */
  private isKept = false;

  constructor(private readonly state: EntityState) {
    for (const table of watched) {
      state.listen(table, (before) => {
        if (before && this.isKept && !isOver(before)) this.keep(table, before);
      });
    }
  }

  /** The present moment, for `rowsAt`. */
  mark(): Moment {
    this.isKept = true;
    return { changes: this.forgotten + this.rows.length, sequence: this.state.lastSequence };
  }

  /** The rows at a moment; null if too much has changed since. */
  rowsAt(moment: Moment): PastRows | null {
    if (moment.changes < this.forgotten) return null;
    const replaced = new Map<WatchedTable, Map<string, Row>>();
    for (let at = this.rows.length - 1; at >= moment.changes - this.forgotten; at -= 1) {
      const [table, row] = [this.tables[at], this.rows[at]];
      if (!table || !row) continue;
      const rows = replaced.get(table) ?? new Map<string, Row>();
      replaced.set(table, rows.set(row.sid, row));
    }
    return new PastRows(this.state, replaced, moment.sequence);
  }

  private keep(table: WatchedTable, before: Row): void {
    this.rows.push(before);
    this.tables.push(table);
    // Truncates rarely instead of shifting at every change.
    if (this.rows.length < maxChanges * 1.25) return;
    this.forgotten += this.rows.length - maxChanges;
    this.rows = this.rows.slice(-maxChanges);
    this.tables = this.tables.slice(-maxChanges);
  }
}

/** The rows as they were at a moment. */
export class PastRows {
  constructor(
    private readonly state: EntityState,
    private readonly replaced: Replaced,
    private readonly sequence: number,
  ) {}

  find<Name extends WatchedTable>(table: Name, sid: string): Tables[Name] | undefined {
    const row = this.replacedIn(table).get(sid) ?? this.state.find(table, sid);
    return row && this.existed(row) ? row : undefined;
  }

  /** The rows of one workspace, in order of creation. */
  all<Name extends WatchedTable>(table: Name, workspaceSid: string): Tables[Name][] {
    const isIn = (row: Row) => 'workspaceSid' in row && row.workspaceSid === workspaceSid;
    return this.instead(table, this.state.all(table, workspaceSid), isIn);
  }

  /** What the wanted rows were, in order of creation. @param present those of them that exist now */
  instead<Name extends WatchedTable>(
    table: Name,
    present: Iterable<Tables[Name]>,
    isWanted: (row: Tables[Name]) => boolean,
  ): Tables[Name][] {
    const replaced = this.replacedIn(table);
    const rows = [...present].filter(({ sid }) => !replaced.has(sid));
    for (const row of replaced.values()) if (isWanted(row)) rows.push(row);
    return rows.filter((row) => this.existed(row)).sort((left, right) => left.sequence - right.sequence);
  }

  /** What was created later has a later sequence. */
  private existed({ sequence }: Row): boolean {
    return sequence <= this.sequence;
  }

  private replacedIn<Name extends WatchedTable>(table: Name): ReadonlyMap<string, Tables[Name]> {
    return (this.replaced.get(table) ?? new Map()) as ReadonlyMap<string, Tables[Name]>;
  }
}

/** A reservation that is over decides nothing any more. It only changes once more, when it is deleted. */
const isOver = (row: Row): boolean => 'taskSid' in row && !usesCapacity(row.status);
