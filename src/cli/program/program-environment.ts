import type { Credentials } from '../../system/credentials';
import type { RunRecord } from '../../system/run-record';
import { type ProgramSettings, spellings } from './program-settings';

/** The account and the workspace, under each name that a program may read. */
export function accountEnvironment(
  { accountSid, authToken, apiKey }: Credentials,
  {
    workspaceSid,
    workflowSid,
    taskrouterUrl,
  }: Pick<RunRecord, 'workspaceSid' | 'workflowSid' | 'taskrouterUrl'>,
  own: Partial<Pick<ProgramSettings, 'workspaceSid' | 'workflowSid'>> = {},
): Record<string, string> {
  const values: Readonly<Record<keyof ProgramSettings, string | null>> = {
    accountSid,
    authToken,
    apiKeySid: apiKey.sid,
    apiKeySecret: apiKey.secret,
    workspaceSid: own.workspaceSid?.value ?? workspaceSid,
    workflowSid: own.workflowSid?.value ?? workflowSid,
  };
  const named = Object.entries(values).flatMap(([setting, value]) =>
    value === null ? [] : spellings[setting as keyof ProgramSettings].map((name) => [name, value] as const),
  );
  return { ...Object.fromEntries(named), TASKROUTER_BASE_URL: taskrouterUrl };
}
