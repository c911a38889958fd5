import type { Twilio } from 'twilio';
import type { DesiredWorkspace } from '../workspace/file/desired';
import { lintNotes } from '../workspace/file/lint';
import { printChange } from '../workspace/plan/print';
import type { DeployOptions, Progress } from './deploy-options';
import { searchFor } from './preparation';
import { chooseIsolation, newNonce, proofName } from './proof/objects';

import type { ProofReport } from './proof/prove';
import { recordCreated } from './target/deploy-record';
import { findEnvironment } from './target/service';
import { confirmTakeOver, findTarget } from './target/take-over';
import { uploadFunctions } from './upload-step';
import { wireAndProve } from './wire-and-prove';
import { makeWorkspaceReady, type ReadyWorkspace } from './workspace-step';

/** The result of a deployment. */
export interface Deployed {
  readonly functionsUrl: string;
  /** The hash of the sources. */
  readonly build: string;
  readonly workspaceSid: string;
  readonly workflowSid: string | null;
  readonly serviceSid: string;
  readonly environmentSid: string;
  readonly buildSid: string;
  /** Null when the deployment was not proved. */
  readonly proof: ProofReport | null;
}

/**
 * Prepares the workspace, uploads, points the callbacks, and proves. A failure after the upload restores the previous
 * build, variables, and callback URLs.
 * @throws ConfigurationError or WorkspaceFileError before anything is uploaded; DeploymentFailed, which says what was
 *   rolled back; the signal's reason, without a rollback
 */
export async function deploy(options: DeployOptions): Promise<Deployed> {
  const { client, preparation, suffix, environment, progress } = options;
  const target = await findTarget(searchFor(client, preparation, environment));
  await confirmTakeOver(target, options.confirm);
  const before = target.service && (await findEnvironment(client, target.service.sid, suffix));

  progress.stage('Workspace');
  const workspace = await makeWorkspaceReady(client, preparation, (change) =>
    progress.say(printChange(change)),
  );
  reportWorkspace(workspace, preparation.desired, progress);
  const proves = shouldProve(options, workspace);
  if (proves) await requireProvable(client, workspace);

  progress.stage('Upload');
  const uploaded = await uploadFunctions(options, workspace, before).catch(async (error) => {
    // The upload's error matters more than one of this.
    await recordService(options).catch(() => undefined);
    throw error;
  });
  recordCreated(preparation.projectRoot, preparation.settings.account.accountSid, {
    serviceSids: [uploaded.serviceSid],
  });
  const functionsUrl = `https://${uploaded.domain}`;
  const proof = await wireAndProve(options, { workspace, functionsUrl, before, proves });
  return {
    functionsUrl,
    build: preparation.artifact.build,
    workspaceSid: workspace.applied.workspaceSid,
    workflowSid: workspace.workflowSid ?? null,
    serviceSid: uploaded.serviceSid,
    environmentSid: uploaded.environmentSid,
    buildSid: uploaded.buildSid,
    proof,
  };
}

function reportWorkspace({ applied }: ReadyWorkspace, desired: DesiredWorkspace, progress: Progress): void {
  if (applied.changes.length === 0) progress.say('Matches its file.');
  for (const note of [...applied.notes, ...lintNotes(desired)]) progress.warn(note);
}

function shouldProve({ prove: when, progress }: DeployOptions, { isOurs }: ReadyWorkspace): boolean {
  if (when === 'always' || (when === 'ours' && isOurs)) return true;
  if (when === 'ours') {
    progress.warn(
      'This workspace was not created from this folder, so the deployment will not be proved. Use --prove to prove it: this adds a task queue, a workflow, and a worker for a few seconds. They receive no other tasks.',
    );
  }
  return false;
}

/** Even a rejected build creates the Service, which is then ours. */
async function recordService({ client, preparation, environment }: DeployOptions): Promise<void> {
  const { service } = await findTarget(searchFor(client, preparation, environment));
  if (service === null) return;
  const { projectRoot, settings } = preparation;
  recordCreated(projectRoot, settings.account.accountSid, { serviceSids: [service.sid] });
}

/** Checks before the upload. @throws ConfigurationError */
async function requireProvable(client: Twilio, { applied }: ReadyWorkspace): Promise<void> {
  await chooseIsolation(client.taskrouter.v1.workspaces(applied.workspaceSid), proofName(newNonce()));
}
