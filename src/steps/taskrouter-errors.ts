import type { WorkspaceContext } from 'twilio/lib/rest/taskrouter/v1/workspace';
import { LifecycleError } from './errors';

/** True if the Twilio client threw because TaskRouter answered one of these HTTP statuses. */
export function hasStatus(error: unknown, ...statuses: number[]): boolean {
  const status = (error as { status?: unknown } | null)?.status;
  return typeof status === 'number' && statuses.includes(status);
}

/** The error for a workspace that the account does not have: nothing the caller of a Function could mend. */
export function workspaceNotFound(): LifecycleError {
  return new LifecycleError(
    'configuration',
    'The account has no such workspace: set WORKSPACE_SID to the sid of a workspace of ACCOUNT_SID.',
    { errors: { WORKSPACE_SID: 'names no workspace of this account' } },
  );
}

/** Resolves if the workspace exists. TaskRouter's 404 alone does not say which part of the path was unknown. */
export async function requireWorkspace(workspace: WorkspaceContext): Promise<void> {
  try {
    await workspace.fetch();
  } catch (error) {
    throw hasStatus(error, 404) ? workspaceNotFound() : error;
  }
}
