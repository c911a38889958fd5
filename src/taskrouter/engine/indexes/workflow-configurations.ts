import type { Task } from '../../model/entities';
import { isFinished } from '../rules/transitions';
import {
  parseWorkflowConfiguration,
  type Target,
  type WorkflowConfiguration,
} from '../rules/workflow-configuration';
import type { EntityState } from '../state/entity-state';

/** Index of compiled routing rules by workflow version. It also tells which versions no task follows any more. */
export class WorkflowConfigurations {
  private readonly compiled = new Map<string, WorkflowConfiguration>();
  /** The number of tasks that follow a version. */
  private readonly tasksOf = new Map<string, number>();
  private readonly maybeUnused = new Set<string>();

  constructor(private readonly state: EntityState) {
    state.listen('workflowVersions', (before, after) => {
      if (after || !before) return;
      this.compiled.delete(before.sid);
      this.tasksOf.delete(before.sid);
    });
    state.listen('workflows', (before, after) => {
      if (before && before.versionSid !== after?.versionSid) this.maybeUnused.add(before.versionSid);
    });
    state.listen('tasks', (before, after) => {
      const [left, entered] = [followedBy(before), followedBy(after)];
      if (left === entered) return;
      if (left) this.count(left, -1);
      if (entered) this.count(entered, 1);
    });
  }

  /** The rules of one version. */
  of(versionSid: string): WorkflowConfiguration {
    let configuration = this.compiled.get(versionSid);
    if (!configuration) {
      configuration = parseWorkflowConfiguration(
        this.state.get('workflowVersions', versionSid).configuration,
        true,
      );
      this.compiled.set(versionSid, configuration);
    }
    return configuration;
  }

  /** The target that the task is in; null if its RoutingTarget skips all filters. */
  targetOf(task: Task): Target | null {
    const { step } = task;
    if (step.kind === 'direct') return null;
    const { filters, defaultFilter } = this.of(step.versionSid);
    return step.filter === 'default' ? defaultFilter : (filters[step.filter]?.targets[step.target] ?? null);
  }

  /** Versions that no task follows and that no workflow has now; each is checked once after its release. */
  takeUnused(): readonly string[] {
    if (this.maybeUnused.size === 0) return none;
    const unused = [...this.maybeUnused].filter((sid) => !this.isFollowed(sid) && !this.isPresent(sid));
    this.maybeUnused.clear();
    return unused;
  }

  /** Sids of the versions that tasks of this workflow still go by. */
  inUse(workspaceSid: string): string[] {
    const versions = [...this.state.all('workflowVersions', workspaceSid)].map(({ sid }) => sid);
    return versions.filter((sid) => this.isFollowed(sid) || this.isPresent(sid));
  }

  private isPresent(versionSid: string): boolean {
    const version = this.state.find('workflowVersions', versionSid);
    return !!version && this.state.find('workflows', version.workflowSid)?.versionSid === versionSid;
  }

  private isFollowed(versionSid: string): boolean {
    return (this.tasksOf.get(versionSid) ?? 0) > 0;
  }

  /** A count of zero stays, because nearly every task makes it one again: V8 allocates a map that becomes empty anew. */
  private count(versionSid: string, step: 1 | -1): void {
    const count = (this.tasksOf.get(versionSid) ?? 0) + step;
    this.tasksOf.set(versionSid, count);
    if (count === 0 && !this.isPresent(versionSid)) this.maybeUnused.add(versionSid);
  }
}

const none: readonly string[] = [];

/** The sid of the workflow version that the task goes by, if any. */
function followedBy(task: Task | undefined): string | null {
  return task && task.step.kind === 'workflow' && !isFinished(task.status) ? task.step.versionSid : null;
}
