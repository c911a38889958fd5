import type { DeployOptions } from './deploy-options';
import type { DeployedEnvironment } from './target/service';
import type { Uploaded } from './upload/upload';
import { removeVariables, restoreVariables, staleVariables } from './upload/variables';
import type { ReadyWorkspace } from './workspace-step';

/**
 * Removes the variables that no longer apply, then uploads the build.
 * @throws DeploymentFailed, after restoring the variables unless a warning says otherwise; the signal's reason
 */
export async function uploadFunctions(
  { client, preparation, environment, suffix, progress, upload, signal }: DeployOptions,
  { applied, workflowSid }: ReadyWorkspace,
  before: DeployedEnvironment | null,
): Promise<Uploaded> {
  const { projectRoot, settings, artifact } = preparation;
  const { account, uploaded: variables } = settings;
  const { functions, assets, build } = artifact;
  progress.say(`Build ${build}: ${functions.length} Functions, ${assets.length} assets.`);
  const given = { ...variables, WORKSPACE_SID: applied.workspaceSid, WORKFLOW_SID: workflowSid ?? '' };
  const stale = before ? staleVariables(before, given) : [];
  if (stale.length > 0) progress.say(`No longer set: ${stale.map(({ key }) => key).join(', ')}.`);
  try {
    if (before) await removeVariables(client, before, stale);
    return await upload({ projectRoot, account, environment, suffix, onLine: progress.say, signal });
  } catch (error) {
    if (before) {
      await restoreVariables(client, before).catch(({ message }: Error) =>
        progress.warn(`The variables could not be restored (${message}): deploy again.`),
      );
    }
    throw error;
  }
}
