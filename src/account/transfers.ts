import type { WorkspaceContext } from 'twilio/lib/rest/taskrouter/v1/workspace';
import { isSid, sidPrefix } from '../taskrouter/model/sids';
import { readRecentEvents } from './recent-events';

/** The transfers that have begun. REST shows them as events only, and a transferred task has left its workflow. */
export class RecentTransfers {
  /** @param since all transfers since then are known; Unix milliseconds */
  constructor(
    private readonly destinations: ReadonlyMap<string, string>,
    private readonly since: number,
  ) {}

  /** @param dateCreated Unix milliseconds; undefined if it is not known whether the task has been transferred */
  isTransferred(taskSid: string, dateCreated: number): boolean | undefined {
    return this.destinations.has(taskSid) || (dateCreated < this.since ? undefined : false);
  }

  /** The worker who is offered the task by its last transfer; null for a queue. */
  workerOf(taskSid: string): string | null {
    const destination = this.destinations.get(taskSid) ?? null;
    return isSid(sidPrefix.worker, destination) ? destination : null;
  }
}

/** In one request. */
export async function readTransfers(context: WorkspaceContext, now: number): Promise<RecentTransfers> {
  const { events, since } = await readRecentEvents(context, now, { eventType: 'task.transfer-initiated' });
  const destinations = [...events]
    .reverse()
    .map(({ fields }) => [fields.task_sid ?? '', fields.transfer_to ?? ''] as const);
  return new RecentTransfers(new Map(destinations), since);
}
