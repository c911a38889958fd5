import type { EventQuery } from './store';

/** The position of an event in the log. */
export interface EventPosition {
  readonly date: number;
  readonly sequence: number;
}

/** The positions of a query's cursors. */
export interface EventCursors {
  readonly olderThan?: EventPosition | undefined;
  readonly newerThan?: EventPosition | undefined;
}

interface Sql {
  readonly text: string;
  readonly values: readonly (string | number)[];
}

interface IndexedField {
  readonly field: string;
  readonly column: string;
  readonly index: string;
}

/** The fields with a column of their own, by which the Events API filters; the most selective first. */
export const indexedFields: readonly IndexedField[] = [
  { field: 'ReservationSid', column: 'reservation_sid', index: 'events_by_reservation' },
  { field: 'TaskSid', column: 'task_sid', index: 'events_by_task' },
  { field: 'WorkerSid', column: 'worker_sid', index: 'events_by_worker' },
  { field: 'TaskQueueSid', column: 'task_queue_sid', index: 'events_by_task_queue' },
  { field: 'WorkflowSid', column: 'workflow_sid', index: 'events_by_workflow' },
];

/** The texts of an event as bytes, and its position as numbers, whatever the columns hold (stored-row.ts). */
export const storedEventColumns = [
  ...['sid', 'workspace_sid', 'type', 'body'].map((column) => `CAST(${column} AS BLOB) AS ${column}`),
  ...['date', 'sequence'].map((column) => `CAST(events.${column} AS INTEGER) AS ${column}`),
].join(', ');

/** By the column: `sequence` alone would be the value that is cast, for which SQLite reads and sorts all events. */
export const oldestEventQuery = `SELECT ${storedEventColumns} FROM events ORDER BY events.sequence LIMIT 1`;

/**
 * The SELECT for a query. It names its index, because SQLite without statistics does not know that a task has few
 * events and a workspace many. Every index ends with the date and, like all of SQLite's, with the row's sequence, so
 * that one page costs one page with any filter.
 */
export function eventQuery(query: EventQuery, { olderThan, newerThan }: EventCursors): Sql {
  const conditions: [condition: string, ...values: (string | number)[]][] = [
    ['workspace_sid = ?', query.workspaceSid],
    ...fieldConditions(query.fields ?? {}),
  ];
  if (query.type !== undefined) conditions.push(['type = ?', query.type]);
  if (query.types) conditions.push([`type IN (${query.types.map(() => '?').join(', ')})`, ...query.types]);
  if (query.sid !== undefined) conditions.push(['sid = ?', query.sid]);
  if (query.from !== undefined) conditions.push(['date >= ?', query.from]);
  if (query.to !== undefined) conditions.push(['date <= ?', query.to]);
  if (olderThan) conditions.push(['(date, sequence) < (?, ?)', olderThan.date, olderThan.sequence]);
  if (newerThan) conditions.push(['(date, sequence) > (?, ?)', newerThan.date, newerThan.sequence]);
  const order = newerThan ? 'events.date, events.sequence' : 'events.date DESC, events.sequence DESC';
  return {
    text:
      `SELECT ${storedEventColumns} FROM events INDEXED BY ${bestIndex(query)} ` +
      `WHERE ${conditions.map(([condition]) => condition).join(' AND ')} ORDER BY ${order} LIMIT ?`,
    values: [...conditions.flatMap(([, ...values]) => values), query.limit],
  };
}

function fieldConditions(fields: Readonly<Record<string, string>>): [string, ...string[]][] {
  return Object.entries(fields).map(([name, value]) => {
    const indexed = indexedFields.find(({ field }) => field === name);
    if (indexed) return [`${indexed.column} = ?`, value];
    return [
      "CASE WHEN json_valid(body) THEN EXISTS (SELECT 1 FROM json_each(body, '$.fields') WHERE key = ? AND value = ?) END",
      name,
      value,
    ];
  });
}

/**
 * Each of the eight indexes serves a query that the others would answer by reading most events: one event and the
 * cursors of paging (`sid`), the events of a workspace, those of one type, and one for each indexed field. Together they
 * are a quarter of the time of a write, because SIDs ascend and so each index grows at one end.
 */
function bestIndex({ sid, fields, type }: EventQuery): string {
  if (sid !== undefined) return 'events_by_sid';
  const indexed = indexedFields.find(({ field }) => fields?.[field] !== undefined);
  if (indexed) return indexed.index;
  return type === undefined ? 'events_by_workspace' : 'events_by_type';
}
