import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Argv } from 'yargs';
import type { FunctionsProject } from '../host/build/functions-project';
import type { ClockMode } from '../system/choose-clock';
import { ConfigurationError } from '../system/config';
import { originOf } from './origin';

/** The flags that `start` and `serve` share. */
export interface RunFlags {
  readonly port: number;
  readonly taskrouterPort: number;
  readonly host: string;
  readonly publicUrl?: string | undefined;
  readonly verbose: boolean;
  readonly data: string;
  readonly memory: boolean;
  readonly workspace: string;
  readonly env: string;
  readonly operatorAuth: boolean;
  readonly rateLimits: boolean;
  readonly json: boolean;
  readonly clock: ClockMode;
}

const defaultEnvironmentFile = '.env';

export const dataFlag = {
  type: 'string',
  default: '.taskrouter',
  requiresArg: true,
  describe: 'Directory for tasks, workers and credentials',
} as const;

export const jsonFlag = {
  type: 'boolean',
  default: false,
  describe: 'Print one JSON document',
} as const;

export const targetFlag = {
  choices: ['local', 'twilio'] as const,
  default: 'local',
  requiresArg: true,
  describe: 'The running local TaskRouter, or the account in TWILIO_ACCOUNT_SID',
} as const;

export const workspaceFlag = {
  type: 'string',
  default: 'workspace.json',
  requiresArg: true,
  describe: 'The workspace file',
} as const;

export const forceFlag = {
  type: 'boolean',
  default: false,
  describe: 'Overwrite a file that differs',
} as const;

export function runFlags(yargs: Argv): Argv<RunFlags> {
  return yargs
    .option('port', {
      type: 'number',
      default: 3000,
      requiresArg: true,
      describe: 'Port of the Functions; 0 = any free port',
    })
    .option('taskrouter-port', {
      type: 'number',
      default: 4040,
      requiresArg: true,
      describe: 'Port of the local TaskRouter; 0 = any free port',
    })
    .option('host', {
      type: 'string',
      default: '127.0.0.1',
      requiresArg: true,
      describe: 'Address to listen on',
    })
    .option('public-url', {
      type: 'string',
      requiresArg: true,
      describe: 'Where a tunnel forwards to this computer, such as https://name.example',
      coerce: readPublicUrl,
    })
    .option('verbose', {
      type: 'boolean',
      default: false,
      describe: 'Show event callbacks, too',
    })
    .option('data', dataFlag)
    .option('memory', {
      type: 'boolean',
      default: false,
      describe: 'Keep everything in memory, without a data directory',
    })
    .option('workspace', workspaceFlag)
    .option('env', {
      type: 'string',
      default: defaultEnvironmentFile,
      requiresArg: true,
      describe: "File with the Functions' variables; editing it reloads the Functions",
    })
    .option('operator-auth', {
      type: 'boolean',
      default: false,
      describe: 'Require passwords on this computer too, as a deployment does',
    })
    .option('rate-limits', {
      type: 'boolean',
      default: false,
      describe: "Enforce Twilio's documented rate limits (429)",
    })
    .option('clock', {
      choices: ['system', 'virtual'] as const,
      default: 'system',
      requiresArg: true,
      describe: 'A virtual clock only moves with "taskrouter clock"',
    })
    .option('json', {
      type: 'boolean',
      default: false,
      describe: 'Print one line of JSON when ready; logs go to standard error',
    })
    .check((flags) => checkPorts(flags as unknown as RunFlags)) as unknown as Argv<RunFlags>;
}

/** @returns the origin, without a trailing slash @throws ConfigurationError */
function readPublicUrl(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const origin = originOf(text);
  if (origin) return origin;
  throw new ConfigurationError([
    '--public-url must be an http or https address without a path, such as https://name.example.',
  ]);
}

function checkPorts({ port, taskrouterPort }: RunFlags): true {
  const faults = Object.entries({ '--port': port, '--taskrouter-port': taskrouterPort })
    .filter(([, value]) => value !== undefined)
    .filter(([, value]) => !Number.isInteger(value) || value < 0 || value > 65_535)
    .map(([flag]) => `${flag} must be a whole number from 0 to 65535 (0 = any free port).`);
  if (port !== 0 && port === taskrouterPort) faults.push('--port and --taskrouter-port must differ.');
  if (faults.length > 0) throw new ConfigurationError(faults);
  return true;
}

/** The Functions start without a `.env`, but a file that somebody names must exist. @throws ConfigurationError */
export function checkEnvironmentFile({ env }: Pick<RunFlags, 'env'>): true {
  if (env === defaultEnvironmentFile || existsSync(env)) return true;
  throw new ConfigurationError([`--env: ${env} does not exist. Create it, or choose another file.`]);
}

