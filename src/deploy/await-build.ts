import { DeploymentFailed } from './deployment-failed';
import { readDeployedBuild } from './functions/deployed-build';
import type { FunctionsClient } from './functions/functions-client';
import { type DeployTime, pollUntil } from './poll-until';

/** Our choice: time for a new domain to resolve and for a build to start. */
const limits = { timeoutMs: 60_000, intervalMs: 1000 };

/**
 * Waits until the uploaded Functions respond. Right after a deployment, the previous ones may still respond.
 * @throws DeploymentFailed with the last response
 */
export async function awaitBuild(
  functions: FunctionsClient,
  build: string,
  time: DeployTime,
  signal?: AbortSignal,
): Promise<void> {
  const read = () =>
    readDeployedBuild(functions).catch((error: unknown) => {
      if (error instanceof DeploymentFailed) return error;
      throw error;
    });
  const result = await pollUntil(read, (seen) => seen === build, limits, time, signal);
  if (result === build) return;
  if (result instanceof DeploymentFailed) throw result;
  throw new DeploymentFailed(`${functions.url} still runs build ${result} instead of ${build}.`);
}
