import path from 'node:path';
import {
  type RehearsalCloud,
  type RehearsalCloudOptions,
  startRehearsalCloud,
} from '../../src/rehearsal/cloud';
import { copyProject, type ProjectCopy } from '../../src/rehearsal/project';
import type { ToolEnding } from '../../src/rehearsal/run-tool';
import { functionsChild } from '../support/functions-child';

// twilio-run alone takes seconds to load on a machine that runs all tests at once.
jest.setTimeout(120_000);

export const projectRoot = path.join(__dirname, '../..');

/** The cloud as tests start it; what goes wrong in it is seen. */
export function startCloud(options: RehearsalCloudOptions = {}): Promise<RehearsalCloud> {
  return startRehearsalCloud({ childScript: functionsChild, ...options });
}

/** What `.env.deploy` says in these tests. */
export const variables = {
  ACCOUNT_SID: '',
  AUTH_TOKEN: '',
  OPERATOR_USERNAME: 'operator',
  OPERATOR_PASSWORD: 'correct-horse-battery',
  DEFAULT_TASK_ATTRIBUTES: '{"selected_language":"es"}',
};

export const copyOfProject = (given: Readonly<Record<string, string>> | null = variables) =>
  copyProject(projectRoot, given);

/** The genuine `twilio-run deploy`, against this cloud. */
export function deploy(
  project: ProjectCopy,
  { account, environment }: RehearsalCloud,
  args: readonly string[] = [],
): Promise<ToolEnding> {
  const credentials = { ACCOUNT_SID: account.accountSid, AUTH_TOKEN: account.authToken };
  return project.twilioRun(['deploy', ...args], { ...process.env, ...credentials, ...environment });
}
