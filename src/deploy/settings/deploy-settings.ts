import path from 'node:path';
import { ConfigurationError } from '../../system/config';
import { readEnvironmentFile } from '../../system/environment-file';
import { readTwilioAccount, type TwilioAccount } from '../../system/twilio-account';
import { settingErrors, uploadedVariables } from './setting-errors';
import { parseAsUploaded } from './twilio-run';

export interface Operator {
  readonly username: string;
  readonly password: string;
}

/** What a deployment goes by: a file of variables, and the environment of the process for what the file leaves empty. */
export interface DeploySettings {
  readonly file: string;
  readonly account: TwilioAccount;
  readonly operator: Operator;
  /** By name, as they are uploaded. */
  readonly uploaded: Readonly<Record<string, string>>;
  /** Of the file alone: deploying writes them there. */
  readonly workspaceSid: string | undefined;
  readonly workflowSid: string | undefined;
}

/**
 * @param functions the text of the built Functions: what they do not mention they do not read
 * @throws ConfigurationError with all faults at once, each with its remedy
 */
export function readDeploySettings(
  file: string,
  environment: NodeJS.ProcessEnv,
  functions: string,
): DeploySettings {
  const name = path.basename(file);
  const text = readEnvironmentFile(file);
  if (text === null) {
    throw new ConfigurationError([
      `${name} is not there: cp .env.deploy.example ${name}, and fill in what it asks for.`,
    ]);
  }
  const written = parseAsUploaded(text);
  const variables = { ...filled(written, environment), ...workspaceOf(written) };
  const isUsed = (variable: string) => new RegExp(`\\b${variable}\\b`).test(functions);
  const account = accountOf(written, environment);
  const faults = [
    ...readingFaults(text),
    ...apiKeyFaults(account, written),
    ...settingErrors(variables, isUsed),
  ];
  if (account instanceof ConfigurationError || faults.length > 0) {
    const inFile = faults.map((fault) => `${name}: ${fault}`);
    throw new ConfigurationError(
      account instanceof ConfigurationError ? [account.message, ...inFile] : inFile,
    );
  }
  const { OPERATOR_USERNAME: username = '', OPERATOR_PASSWORD: password = '' } = variables;
  return {
    file,
    account,
    operator: { username, password },
    uploaded: uploadedVariables(variables),
    workspaceSid: written.WORKSPACE_SID || undefined,
    workflowSid: written.WORKFLOW_SID || undefined,
  };
}

/** The operator of a file of variables and the environment, for whoever only asks; null when there is none. */
export function readOperator(file: string, environment: NodeJS.ProcessEnv): Operator | null {
  const text = readEnvironmentFile(file);
  if (text === null) return null;
  const { OPERATOR_USERNAME: username, OPERATOR_PASSWORD: password } = filled(
    parseAsUploaded(text),
    environment,
  );
  return username && password ? { username, password } : null;
}

type Variables = Readonly<Record<string, string>>;

/** As loadSystemEnv does: what is listed and empty comes from the environment. */
function filled(written: Variables, environment: NodeJS.ProcessEnv): Variables {
  return Object.fromEntries(
    Object.entries(written).map(([name, value]) => [name, value || environment[name] || '']),
  );
}

/** Not filled: a shell that works with the local TaskRouter has its sids, and deploying writes the right ones here. */
function workspaceOf({ WORKSPACE_SID = '', WORKFLOW_SID = '' }: Variables): Variables {
  return { WORKSPACE_SID, WORKFLOW_SID };
}

/** The file may hold the account as well; then both must mean the same one. */
function accountOf(written: Variables, environment: NodeJS.ProcessEnv): TwilioAccount | ConfigurationError {
  const { ACCOUNT_SID, AUTH_TOKEN } = written;
  try {
    return readTwilioAccount({
      ...environment,
      ...(ACCOUNT_SID && { ACCOUNT_SID }),
      ...(AUTH_TOKEN && { AUTH_TOKEN }),
    });
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
}

/** The tool that uploads would use the file's half of the credentials with the environment's other half. */
function apiKeyFaults(account: TwilioAccount | ConfigurationError, written: Variables): string[] {
  if (account instanceof ConfigurationError || account.username === account.accountSid) return [];
  return ['ACCOUNT_SID', 'AUTH_TOKEN']
    .filter((name) => written[name])
    .map((name) => `${name} must be empty when an API key is used: empty it, or unset TWILIO_API_KEY.`);
}

/** Lines that the tool which uploads would read otherwise than they are meant. */
function readingFaults(text: string): string[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const name = /^\s*(?:export\s+)?([\w.-]+)\s*=/.exec(line)?.[1];
    if (name === undefined) return [];
    if (/^\s*export\s/.test(line)) return [`${name} would not be uploaded: remove the word "export".`];
    if (!/=\s*(#|[^'"{\s].*\s#)/.test(line)) return [];
    return [`${name} would be uploaded with the comment behind it: move that to a line of its own.`];
  });
}
