import type { WorkspaceInstance } from 'twilio/lib/rest/taskrouter/v1/workspace';
import type { TaskRouterClient } from '../../workspace/client';
import { pages } from '../../workspace/existing/read';

/** The callback URLs of a workspace and its workflows. */
export async function callbackUrls(
  client: TaskRouterClient,
  workspace: WorkspaceInstance,
): Promise<string[]> {
  const workflows = await client.taskrouter.v1.workspaces(workspace.sid).workflows.list(pages());
  return [
    workspace.eventCallbackUrl,
    ...workflows.flatMap(({ assignmentCallbackUrl, fallbackAssignmentCallbackUrl }) => [
      assignmentCallbackUrl,
      fallbackAssignmentCallbackUrl,
    ]),
  ].filter((url) => url);
}
