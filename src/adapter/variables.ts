import type { FunctionContext } from './runtime';

/** Every variable that the Functions read; .env.example and .env.deploy.example explain each. */
export const variableNames = [
  'ACCOUNT_SID',
  'AUTH_TOKEN',
  'WORKSPACE_SID',
  'WORKFLOW_SID',
  'DEFAULT_TASK_ATTRIBUTES',
  'API_KEY_SID',
  'API_KEY_SECRET',
  'OPERATOR_USERNAME',
  'OPERATOR_PASSWORD',
  'ASSIGNMENT_INSTRUCTION',
  'REJECT_ACTIVITY_SID',
  'ASSIGNMENT_TO',
  'ASSIGNMENT_FROM',
  'ASSIGNMENT_URL',
  'ASSIGNMENT_ACCEPT',
  'ASSIGNMENT_TIMEOUT',
  'POST_WORK_ACTIVITY_SID',
  'TASKROUTER_BASE_URL',
] as const;

/** Set by the platform, not by a file of ours: https://www.twilio.com/docs/serverless/functions-assets/functions/variables */
type PlatformVariable = 'TWILIO_REGION' | 'TWILIO_EDGE';

export type VariableName = (typeof variableNames)[number] | PlatformVariable;

/** The tutorial's names, which are accepted, too. */
const tutorialNames: Readonly<Partial<Record<VariableName, string>>> = {
  WORKSPACE_SID: 'TWILIO_WORKSPACE_SID',
  WORKFLOW_SID: 'TWILIO_WORKFLOW_SID',
  POST_WORK_ACTIVITY_SID: 'TWILIO_POST_WORKER_ACTIVITY',
};

/** An environment variable by our name, else by the tutorial's; blank means not set. */
export function variable(context: FunctionContext, name: VariableName): string | undefined {
  for (const spelling of [name, tutorialNames[name]]) {
    const value = spelling === undefined ? undefined : context[spelling];
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
  }
  return undefined;
}
