import path from 'node:path';
import type { TwilioEmulator } from '../../src/rehearsal/emulator';
import { accountByToken } from '../../src/system/twilio-account';
import { applyWorkspace } from '../../src/workspace/apply/apply';
import { createTwilioClient } from '../../src/workspace/client';
import { readWorkspaceFile } from '../../src/workspace/file/desired';
import { operatorAuthorization } from '../support/operator';
import {
  copyOfProject,
  deployInProcess,
  projectRoot,
  startTestEmulator,
  variables,
} from '../support/rehearsal';

/** The tutorial's workspace and the project's own Functions, deployed and wired. */
export interface Deployed {
  readonly emulator: TwilioEmulator;
  readonly origin: string;
  /** What was in `.env.deploy`. */
  readonly variables: Readonly<Record<string, string>>;
  /** Sends a request to a Function as the operator. */
  call(url: string, form?: Record<string, string>): Promise<Called>;
}

interface Called {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: bodies of any shape
  readonly body: any;
}

/** In the order of a real deployment: the workspace, the Functions, and the callbacks pointed at them. */
export async function deployEverything(): Promise<Deployed> {
  const emulator = await startTestEmulator();
  const client = createTwilioClient(accountByToken(emulator.account), emulator.taskRouter.url);
  const desired = readWorkspaceFile(path.join(projectRoot, 'workspace.json'));
  const { workspaceSid, workflows } = await applyWorkspace({ client, desired, functionsUrl: null });
  const sids = { WORKSPACE_SID: workspaceSid, WORKFLOW_SID: Object.values(workflows)[0] as string };
  const { sid, secret } = emulator.account.apiKey;
  const given = { ...variables, ...sids, API_KEY_SID: sid, API_KEY_SECRET: secret };
  await deployInProcess(await copyOfProject(given), emulator);
  const origin = `https://${emulator.serverless.environments[0]?.domainName}`;
  await applyWorkspace({ client, desired, functionsUrl: origin });

  async function call(url: string, form: Record<string, string> = {}): Promise<Called> {
    const init = {
      method: 'POST',
      headers: { authorization: operatorAuthorization },
      body: new URLSearchParams(form),
    };
    const response = await emulator.fetch(`${origin}${url}`, init);
    return { status: response.status, body: await response.json() };
  }
  return { emulator, origin, variables: given, call };
}
