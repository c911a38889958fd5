import { randomBytes } from 'node:crypto';
import type { Twilio } from 'twilio';
import { printChange } from '../workspace/print';
import { awaitBuild } from './await-build';
import { rememberMade } from './deploy-memory';
import { DeploymentFailed } from './deployment-failed';
import { FunctionsClient } from './functions-client';
import { outgoing } from './outgoing';
import { type Preparation, searchFor } from './preparation';
import type { Progress } from './progress';
import { describeCheck } from './proof/describe-check';
import { proofName } from './proof/proof-name';
import { chooseSeclusion } from './proof/proof-safety';
import type { ProofTime } from './proof/proof-time';
import { type ProofReport, prove } from './proof/prove';
import { rollBack } from './roll-back';
import { type DeployedEnvironment, findEnvironment } from './service';
import { type Confirm, confirmTakeOver, findTarget } from './take-over';
import { type Uploaded, upload } from './upload';
import { removeVariables, restoreVariables, staleVariables } from './variables';
import { describeWiring, planWiring, type Wiring, wire } from './wiring';
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
  readonly time: ProofTime;
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
  const workspace = await makeWorkspaceReady(client, preparation);
  tellWorkspace(workspace, progress);
  const proves = willProve(options, workspace);
  if (proves) await requireProvable(client, workspace);

  progress.stage('Upload');
  const uploaded = await uploadFunctions(options, workspace, before);
  rememberMade(preparation.projectRoot, preparation.settings.account.accountSid, {
    serviceSids: [uploaded.serviceSid],
  });
  const proof = await wireAndProve(options, { workspace, uploaded, before, proves });
  return {
    functionsUrl: urlOf(uploaded),
    build: preparation.artefact.build,
    workspaceSid: workspace.applied.workspaceSid,
    workflowSid: workspace.workflowSid ?? null,
    serviceSid: uploaded.serviceSid,
    environmentSid: uploaded.environmentSid,
    buildSid: uploaded.buildSid,
    proof,
  };
}

const urlOf = ({ domain }: Uploaded) => `https://${domain}`;

function tellWorkspace({ applied }: ReadyWorkspace, progress: Progress): void {
  for (const change of applied.changes) progress.say(printChange(change));
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

/** @throws ConfigurationError while nothing is uploaded yet */
async function requireProvable(client: Twilio, { applied }: ReadyWorkspace): Promise<void> {
  await chooseSeclusion(client.taskrouter.v1.workspaces(applied.workspaceSid), proofName(newNonce()));
}

const newNonce = () => randomBytes(8).toString('hex');

async function uploadFunctions(
  { client, preparation, environment, suffix, progress, signal }: DeployOptions,
  { applied, workflowSid }: ReadyWorkspace,
  before: DeployedEnvironment | null,
): Promise<Uploaded> {
  const { projectRoot, settings, artefact } = preparation;
  const { account, uploaded: variables } = settings;
  const { functions, assets, build } = artefact;
  progress.say(`Build ${build}: ${functions.length} Functions, ${assets.length} assets.`);
  const given = { ...variables, WORKSPACE_SID: applied.workspaceSid, WORKFLOW_SID: workflowSid ?? '' };
  const stale = before ? staleVariables(before, given) : [];
  if (stale.length > 0) progress.say(`No longer set: ${stale.map(({ key }) => key).join(', ')}.`);
  try {
    if (before) await removeVariables(client, before, stale);
    return await upload({ projectRoot, account, environment, suffix, onLine: progress.say, signal });
  } catch (error) {
    if (before) await restoreVariables(client, before);
    throw error;
  }
}

interface Deployment {
  readonly workspace: ReadyWorkspace;
  readonly uploaded: Uploaded;
  readonly before: DeployedEnvironment | null;
  readonly proves: boolean;
}

async function wireAndProve(options: DeployOptions, deployment: Deployment): Promise<ProofReport | null> {
  const { client, preparation, environment, progress, time, signal } = options;
  const { uploaded, before, proves } = deployment;
  const { settings, desired, artefact } = preparation;
  const functions = new FunctionsClient(urlOf(uploaded), settings.operator, outgoing(environment));
  let wiring: Wiring | null = null;
  try {
    await awaitBuild(functions, artefact.build, time, signal);
    progress.say(`${functions.url} answers with it.`);
    progress.stage('Wire');
    wiring = await planWiring({ client, desired, functionsUrl: functions.url });
    await wire(client, wiring);
    tellWiring(wiring, progress);
    return proves ? await proveDeployment(options, deployment, functions) : null;
  } catch (error) {
    if (!isFailure(error)) throw error;
    progress.stage('Roll back');
    const done = await rollBack({ client, before, wiring });
    throw new DeploymentFailed([error.message, ...done].join('\n'));
  } finally {
    await functions.close();
  }
}

/** Ours, or what Twilio refused; what somebody interrupted or has to configure is neither. */
function isFailure(error: unknown): error is Error {
  return error instanceof DeploymentFailed || typeof (error as { status?: unknown }).status === 'number';
}

function tellWiring({ changes }: Wiring, progress: Progress): void {
  for (const change of changes) progress.say(describeWiring(change));
  if (changes.length === 0) progress.say('The callbacks lead there already.');
}

async function proveDeployment(
  { client, progress, time, signal }: DeployOptions,
  { workspace }: Deployment,
  functions: FunctionsClient,
): Promise<ProofReport> {
  progress.stage('Prove');
  const report = await prove({
    client,
    workspaceSid: workspace.applied.workspaceSid,
    functions,
    time,
    newNonce,
    onCheck: (check) => progress.say(describeCheck(check)),
    signal,
  });
  for (const note of report.notes) progress.warn(note);
  if (report.failure !== null) throw new DeploymentFailed(report.failure);
  return report;
}
