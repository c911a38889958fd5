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

/** The settings of a deployment: from `.env.deploy`, and from the environment for what the file leaves empty. */
export interface DeploySettings {
  readonly file: string;
  readonly account: TwilioAccount;
  readonly operator: Operator;
  /** By name, as they are uploaded. */
  readonly uploaded: Readonly<Record<string, string>>;
  /** From the file only, because the deployment writes it there. */
  readonly workspaceSid: string | undefined;
  readonly workflowSid: string | undefined;
}

/**
 * @param functions the text of the built Functions, which tells the variables that they read
 * @throws ConfigurationError with all errors at once, each with its remedy
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
      `${name} is missing. Run "cp .env.deploy.example ${name}" and fill it in.`,
    ]);
  }
  const written = parseAsUploaded(text);
  const variables = { ...filled(written, environment), ...workspaceOf(written) };
  const isUsed = (variable: string) => new RegExp(`\\b${variable}\\b`).test(functions);
  const account = accountOf(written, environment);
  const errors = [
    ...lineErrors(text),
    ...apiKeyErrors(account, written),
    ...settingErrors(variables, isUsed),
  ];
  if (account instanceof ConfigurationError || errors.length > 0) {
    const inFile = errors.map((each) => `${name}: ${each}`);
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

/** The operator in a file and the environment; null when either value is missing. */
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

/** As twilio-run's loadSystemEnv does: a variable that the file lists without a value comes from the environment. */
function filled(written: Variables, environment: NodeJS.ProcessEnv): Variables {
  return Object.fromEntries(
    Object.entries(written).map(([name, value]) => [name, value || environment[name] || '']),
  );
}

/** Not from the environment: a shell may have the sids of the local TaskRouter. */
function workspaceOf({ WORKSPACE_SID = '', WORKFLOW_SID = '' }: Variables): Variables {
  return { WORKSPACE_SID, WORKFLOW_SID };
}

/** The file may also name the account; then both must name the same one. */
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

/** twilio-run would combine half of the credentials from the file with the other half from the environment. */
function apiKeyErrors(account: TwilioAccount | ConfigurationError, written: Variables): string[] {
  if (account instanceof ConfigurationError || account.username === account.accountSid) return [];
  return ['ACCOUNT_SID', 'AUTH_TOKEN']
    .filter((name) => written[name])
    .map(
      (name) => `${name} must be empty when you use an API key. Remove its value, or unset TWILIO_API_KEY.`,
    );
}

/** Errors for lines that twilio-run would not read as the author meant them. */
function lineErrors(text: string): string[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const name = /^\s*(?:export\s+)?([\w.-]+)\s*=/.exec(line)?.[1];
    if (name === undefined) return [];
    if (/^\s*export\s/.test(line)) return [`${name} would not be uploaded. Remove the word "export".`];
    if (!/=\s*(#|[^'"{\s].*\s#)/.test(line)) return [];
    return [`${name} would be uploaded with the comment after it. Move the comment to its own line.`];
  });
}
