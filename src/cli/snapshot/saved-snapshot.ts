import type { SnapshotEnd, SnapshotHeader } from '../../taskrouter/snapshot/format';

/** What a snapshot contains. */
export interface SavedSnapshot {
  readonly date: string;
  readonly counts: Readonly<Record<'workspaces' | 'workers' | 'tasks' | 'reservations' | 'events', number>>;
  readonly masked: number;
}

/** Reads the first and the last line. @throws Error if the service stopped while it sent the snapshot */
export function savedSnapshot(text: string): SavedSnapshot {
  const { date } = JSON.parse(text.slice(0, text.indexOf('\n'))) as SnapshotHeader;
  const last = text.slice(text.lastIndexOf('\n', text.length - 2) + 1);
  const { end } = (last.startsWith('{"end":') ? JSON.parse(last) : {}) as { end?: SnapshotEnd };
  if (!end) throw new Error('The local TaskRouter stopped while it sent the snapshot. Save it again.');
  const { workspaces, workers, tasks, reservations } = end.rows;
  return {
    date,
    counts: { workspaces, workers, tasks, reservations, events: end.events },
    masked: end.masked,
  };
}
