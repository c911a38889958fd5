import type { WorkspaceContext } from 'twilio/lib/rest/taskrouter/v1/workspace';
import { LifecycleError } from './errors';

/** True if the Twilio client threw because of one of these HTTP statuses. */
export function hasStatus(error: unknown, ...statuses: number[]): boolean {
  const status = (error as { status?: unknown } | null)?.status;
  return typeof status === 'number' && statuses.includes(status);
}

/** A configuration error: the caller of a Function cannot fix it. */
function workspaceNotFound(): LifecycleError {
  return new LifecycleError(
    'configuration',
    'Workspace not found. Set WORKSPACE_SID to the sid of a workspace of ACCOUNT_SID.',
    { errors: { WORKSPACE_SID: 'is not a workspace of this account' } },
  );
}

/** Resolves if the workspace exists. A 404 alone does not say which part of the path was not found. */
export async function requireWorkspace(workspace: WorkspaceContext): Promise<void> {
  try {
    await workspace.fetch();
  } catch (error) {
    throw hasStatus(error, 404) ? workspaceNotFound() : error;
  }
}
