import type { Twilio } from 'twilio';
import { printChange } from '../workspace/plan/print';
import type { Progress } from './deploy-options';
import type { DeployTime } from './poll-until';
import { type Preparation, searchFor } from './preparation';
import { newNonce, proofName } from './proof/proof-name';
import { chooseSeclusion } from './proof/proof-safety';
import type { ProofReport } from './proof/prove';
import { recordCreated } from './target/deploy-record';
import { findEnvironment } from './target/service';
import { type Confirm, confirmTakeOver, findTarget } from './target/take-over';
import { uploadFunctions } from './upload-step';
import { wireAndProve } from './wire-and-prove';
import { makeWorkspaceReady, type ReadyWorkspace } from './workspace-step';

/** When to prove: in a workspace that was made from this folder, in any, or never. */
export type ProveWhen = 'ours' | 'always' | 'never';

export interface DeployOptions {
  readonly client: Twilio;
  readonly preparation: Preparation;
  /** Of this process. */
  readonly environment: NodeJS.ProcessEnv;
  /** Of the domain; empty for production. */
  readonly suffix: string;
  readonly prove: ProveWhen;
  /** Asked before a Service is deployed over that is not ours. */
  readonly confirm: Confirm;
  readonly progress: Progress;
  readonly time: DeployTime;
  readonly signal?: AbortSignal | undefined;
}

/** What stands at the end. */
export interface Deployed {
  readonly functionsUrl: string;
  /** Hash of the sources. */
  readonly build: string;
  readonly workspaceSid: string;
  readonly workflowSid: string | null;
  readonly serviceSid: string;
  readonly environmentSid: string;
  readonly buildSid: string;
  /** Null when there was none. */
  readonly proof: ProofReport | null;
}

/**
 * Workspace, upload, wire, prove. What fails after the upload is rolled back: the build, its variables and the callback
 * URLs are then what they were.
 * @throws ConfigurationError or WorkspaceFileError before anything is uploaded; DeploymentFailed, with what was rolled
 *   back; the signal's reason, and then what stands at that moment stays
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
  tellWorkspace(workspace, progress);
  const proves = willProve(options, workspace);
  if (proves) await requireProvable(client, workspace);

  progress.stage('Upload');
  const uploaded = await uploadFunctions(options, workspace, before).catch(async (error) => {
    // Why it failed is not to be lost, should this fail as well.
    await rememberService(options).catch(() => undefined);
    throw error;
  });
  recordCreated(preparation.projectRoot, preparation.settings.account.accountSid, {
    serviceSids: [uploaded.serviceSid],
  });
  const functionsUrl = `https://${uploaded.domain}`;
  const proof = await wireAndProve(options, { workspace, functionsUrl, before, proves });
  return {
    functionsUrl,
    build: preparation.artefact.build,
    workspaceSid: workspace.applied.workspaceSid,
    workflowSid: workspace.workflowSid ?? null,
    serviceSid: uploaded.serviceSid,
    environmentSid: uploaded.environmentSid,
    buildSid: uploaded.buildSid,
    proof,
  };
}

function tellWorkspace({ applied }: ReadyWorkspace, progress: Progress): void {
  if (applied.changes.length === 0) progress.say('As its file says.');
  for (const note of applied.notes) progress.warn(note);
}

function willProve({ prove: when, progress }: DeployOptions, { isOurs }: ReadyWorkspace): boolean {
  if (when === 'always' || (when === 'ours' && isOurs)) return true;
  if (when === 'ours') {
    progress.warn(
      'This workspace was not made from this folder, so the deployment will not be proved. --prove does: for some seconds there are a queue, a workflow and a worker more, which nobody else’s tasks reach.',
    );
  }
  return false;
}

/** After a build that was rejected: the Service is there by then, and is ours. */
async function rememberService({ client, preparation, environment }: DeployOptions): Promise<void> {
  const { service } = await findTarget(searchFor(client, preparation, environment));
  if (service === null) return;
  const { projectRoot, settings } = preparation;
  recordCreated(projectRoot, settings.account.accountSid, { serviceSids: [service.sid] });
}

/** @throws ConfigurationError while nothing is uploaded yet */
async function requireProvable(client: Twilio, { applied }: ReadyWorkspace): Promise<void> {
  await chooseSeclusion(client.taskrouter.v1.workspaces(applied.workspaceSid), proofName(newNonce()));
}
