import { isLoopbackHost } from '../../common/loopback';
import type { Snapshot } from './read-snapshot';

export interface QuietSnapshot {
  readonly snapshot: Snapshot;
  /** How many callbacks that were waiting to be sent are left out. */
  readonly droppedCallbacks: number;
  /** How many callback URLs are removed. */
  readonly removedUrls: number;
}

/**
 * A snapshot that sends nothing by itself, and nothing to other computers. Our choice: who opens the situation of a bug
 * report neither repeats its callbacks nor calls the receivers of its author. Callback URLs on this computer stay, because
 * the local Functions have one.
 */
export function withoutCallbacks(snapshot: Snapshot): QuietSnapshot {
  const { rows } = snapshot;
  let removedUrls = 0;
  const kept = <Url extends string | null>(url: string | null, none: Url): string | Url => {
    if (!url || isOnThisComputer(url)) return url ?? none;
    removedUrls += 1;
    return none;
  };
  const workspaces = rows.workspaces.map((row) => ({
    ...row,
    eventCallbackUrl: kept(row.eventCallbackUrl, ''),
  }));
  const workflows = rows.workflows.map((row) => ({
    ...row,
    assignmentCallbackUrl: kept(row.assignmentCallbackUrl, null),
    fallbackAssignmentCallbackUrl: kept(row.fallbackAssignmentCallbackUrl, null),
  }));
  // An instruction names its TwiML and its status callbacks.
  const calls = rows.calls.map((row) => ({
    ...row,
    url: kept(row.url, null),
    parameters: Object.fromEntries(
      Object.entries(row.parameters).filter(([, value]) => !isUrl(value) || kept(value, null) !== null),
    ),
  }));
  return {
    snapshot: { ...snapshot, rows: { ...rows, workspaces, workflows, calls, deliveries: [] } },
    droppedCallbacks: rows.deliveries.length,
    removedUrls,
  };
}

const isUrl = (value: unknown): value is string => typeof value === 'string' && /^https?:/i.test(value);

const isOnThisComputer = (url: string) => URL.canParse(url) && isLoopbackHost(new URL(url).hostname);
