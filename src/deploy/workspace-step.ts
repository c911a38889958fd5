import type { Twilio } from 'twilio';
import { ConfigurationError } from '../system/config';
import { writeVariables } from '../system/environment-file';
import { type AppliedWorkspace, applyWorkspace } from '../workspace/apply/apply';
import type { DesiredWorkspace } from '../workspace/file/desired';
import type { Change } from '../workspace/plan/changes';
import type { Preparation } from './preparation';
import { readCreated, recordCreated, recordDeployed } from './target/deploy-record';

/** The workspace that the Functions will use. */
export interface ReadyWorkspace {
  readonly applied: AppliedWorkspace;
  readonly workflowSid: string | undefined;
  /** Whether it was created from this folder and so holds no other work. */
  readonly isOurs: boolean;
}

/**
 * Applies the workspace file without URLs, and writes its sids into `.env.deploy`, from which they are uploaded.
 * @param onDone receives each change that was made
 * @throws ConfigurationError, before any change, when `.env.deploy` names another workspace
 */
export async function makeWorkspaceReady(
  client: Twilio,
  { projectRoot, settings, workspace: named, desired }: Preparation,
  onDone: (change: Change) => void,
): Promise<ReadyWorkspace> {
  await requireSameWorkspace(client, named.workspaceSid, desired.friendlyName);
  const { accountSid } = settings.account;
  const applied = await applyWorkspace({
    client,
    desired,
    functionsUrl: null,
    onWorkspaceCreated: (sid) => recordCreated(projectRoot, accountSid, { workspaceSids: [sid] }),
    onDone,
  });
  const { workspaceSid } = applied;
  const workflowSid = await chooseWorkflow(client, named.workflowSid, desired, applied);
  recordDeployed(projectRoot, accountSid, workspaceSid, workflowSid);
  writeVariables(settings.file, {
    WORKSPACE_SID: workspaceSid,
    ...(workflowSid !== undefined && { WORKFLOW_SID: workflowSid }),
  });
  const isOurs = readCreated(projectRoot, accountSid).workspaceSids.includes(workspaceSid);
  return { applied, workflowSid, isOurs };
}

/** The chosen workflow if the workspace has it, whether or not the file does; otherwise the file's first. */
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

/** `.env.deploy` may name only the workspace that has the name in the file. @throws ConfigurationError */
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
    `.env.deploy names the workspace ${workspaceSid}, but "${friendlyName}" of the workspace file ${found}. Empty WORKSPACE_SID to use the file's workspace, or write yours into a file: npx taskrouter workspace pull --target twilio --workspace-sid ${workspaceSid}`,
  ]);
}
