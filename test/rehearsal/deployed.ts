import path from 'node:path';
import type { RehearsalCloud } from '../../src/rehearsal/cloud';
import { accountByToken } from '../../src/system/twilio-account';
import { applyWorkspace } from '../../src/workspace/apply/apply';
import { createTwilioClient } from '../../src/workspace/client';
import { readWorkspaceFile } from '../../src/workspace/file/desired';
import { authorization, copyOfProject, deploy, projectRoot, startCloud, variables } from './rehearsal';

/** The tutorial's workspace and the project's own Functions, deployed and wired. */
export interface Deployed {
  readonly cloud: RehearsalCloud;
  readonly origin: string;
  /** What was in `.env.deploy`. */
  readonly variables: Readonly<Record<string, string>>;
  /** Calls a Function as the operator. */
  call(url: string, form?: Record<string, string>): Promise<Called>;
}

export interface Called {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: answers of any shape
  readonly body: any;
}

/** In the order of a real deployment: the workspace, the Functions, and the callbacks pointed at them. */
export async function deployEverything(): Promise<Deployed> {
  const cloud = await startCloud();
  const client = createTwilioClient(accountByToken(cloud.account), cloud.taskRouter.url);
  const desired = readWorkspaceFile(path.join(projectRoot, 'workspace.json'));
  const { workspaceSid, workflows } = await applyWorkspace({ client, desired, functionsUrl: null });
  const sids = { WORKSPACE_SID: workspaceSid, WORKFLOW_SID: Object.values(workflows)[0] as string };
  const given = { ...variables, ...sids };
  const { code, output } = await deploy(await copyOfProject(given), cloud);
  expect({ code, output }).toEqual({ code: 0, output: expect.any(String) });
  const origin = `https://${cloud.serverless.environments[0]?.domainName}`;
  await applyWorkspace({ client, desired, functionsUrl: origin });

  async function call(url: string, form: Record<string, string> = {}): Promise<Called> {
    const init = { method: 'POST', headers: { authorization }, body: new URLSearchParams(form) };
    const response = await cloud.fetch(`${origin}${url}`, init);
    return { status: response.status, body: await response.json() };
  }
  return { cloud, origin, variables: given, call };
}
