import type { Credentials } from '../system/credentials';
import type { RunRecord } from '../system/run-record';

/** What apps, SDKs, and Functions that run elsewhere need to use a local TaskRouter, by the names that they read. */
export function clientVariables(
  run: Pick<RunRecord, 'taskrouterUrl' | 'workspaceSid' | 'workflowSid'>,
  { accountSid, authToken, apiKey, operator }: Credentials,
): Readonly<Record<string, string>> {
  return {
    ACCOUNT_SID: accountSid,
    AUTH_TOKEN: authToken,
    WORKSPACE_SID: run.workspaceSid,
    ...(run.workflowSid && { WORKFLOW_SID: run.workflowSid }),
    TASKROUTER_BASE_URL: run.taskrouterUrl,
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_AUTH_TOKEN: authToken,
    TWILIO_API_KEY: apiKey.sid,
    TWILIO_API_SECRET: apiKey.secret,
    API_KEY_SID: apiKey.sid,
    API_KEY_SECRET: apiKey.secret,
    OPERATOR_USERNAME: operator.username,
    OPERATOR_PASSWORD: operator.password,
  };
}
