import { entryOutcomeOfCallback } from '../../common/entry-outcome';
import type { Entry } from './entries';

/** The kinds of entries, with their labels in the filter. */
export const kinds = {
  change: 'Changes',
  read: 'Reads',
  assignment: 'Assignments',
  event: 'Events',
  voice: 'Voice',
  alert: 'Alerts',
} as const;
export type Kind = keyof typeof kinds;

export const kindNames = Object.keys(kinds) as readonly Kind[];

export function kindOf(entry: Entry): Kind {
  if (entry.type === 'alert') return 'alert';
  if (entry.type === 'callback') return entry.kind;
  return entry.method === 'GET' || entry.method === 'HEAD' ? 'read' : 'change';
}

/** Whether an entry needs attention. */
export function isError(entry: Entry): boolean {
  if (entry.type === 'alert') return true;
  return entry.type === 'callback' ? entryOutcomeOfCallback(entry.outcome) === 'error' : entry.status >= 400;
}
