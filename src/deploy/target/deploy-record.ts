import path from 'node:path';
import * as z from 'zod';
import { ConfigurationError } from '../../system/config';
import { readDataFile, writeDataFile } from '../../system/data-file';

/**
 * What was created from this folder, by account sid: a deployment may change it without asking. `deployed` is the
 * workspace of the last deployment to that account.
 */
const recordFormat = z.record(
  z.string(),
  z.object({
    workspaceSids: z.array(z.string()),
    serviceSids: z.array(z.string()),
    deployed: z.object({ workspaceSid: z.string(), workflowSid: z.string().optional() }).optional(),
  }),
);
type DeployRecord = z.infer<typeof recordFormat>;
type AccountRecord = DeployRecord[string];
type Created = Pick<AccountRecord, 'workspaceSids' | 'serviceSids'>;

/** Next to twilio-run's `.twiliodeployinfo`; git ignores both. */
const fileName = '.taskrouterdeployinfo';

/** @throws ConfigurationError when the file is damaged */
export function readCreated(projectRoot: string, accountSid: string): Created {
  const { workspaceSids, serviceSids } = readAccount(projectRoot, accountSid);
  return { workspaceSids, serviceSids };
}

export function recordCreated(projectRoot: string, accountSid: string, created: Partial<Created>): void {
  const known = readAccount(projectRoot, accountSid);
  const both = (kind: keyof Created) => [...new Set([...known[kind], ...(created[kind] ?? [])])];
  const account = { ...known, workspaceSids: both('workspaceSids'), serviceSids: both('serviceSids') };
  writeAccount(projectRoot, accountSid, account);
}

/** The sids that `.env.deploy` names. */
export interface NamedWorkspace {
  readonly workspaceSid: string | undefined;
  readonly workflowSid: string | undefined;
}

/** Records the workspace that a deployment writes into `.env.deploy`. */
export function recordDeployed(
  projectRoot: string,
  accountSid: string,
  workspaceSid: string,
  workflowSid: string | undefined,
): void {
  const known = readAccount(projectRoot, accountSid);
  writeAccount(projectRoot, accountSid, { ...known, deployed: { workspaceSid, workflowSid } });
}

/**
 * Returns the workspace to deploy for. `.env.deploy` may still name the workspace of another account, such as that of a
 * rehearsal; then the last deployment to this account counts.
 */
export function workspaceOfAccount(
  projectRoot: string,
  accountSid: string,
  named: NamedWorkspace,
): NamedWorkspace {
  const { [accountSid]: own, ...others } = readRecord(projectRoot);
  const isOf = ({ workspaceSids, deployed }: AccountRecord) =>
    [...workspaceSids, deployed?.workspaceSid].includes(named.workspaceSid);
  if (named.workspaceSid === undefined || (own && isOf(own)) || !Object.values(others).some(isOf))
    return named;
  return { workspaceSid: own?.deployed?.workspaceSid, workflowSid: own?.deployed?.workflowSid };
}

function readAccount(projectRoot: string, accountSid: string): AccountRecord {
  return readRecord(projectRoot)[accountSid] ?? { workspaceSids: [], serviceSids: [] };
}

function writeAccount(projectRoot: string, accountSid: string, account: AccountRecord): void {
  const record = { ...readRecord(projectRoot), [accountSid]: account };
  writeDataFile(path.join(projectRoot, fileName), `${JSON.stringify(record, null, 2)}\n`);
}

function readRecord(projectRoot: string): DeployRecord {
  try {
    return recordFormat.parse(JSON.parse(readDataFile(path.join(projectRoot, fileName)) ?? '{}'));
  } catch {
    throw new ConfigurationError([
      `${fileName} is damaged. Remove it: the next deployment then asks before it changes what was created from this folder.`,
    ]);
  }
}

/** twilio-run's own record: https://www.twilio.com/docs/labs/serverless-toolkit/configuration */
const toolMemory = z.record(z.string(), z.object({ serviceSid: z.string() }));

/** The Service that twilio-run recorded for an account; undefined when there is none, or its file is damaged. */
export function readRememberedService(
  projectRoot: string,
  accountSid: string,
  region = 'us1',
): string | undefined {
  try {
    const memory = toolMemory.parse(
      JSON.parse(readDataFile(path.join(projectRoot, '.twiliodeployinfo')) ?? '{}'),
    );
    return (memory[`${accountSid}:${region}`] ?? memory[accountSid])?.serviceSid;
  } catch {
    return undefined;
  }
}
