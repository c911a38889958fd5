import { DeploymentFailed } from './deployment-failed';
import { readDeployedBuild } from './functions/deployed-build';
import type { FunctionsClient } from './functions/functions-client';
import { type DeployTime, pollUntil } from './poll-until';

/** Our choice, in ms: a new domain has to become known, and a build to start. */
const patience = 60_000;
const pause = 1000;

/**
 * Waits until the Functions answer that were just uploaded; right after a deployment the ones before may still do.
 * @throws DeploymentFailed with the last answer
 */
export async function awaitBuild(
  functions: FunctionsClient,
  build: string,
  time: DeployTime,
  signal?: AbortSignal,
): Promise<void> {
  const look = () =>
    readDeployedBuild(functions).catch((error: unknown) => {
      if (error instanceof DeploymentFailed) return error;
      throw error;
    });
  const answer = await pollUntil(look, (seen) => seen === build, { patience, pause }, time, signal);
  if (answer === build) return;
  if (answer instanceof DeploymentFailed) throw answer;
  throw new DeploymentFailed(`${functions.url} still answers with build ${answer}, and not with ${build}.`);
}
