import { type TableName, tableNames } from '../model/entities';
import type { Rows } from './store';

type Row = Readonly<Record<string, unknown>> & { readonly sid: string };

/** A field that must name a row of another table. */
interface Reference {
  readonly field: string;
  readonly to: TableName;
  /** Which rows need it; default: all. Work that is over can outlive what it refers to. */
  readonly when?: (row: Row) => boolean;
}

const isWaiting = ({ status }: Row) => status === 'pending' || status === 'reserved';
const isUnfinished = ({ status }: Row) => status !== 'completed' && status !== 'canceled';
const isPending = ({ status }: Row) => status === 'pending';

const workspace: Reference = { field: 'workspaceSid', to: 'workspaces' };

/** What the engine looks up without asking whether it exists. */
const references: Readonly<Record<TableName, readonly Reference[]>> = {
  workspaces: [
    { field: 'defaultActivitySid', to: 'activities' },
    { field: 'timeoutActivitySid', to: 'activities' },
  ],
  activities: [workspace],
  taskChannels: [workspace],
  taskQueues: [
    workspace,
    { field: 'reservationActivitySid', to: 'activities' },
    { field: 'assignmentActivitySid', to: 'activities' },
  ],
  workflows: [workspace, { field: 'versionSid', to: 'workflowVersions' }],
  workflowVersions: [workspace],
  workers: [workspace, { field: 'activitySid', to: 'activities' }],
  workerChannels: [
    workspace,
    { field: 'workerSid', to: 'workers' },
    { field: 'taskChannelSid', to: 'taskChannels' },
  ],
  tasks: [
    workspace,
    { field: 'taskChannelSid', to: 'taskChannels' },
    { field: 'taskQueueSid', to: 'taskQueues', when: isUnfinished },
    { field: 'workflowSid', to: 'workflows', when: isWaiting },
    { field: 'transferSid', to: 'transfers' },
  ],
  reservations: [
    workspace,
    { field: 'taskSid', to: 'tasks' },
    { field: 'workerSid', to: 'workers', when: isPending },
    { field: 'workerPreviousActivitySid', to: 'activities', when: isPending },
    { field: 'transferSid', to: 'transfers' },
  ],
  transfers: [workspace, { field: 'taskSid', to: 'tasks' }],
  deliveries: [workspace],
  calls: [workspace, { field: 'reservationSid', to: 'reservations' }],
};

const regardlessOfCase = (name: string) => name.toLowerCase();

/** Names that must be unique in their workspace, and how they are compared. */
const uniqueNames: readonly (readonly [table: TableName, field: string, key: (name: string) => string])[] = [
  ['activities', 'friendlyName', regardlessOfCase],
  ['taskChannels', 'uniqueName', (name) => name],
  ['workers', 'friendlyName', regardlessOfCase],
];

/**
 * The first place where the stored rows contradict each other: a reference to nothing, a name or a sequence that is
 * there twice. Null if there is none.
 * @param sequence the highest one assigned
 */
export function findContradiction(rows: Rows, sequence: number): string | null {
  const sids = sidsOf(rows);
  for (const table of tableNames) {
    const found =
      danglingReference(rows, table, sids) ??
      unfollowedVersion(rows, table, sids) ??
      wrongSequence(rows, table, sequence);
    if (found) return found;
  }
  return repeatedName(rows);
}

type Sids = ReadonlyMap<TableName, ReadonlySet<string>>;

const sidsOf = (rows: Rows): Sids =>
  new Map(tableNames.map((table) => [table, new Set(rowsOf(rows, table).map(({ sid }) => sid))]));

const rowsOf = (rows: Rows, table: TableName) => rows[table] as unknown as readonly Row[];

function danglingReference(rows: Rows, table: TableName, sids: Sids): string | null {
  for (const reference of references[table]) {
    const { field, to } = reference;
    const row = rowsOf(rows, table).find((each) => isDangling(each, reference, sids));
    if (row) return `table ${table}, row ${row.sid}: ${field} is ${row[field]}, which is not in table ${to}`;
  }
  return null;
}

function isDangling(row: Row, { field, to, when }: Reference, sids: Sids): boolean {
  const sid = row[field];
  return sid !== null && !sids.get(to)?.has(sid as string) && (!when || when(row));
}

/** The rows without those that refer to nothing, such as lists that were read one after another have when they change. */
export function withoutDanglingRows(rows: Rows): Rows {
  const sids = sidsOf(rows);
  const kept = tableNames.map((table) => {
    const isKept = (row: Row) => !references[table].some((reference) => isDangling(row, reference, sids));
    return [table, rowsOf(rows, table).filter(isKept)] as const;
  });
  const isComplete = kept.every(([table, { length }]) => length === rows[table].length);
  return isComplete ? rows : withoutDanglingRows(Object.fromEntries(kept) as unknown as Rows);
}

/** The configuration that an unfinished task follows. */
function unfollowedVersion(rows: Rows, table: TableName, sids: Sids): string | null {
  if (table !== 'tasks') return null;
  for (const { sid, status, step } of rows.tasks) {
    if (step.kind !== 'workflow' || !isUnfinished({ sid, status })) continue;
    if (!sids.get('workflowVersions')?.has(step.versionSid))
      return `table tasks, row ${sid}: step.versionSid is ${step.versionSid}, which is not in table workflowVersions`;
  }
  return null;
}

/** Rows are in order of their sequence. Deliveries have those of what they announce. */
function wrongSequence(rows: Rows, table: TableName, highest: number): string | null {
  let previous = -1;
  for (const row of rows[table]) {
    if (row.sequence > highest)
      return `table ${table}, row ${row.sid}: its sequence is above the highest one`;
    if (row.sequence === previous && table !== 'deliveries')
      return `table ${table}, row ${row.sid}: another row has its sequence`;
    previous = row.sequence;
  }
  return null;
}

function repeatedName(rows: Rows): string | null {
  for (const [table, field, key] of uniqueNames) {
    const names = new Set<string>();
    for (const row of rowsOf(rows, table)) {
      const name = `${row.workspaceSid} ${key(row[field] as string)}`;
      if (names.has(name)) return `table ${table}, row ${row.sid}: another row has its ${field}`;
      names.add(name);
    }
  }
  return null;
}
