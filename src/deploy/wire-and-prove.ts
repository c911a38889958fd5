import { awaitBuild } from './await-build';
import type { DeployOptions } from './deploy';
import type { Progress } from './deploy-options';
import { DeploymentFailed } from './deployment-failed';
import { requireProtectedCallback } from './functions/deployed-build';
import { FunctionsClient } from './functions/functions-client';
import { dispatcherFor } from './functions/outgoing';
import { describeCheck } from './proof/describe-check';
import { newNonce } from './proof/proof-name';
import { type ProofReport, prove } from './proof/prove';
import { rollBack } from './roll-back';
import type { DeployedEnvironment } from './target/service';
import { describeWiring, planWiring, type Wiring, wire } from './wiring/wiring';
import type { ReadyWorkspace } from './workspace-step';

export interface Uploading {
  readonly workspace: ReadyWorkspace;
  readonly functionsUrl: string;
  readonly before: DeployedEnvironment | null;
  readonly proves: boolean;
}

/**
 * Points the callbacks at what was uploaded, once that answers, and proves it.
 * @returns null when there is no proof
 * @throws DeploymentFailed once everything is rolled back; the signal's reason, and then what stands stays
 */
export async function wireAndProve(
  options: DeployOptions,
  uploading: Uploading,
): Promise<ProofReport | null> {
  const { client, preparation, environment, progress, time, signal } = options;
  const { functionsUrl, before, proves } = uploading;
  const { settings, desired, artefact } = preparation;
  const functions = new FunctionsClient(functionsUrl, settings.operator, dispatcherFor(environment));
  let wiring: Wiring | null = null;
  try {
    await awaitBuild(functions, artefact.build, time, signal);
    await requireProtectedCallback(functions);
    progress.say(`${functions.url} answers with it.`);
    progress.stage('Wire');
    wiring = await planWiring({ client, desired, functionsUrl: functions.url });
    await wire(client, wiring);
    tellWiring(wiring, progress);
    return proves ? await proveDeployment(options, uploading, functions) : null;
  } catch (error) {
    if (signal?.aborted) throw error;
    progress.stage('Roll back');
    const done = await rollBack({ client, before, wiring });
    throw new DeploymentFailed([(error as Error).message, ...done].join('\n'));
  } finally {
    await functions.close();
  }
}

function tellWiring({ changes }: Wiring, progress: Progress): void {
  for (const change of changes) progress.say(describeWiring(change));
  if (changes.length === 0) progress.say('The callbacks lead there already.');
}

async function proveDeployment(
  { client, progress, time, signal }: DeployOptions,
  { workspace }: Uploading,
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
