import type { Twilio } from 'twilio';
import { planChanges } from '../workspace/apply/apply';
import { lintNotes } from '../workspace/file/lint';
import type { Plan } from '../workspace/plan/plan';
import type { Artifact } from './artifact';
import { type Preparation, searchFor } from './preparation';
import { type DeployedEnvironment, findEnvironment } from './target/service';
import { type DeployTarget, findTarget } from './target/take-over';
import { staleVariables } from './upload/variables';
import { requireSameWorkspace } from './workspace-step';

interface DryRunOptions {
  readonly client: Twilio;
  readonly preparation: Preparation;
  /** The environment of this process. */
  readonly environment: NodeJS.ProcessEnv;
  /** The domain suffix; empty for production. */
  readonly suffix: string;
}

/** What a deployment would do. */
export interface DryRun {
  readonly target: DeployTarget;
  /** Null before the first deployment. */
  readonly present: DeployedEnvironment | null;
  readonly artifact: Artifact;
  /** By name. */
  readonly variables: readonly string[];
  readonly removedVariables: readonly string[];
  /** The plan of the whole workspace, with callback URLs when the domain is known. */
  readonly plan: Plan;
}

/** Changes nothing. @throws ConfigurationError, WorkspaceFileError or DeploymentFailed, as a deployment would */
export async function dryRun({ client, preparation, environment, suffix }: DryRunOptions): Promise<DryRun> {
  const { settings, workspace, desired, artifact } = preparation;
  const target = await findTarget(searchFor(client, preparation, environment));
  const present = target.service && (await findEnvironment(client, target.service.sid, suffix));
  await requireSameWorkspace(client, workspace.workspaceSid, desired.friendlyName);
  const functionsUrl = present && `https://${present.domainName}`;
  const variables = { ...settings.uploaded, WORKSPACE_SID: '', WORKFLOW_SID: '' };
  const plan = await planChanges({ client, desired, functionsUrl });
  return {
    target,
    present,
    artifact,
    variables: Object.keys(variables).sort(),
    removedVariables: present ? staleVariables(present, variables).map(({ key }) => key) : [],
    plan: { ...plan, notes: [...plan.notes, ...lintNotes(desired)] },
  };
}
