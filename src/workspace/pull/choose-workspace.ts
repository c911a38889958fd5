import type { WorkspaceInstance } from 'twilio/lib/rest/taskrouter/v1/workspace';
import type { TaskRouterClient } from '../client';
import { inOrder, pages } from '../existing/read';

/** Which workspace of the account to use; without a sid or name, the only one. */
export interface WorkspaceChoice {
  readonly sid?: string | undefined;
  readonly friendlyName?: string | undefined;
}

/** The choice matches no workspace, or several. */
export class WorkspaceNotChosen extends Error {
  override readonly name = 'WorkspaceNotChosen';

  constructor(
    message: string,
    readonly workspaces: readonly WorkspaceInstance[],
  ) {
    super([message, ...workspaces.map(({ sid, friendlyName }) => `  ${sid}  ${friendlyName}`)].join('\n'));
  }
}

/** @throws WorkspaceNotChosen, which lists the workspaces to choose from */
export async function chooseWorkspace(
  client: TaskRouterClient,
  { sid, friendlyName }: WorkspaceChoice,
): Promise<WorkspaceInstance> {
  const all = inOrder(await client.taskrouter.v1.workspaces.list(pages()));
  const meant = all.filter(
    (each) =>
      (sid === undefined || each.sid === sid) &&
      (friendlyName === undefined || each.friendlyName === friendlyName),
  );
  const [one, ...others] = meant;
  if (one && others.length === 0) return one;
  if (one)
    throw new WorkspaceNotChosen('Several workspaces match. Choose one with --workspace-sid WS…:', meant);
  throw all.length > 0
    ? new WorkspaceNotChosen('No such workspace. Choose one of these with --workspace-sid or --name:', all)
    : new WorkspaceNotChosen(
        'The account has no workspaces. Create one first: npx taskrouter workspace apply',
        [],
      );
}