/** The absolute path of the Functions' variables: the flag's, or what the project's settings for `start` name. */
export function environmentFileOf({ env }: Pick<RunFlags, 'env'>, project: FunctionsProject | null): string {
  const named = env === defaultEnvironmentFile ? project?.environmentFile : undefined;
  return path.resolve(named ?? env);
}

/** Which TaskRouter a command works on, local or on Twilio. */
export interface OpeningFlags {
  readonly target: 'local' | 'twilio';
  readonly functionsUrl?: string | undefined;
  readonly data: string;
}

/** The flags of every command that works with a workspace file there. */
export interface TargetFlags extends OpeningFlags {
  readonly workspace: string;
  readonly json: boolean;
}

export interface PlanFlags extends TargetFlags {
  readonly prune: boolean;
}

export function openingFlags(yargs: Argv): Argv<OpeningFlags> {
  return yargs
    .option('target', targetFlag)
    .option('functions-url', {
      ...functionsUrlFlag,
      describe: `Value of \${FUNCTIONS_URL}; default: the running Functions, or unset for Twilio`,
    })
    .option('data', dataFlag)
    .check(checkFunctionsUrl) as unknown as Argv<OpeningFlags>;
}

export function targetFlags(yargs: Argv): Argv<TargetFlags> {
  return openingFlags(yargs)
    .option('workspace', workspaceFlag)
    .option('json', jsonFlag) as unknown as Argv<TargetFlags>;
}

/** Of a workspace's callbacks. Needs `checkFunctionsUrl`. */
export const functionsUrlFlag = { type: 'string', requiresArg: true } as const;

export function planFlags(yargs: Argv): Argv<PlanFlags> {
  return targetFlags(yargs).option('prune', {
    type: 'boolean',
    default: false,
    describe: 'Delete what the file does not name, if nothing uses it',
  }) as unknown as Argv<PlanFlags>;
}

/** Which workspace of the target is meant. */
export interface ChoiceFlags {
  readonly workspaceSid?: string | undefined;
  readonly name?: string | undefined;
}

export function choiceFlags<Flags>(yargs: Argv<Flags>): Argv<Flags & ChoiceFlags> {
  return yargs
    .option('workspace-sid', {
      type: 'string',
      requiresArg: true,
      describe: 'Sid of the workspace; default: the only one',
    })
    .option('name', { type: 'string', requiresArg: true, describe: 'Friendly name of the workspace' });
}

/** @throws ConfigurationError */
export function checkFunctionsUrl({ functionsUrl: text }: { readonly [flag: string]: unknown }): true {
  if (text === undefined) return true;
  const url = String(text);
  if (/^https?:\/\/[^/]/i.test(url) && URL.canParse(url) && !/[?#]/.test(url)) return true;
  throw new ConfigurationError([
    '--functions-url must be the http or https address of the Functions, such as https://care-1234-dev.twil.io',
  ]);
}

/** Which of a Service's domains to use; named as in Twilio's own tools. */
export interface DomainFlags {
  readonly environment: string;
  readonly production: boolean;
}

export function domainFlags<Flags>(yargs: Argv<Flags>): Argv<Flags & DomainFlags> {
  return yargs
    .option('environment', {
      type: 'string',
      default: 'dev',
      requiresArg: true,
      describe: "Suffix of the deployment's domain",
    })
    .option('production', { type: 'boolean', default: false, describe: 'Use the domain without a suffix' });
}

/**
 * Empty for production.
 * Source of the form: https://www.twilio.com/docs/serverless/api/resource/environment
 * @throws ConfigurationError
 */
export function domainSuffix({ environment, production }: DomainFlags): string {
  if (production) return '';
  if (/^[a-z0-9-]{1,16}$/.test(environment)) return environment;
  throw new ConfigurationError([
    '--environment must be 1 to 16 lowercase letters, digits and hyphens. For the domain without a suffix, use --production.',
  ]);
}

/** The root of a clone, or of the installed package: its `dist/cli` holds this program. */
export const packageRoot = (): string => path.resolve(__dirname, '..', '..');

/**
 * The workspace file of a run, as an absolute path: the tutorial's, which comes with this program, where nobody has
 * written or chosen one. That is our choice: a first start needs no file.
 */
export function workspaceFileOf({ workspace }: Pick<RunFlags, 'workspace'>): string {
  const isMissing = workspace === workspaceFlag.default && !existsSync(workspace);
  return isMissing ? path.join(packageRoot(), workspaceFlag.default) : path.resolve(workspace);
}
