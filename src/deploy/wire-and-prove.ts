import { awaitBuild } from './await-build';
import type { DeployOptions, Progress } from './deploy-options';
import { DeploymentFailed } from './deployment-failed';
import { requireProtectedCallback } from './functions/deployed-build';
import { FunctionsClient } from './functions/functions-client';
import { describeCheck } from './proof/checks';
import { newNonce } from './proof/objects';
import { type ProofReport, prove } from './proof/prove';
import { rollBack } from './roll-back';
import type { DeployedEnvironment } from './target/service';
import { describeWiring, planWiring, type Wiring, wire } from './wiring/wiring';
import type { ReadyWorkspace } from './workspace-step';

interface UploadedStep {
  readonly workspace: ReadyWorkspace;
  readonly functionsUrl: string;
  readonly before: DeployedEnvironment | null;
  readonly proves: boolean;
}

/**
 * Waits for the uploaded Functions to respond, points the callbacks to them, and proves the deployment.
 * @returns null when there is no proof
 * @throws DeploymentFailed after the rollback; the signal's reason, without a rollback
 */
export async function wireAndProve(
  options: DeployOptions,
  uploaded: UploadedStep,
): Promise<ProofReport | null> {
  const { client, preparation, newDispatcher, progress, time, signal } = options;
  const { functionsUrl, before, proves } = uploaded;
  const { settings, desired, artifact } = preparation;
  const functions = new FunctionsClient(functionsUrl, settings.operator, newDispatcher());
  let wiring: Wiring | null = null;
  try {
    await awaitBuild(functions, artifact.build, time, signal);
    await requireProtectedCallback(functions);
    progress.say(`${functions.url} runs it.`);
    progress.stage('Wire');
    wiring = await planWiring({ client, desired, functionsUrl: functions.url });
    await wire(client, wiring);
    reportWiring(wiring, progress);
    return proves ? await proveDeployment(options, uploaded, functions) : null;
  } catch (error) {
    if (signal?.aborted) throw error;
    progress.stage('Roll back');
    const done = await rollBack({ client, before, wiring });
    throw new DeploymentFailed([(error as Error).message, ...done].join('\n'));
  } finally {
    await functions.close();
  }
}

function reportWiring({ changes }: Wiring, progress: Progress): void {
  for (const change of changes) progress.say(describeWiring(change));
  if (changes.length === 0) progress.say('Callbacks already point there.');
}

async function proveDeployment(
  { client, progress, time, signal }: DeployOptions,
  { workspace }: UploadedStep,
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
