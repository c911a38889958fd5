import type { Twilio } from 'twilio';
import { ConfigurationError } from '../system/config';
import { writeVariables } from '../system/environment-file';
import { type AppliedWorkspace, applyWorkspace } from '../workspace/apply/apply';
import type { DesiredWorkspace } from '../workspace/file/desired';
import type { Change } from '../workspace/plan/changes';
import type { Preparation } from './preparation';
import { readCreated, recordCreated } from './target/deploy-record';

/** The workspace that the Functions will work in. */
export interface ReadyWorkspace {
  readonly applied: AppliedWorkspace;
  readonly workflowSid: string | undefined;
  /** Whether it was created from this folder: then it holds no work of others. */
  readonly isOurs: boolean;
}

/**
 * Applies the workspace file without URLs, and writes its sids where the upload takes them from.
 * @param onDone told of each change that has been made
 * @throws ConfigurationError before anything is changed when `.env.deploy` names another workspace
 */
export async function makeWorkspaceReady(
  client: Twilio,
  { projectRoot, settings, desired }: Preparation,
  onDone: (change: Change) => void,
): Promise<ReadyWorkspace> {
  await requireSameWorkspace(client, settings.workspaceSid, desired.friendlyName);
  const { accountSid } = settings.account;
  const applied = await applyWorkspace({
    client,
    desired,
    functionsUrl: null,
    onWorkspaceCreated: (sid) => recordCreated(projectRoot, accountSid, { workspaceSids: [sid] }),
    onDone,
  });
  const { workspaceSid } = applied;
  const workflowSid = await chooseWorkflow(client, settings.workflowSid, desired, applied);
  writeVariables(settings.file, {
    WORKSPACE_SID: workspaceSid,
    ...(workflowSid !== undefined && { WORKFLOW_SID: workflowSid }),
  });
  const isOurs = readCreated(projectRoot, accountSid).workspaceSids.includes(workspaceSid);
  return { applied, workflowSid, isOurs };
}

/** The one that was chosen, as long as it is in this workspace, in the file or not; else the file's first. */
async function chooseWorkflow(
  client: Twilio,
  chosen: string | undefined,
  { workflows: [first] }: DesiredWorkspace,
  { workspaceSid, workflows }: AppliedWorkspace,
): Promise<string | undefined> {
  if (chosen !== undefined) {
    const present = await client.taskrouter.v1.workspaces(workspaceSid).workflows.list({ pageSize: 1000 });
    if (present.some(({ sid }) => sid === chosen)) return chosen;
  }
  return first && workflows[first.friendlyName];
}

/** Who wrote a workspace into `.env.deploy` means that one, and not another of the file's name. */
export async function requireSameWorkspace(
  client: Twilio,
  workspaceSid: string | undefined,
  friendlyName: string,
): Promise<void> {
  if (workspaceSid === undefined) return;
  const named = await client.taskrouter.v1.workspaces.list({ friendlyName });
  if (named.some(({ sid }) => sid === workspaceSid)) return;
  const found = named.length > 0 ? `is ${named.map(({ sid }) => sid).join(', ')}` : 'is not in the account';
  throw new ConfigurationError([
    `.env.deploy names the workspace ${workspaceSid}, and "${friendlyName}" of the workspace file ${found}. Empty WORKSPACE_SID to deploy for the file's; or describe yours: npx taskrouter workspace pull --target twilio --workspace-sid ${workspaceSid}`,
  ]);
}
