import type { Argv } from 'yargs';
import { ConfigurationError } from '../../system/config';
import { dataFlag } from '../options';

/** The flags that `plan`, `apply` and `pull` share. */
export interface TargetFlags {
  readonly target: 'local' | 'twilio';
  readonly workspace: string;
  readonly functionsUrl?: string | undefined;
  readonly data: string;
  readonly json: boolean;
}

export interface PlanFlags extends TargetFlags {
  readonly prune: boolean;
}

export const workspaceDefault = 'workspace.json';

export function targetFlags(yargs: Argv): Argv<TargetFlags> {
  return yargs
    .option('target', {
      choices: ['local', 'twilio'] as const,
      default: 'local',
      describe: 'The running local TaskRouter, or the account that TWILIO_ACCOUNT_SID names',
    })
    .option('workspace', {
      type: 'string',
      default: workspaceDefault,
      requiresArg: true,
      describe: 'The workspace as a file',
    })
    .option('functions-url', {
      type: 'string',
      requiresArg: true,
      describe: `What \${FUNCTIONS_URL} stands for; default: the running Functions, and nothing on Twilio`,
    })
    .option('data', dataFlag)
    .option('json', { type: 'boolean', default: false, describe: 'One JSON document' })
    .check((flags) =>
      checkFunctionsUrl(flags.functionsUrl as string | undefined),
    ) as unknown as Argv<TargetFlags>;
}

export function planFlags(yargs: Argv): Argv<PlanFlags> {
  return targetFlags(yargs).option('prune', {
    type: 'boolean',
    default: false,
    describe: 'Delete what the file does not name and nothing uses',
  }) as unknown as Argv<PlanFlags>;
}

/** @throws ConfigurationError */
function checkFunctionsUrl(text: string | undefined): true {
  if (text === undefined || (/^https?:\/\/[^/]/i.test(text) && URL.canParse(text) && !/[?#]/.test(text))) {
    return true;
  }
  throw new ConfigurationError([
    '--functions-url must be the http or https address of the Functions, such as https://care-1234-dev.twil.io',
  ]);
}
