import type { EntityState } from '../state/entity-state';

/**
 * Index of workers by name. Names are unique in a workspace without regard to case:
 * https://www.twilio.com/docs/taskrouter/api/worker
 */
export class WorkerNames {
  private readonly sids = new Map<string, string>();

  constructor(state: EntityState) {
    state.listen('workers', (before, after) => {
      if (before) this.sids.delete(key(before.workspaceSid, before.friendlyName));
      if (after) this.sids.set(key(after.workspaceSid, after.friendlyName), after.sid);
    });
  }

  /** The sid of the worker of that name. */
  find(workspaceSid: string, friendlyName: string): string | undefined {
    return this.sids.get(key(workspaceSid, friendlyName));
  }
}

const key = (workspaceSid: string, friendlyName: string) => workspaceSid + friendlyName.toLowerCase();
