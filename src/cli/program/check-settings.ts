import { basicAuthorization } from '../../common/http-basic';
import { ConfigurationError } from '../../system/config';
import type { Credentials } from '../../system/credentials';
import type { RunRecord } from '../../system/run-record';
import { type ProgramSettings, placeOf, type Setting } from './program-settings';

interface Service {
  readonly run: Pick<RunRecord, 'taskrouterUrl' | 'workspaceSid' | 'workflowSid'>;
  readonly credentials: Credentials;
  /** The data directory, as people wrote it. */
  readonly data: string;
}

/**
 * Checks that a program is set up for the service that it will use.
 * @throws ConfigurationError with each line to change; secrets are not shown
 */
export async function checkSettings(settings: ProgramSettings, service: Service): Promise<void> {
  const faults = [...credentialFaults(settings, service), ...(await workspaceFaults(settings, service))];
  if (faults.length > 0) throw new ConfigurationError(faults);
}

function credentialFaults(settings: ProgramSettings, { credentials, data }: Service): string[] {
  const { accountSid, authToken, apiKey } = credentials;
  const secret = (setting: Setting | undefined, value: string) =>
    setting && setting.value !== value
      ? [
          `${placeOf(setting)} is not that of the service on ${data}. "npx taskrouter env --data ${data}" prints the line.`,
        ]
      : [];
  return [
    ...sidFault(settings.accountSid, accountSid, data),
    ...secret(settings.authToken, authToken),
    ...sidFault(settings.apiKeySid, apiKey.sid, data),
    ...secret(settings.apiKeySecret, apiKey.secret),
  ];
}

function sidFault(setting: Setting | undefined, value: string | null, data: string): string[] {
  if (!setting || value === null || setting.value === value) return [];
  return [
    `${placeOf(setting)} is not that of the service on ${data}. Change the line to: ${setting.name}=${value}`,
  ];
}

/** A program may also use another workspace than that of the workspace file, if it exists. */
async function workspaceFaults(settings: ProgramSettings, service: Service): Promise<string[]> {
  const { workspaceSid: workspace, workflowSid: workflow } = settings;
  const { run, data } = service;
  const path = `/v1/Workspaces/${workspace?.value ?? run.workspaceSid}`;
  if (workspace && !(await exists(path, service))) return sidFault(workspace, run.workspaceSid, data);
  if (workflow && !(await exists(`${path}/Workflows/${workflow.value}`, service)))
    return sidFault(workflow, run.workflowSid, data);
  return [];
}

async function exists(path: string, { run, credentials }: Service): Promise<boolean> {
  const authorization = basicAuthorization(credentials.accountSid, credentials.authToken);
  const response = await fetch(`${run.taskrouterUrl}${path}`, { headers: { authorization } });
  await response.body?.cancel();
  return response.ok;
}
