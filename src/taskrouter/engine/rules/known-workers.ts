import type { Task, Worker } from '../../model/entities';
import type { FriendlyNames } from '../indexes/friendly-names';
import type { EntityState } from '../state/entity-state';
import { valueAt } from './ordering';
import type { KnownWorker } from './workflow-configuration';

/**
 * Finds the known worker of a task: the one that a task attribute names, as the target says.
 * Source: https://www.twilio.com/docs/taskrouter/workflow-configuration/known-agent-routing
 */
export class KnownWorkers {
  constructor(
    private readonly state: EntityState,
    private readonly names: FriendlyNames,
  ) {}

  /** Undefined if the attribute names no worker of the workspace. */
  find(task: Task, known: KnownWorker): Worker | undefined {
    const value = valueAt(task.attributes, known.path);
    if (typeof value !== 'string') return undefined;
    const sid = known.by === 'sid' ? value : this.names.find(task.workspaceSid, value);
    const worker = sid === undefined ? undefined : this.state.find('workers', sid);
    return worker?.workspaceSid === task.workspaceSid ? worker : undefined;
  }
}
