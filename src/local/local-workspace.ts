import { doctorRemedy, doctorSummary } from '../doctor/summary';
import type { RememberingSids } from '../system/ids';
import type { NamedSids } from '../system/kept-names';
import { findingsOf } from '../taskrouter/control/doctor';
import type { TaskRouterService } from '../taskrouter/start';
import { type AppliedWorkspace, applyWorkspace } from '../workspace/apply/apply';
import type { DesiredWorkspace } from '../workspace/file/desired';
import { lintNote, lintRemedy, lintSummary } from '../workspace/file/lint';
import type { createLocalClient } from '../workspace/local-client';
import type { Progress } from './progress';
import { recordSummaries } from './record-alerts';
import { rememberNames } from './remember-names';

interface LocalWorkspaceParts {
  readonly desired: DesiredWorkspace;
  readonly service: TaskRouterService;
  readonly sids: RememberingSids;
  readonly client: ReturnType<typeof createLocalClient>;
  readonly progress: Progress;
}

/** The workspace of the file in the local TaskRouter: applied at the start, and again at each reset. */
export class LocalWorkspace {
  private readonly lintFindings: readonly string[];
  /** By their names in the workspace file, as this run showed them or, if it only resets, the last one. */
  private named: NamedSids | null = null;
  private lastReset: Promise<void> = Promise.resolve();

  constructor(private readonly parts: LocalWorkspaceParts) {
    this.lintFindings = lintSummary(parts.desired);
  }

  /** @param functionsUrl where its callbacks go; null leaves them as they are */
  apply(functionsUrl: string | null): Promise<AppliedWorkspace> {
    const { client, desired } = this.parts;
    return applyWorkspace({ client, desired, functionsUrl });
  }

  /** From now on, a reset gives the entities of these names these sids again. */
  rememberAs(named: NamedSids): void {
    this.named = named;
  }

  /** Records what lint and doctor find. @returns the same, one sentence each */
  async check({ workspaceSid }: AppliedWorkspace): Promise<string[]> {
    const { service } = this.parts;
    const stuck = doctorSummary(await findingsOf(service));
    this.recordLint(workspaceSid);
    recordSummaries('doctor', stuck, doctorRemedy, service, workspaceSid);
    return [...this.lintFindings.map(lintNote), ...stuck.map((each) => `${each}. ${doctorRemedy}`)];
  }

  /** One reset after another: two at the same time would each see the other's service that is not ready. */
  reset(): Promise<void> {
    const next = this.lastReset.then(() => this.resetNow());
    this.lastReset = next.catch(() => undefined);
    return next;
  }

  private async resetNow(): Promise<void> {
    const { desired, progress, service, sids } = this.parts;
    const wasReady = progress.isReady;
    progress.isReady = false;
    try {
      if (this.named) rememberNames(service.taskRouter.view, sids, desired.friendlyName, this.named);
      await service.clear();
      this.named = await this.apply(progress.functionsUrl ?? '');
      this.recordLint(this.named.workspaceSid);
    } finally {
      progress.isReady = wasReady;
    }
  }

  private recordLint(workspaceSid: string): void {
    recordSummaries('lint', this.lintFindings, lintRemedy, this.parts.service, workspaceSid);
  }
}
