import type { FunctionContext } from './runtime';

/** The names of the tutorial that are accepted besides ours. */
const tutorialNames: Readonly<Record<string, string>> = {
  WORKSPACE_SID: 'TWILIO_WORKSPACE_SID',
  WORKFLOW_SID: 'TWILIO_WORKFLOW_SID',
  POST_WORK_ACTIVITY_SID: 'TWILIO_POST_WORKER_ACTIVITY',
};

/** An environment variable under our name, else the tutorial's; blank means not set. */
export function variable(context: FunctionContext, name: string): string | undefined {
  for (const spelling of [name, tutorialNames[name]]) {
    const value = spelling === undefined ? undefined : context[spelling];
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
  }
  return undefined;
}
