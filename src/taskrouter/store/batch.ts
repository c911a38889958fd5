import type { Change } from '../model/changes';
import type { CommitBatch } from './store';

/** The last change of each row, in order of the first change. Changes in between are never read. */
export function lastChanges(batch: CommitBatch): Change[] {
  const last = new Map<string, Change>();
  for (const change of batch.changes) last.set(`${change.table} ${change.sid}`, change);
  return [...last.values()];
}

/** The highest sequence in this batch, or `sequence` if that is higher. */
export function highestSequence(batch: CommitBatch, sequence: number): number {
  let highest = sequence;
  for (const { after } of batch.changes) if (after && after.sequence > highest) highest = after.sequence;
  for (const event of batch.events) if (event.sequence > highest) highest = event.sequence;
  return highest;
}
