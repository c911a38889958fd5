import { eventBridgeUrl } from '../common/event-bridge-url';
import { isLoopbackUrl } from '../common/loopback';
import { LifecycleError } from '../steps/errors';
import { isSid } from '../steps/sid';
import type { StepSettings } from '../steps/step';
import { assignmentErrors } from './assignment-environment';
import type { FunctionContext } from './runtime';
import { type VariableName, variable } from './variables';

/** The hash of the deployed sources; the build script defines it. */
declare const __BUILD__: string | undefined;

const build = typeof __BUILD__ === 'string' ? __BUILD__ : 'development';

interface ApiKey {
  readonly sid: string;
  readonly secret: string;
}
interface ApiKeyErrors {
  /** What is wrong, by variable. */
  readonly errors: Readonly<Record<string, string>>;
}

/** The checked environment of the operator's Functions. */
export interface Environment {
  readonly accountSid: string;
  readonly authToken: string;
  readonly workspaceSid: string;
  /** The address of a local TaskRouter; undefined means Twilio's own. */
  readonly baseUrl: string | undefined;
  /** Signs the tokens of the worker SDK; or what is wrong with its variables. */
  readonly apiKey: ApiKey | ApiKeyErrors;
  /** Twilio's region and edge, where the runtime sets them. */
  readonly region: string | undefined;
  readonly edge: string | undefined;
  readonly settings: StepSettings;
}

/** @throws {LifecycleError} `configuration`, naming every variable that is missing or malformed. */
export function readEnvironment(context: FunctionContext): Environment {
  const read = (name: VariableName) => variable(context, name);
  const [accountSid, authToken, workspaceSid] = [
    read('ACCOUNT_SID'),
    read('AUTH_TOKEN'),
    read('WORKSPACE_SID'),
  ];
  const [workflowSid, baseUrl] = [read('WORKFLOW_SID'), read('TASKROUTER_BASE_URL')];
  const errors = {
    ...(!isSid('AC', accountSid) && { ACCOUNT_SID: 'must be the sid of the account (AC…)' }),
    ...(!authToken && { AUTH_TOKEN: "must be the account's auth token" }),
    ...(!isSid('WS', workspaceSid) && { WORKSPACE_SID: 'must be the sid of the workspace (WS…)' }),
    ...(workflowSid && !isSid('WW', workflowSid) && { WORKFLOW_SID: 'must be the sid of a workflow (WW…)' }),
    ...(baseUrl && !isLoopbackUrl(baseUrl) && { TASKROUTER_BASE_URL: notLoopback }),
  };
  if (Object.keys(errors).length > 0 || !accountSid || !authToken || !workspaceSid)
    throw misconfigured(errors);
  const defaultTaskAttributes = read('DEFAULT_TASK_ATTRIBUTES');
  return {
    accountSid,
    authToken,
    workspaceSid,
    baseUrl,
    apiKey: readApiKey(read('API_KEY_SID'), read('API_KEY_SECRET')),
    region: read('TWILIO_REGION'),
    edge: read('TWILIO_EDGE'),
    settings: {
      ...(workflowSid && { workflowSid }),
      ...(defaultTaskAttributes && { defaultTaskAttributes }),
      build,
      // Our choice: a real account gets fewer requests, because they count toward its limits.
      pollAfterMs: baseUrl ? 1000 : 5000,
      configurationErrors: () => assignmentErrors(context),
      ...(baseUrl && {
        inspectorUrl: new URL('/', baseUrl).href,
        eventBridgeUrl: eventBridgeUrl(baseUrl),
      }),
    },
  };
}

/** Only the tokens need the key, so the other Functions work without it. */
function readApiKey(sid: string | undefined, secret: string | undefined): ApiKey | ApiKeyErrors {
  if (isSid('SK', sid) && secret) return { sid, secret };
  return {
    errors: {
      ...(!isSid('SK', sid) && { API_KEY_SID: 'must be the sid of an API key (SK…)' }),
      ...(!secret && { API_KEY_SECRET: 'must be the secret of the API key' }),
    },
  };
}

const notLoopback =
  'must be an http or https address of this computer (127.0.0.1, localhost); remove it from deployments';

export function misconfigured(errors: Readonly<Record<string, string>>): LifecycleError {
  const sentences = Object.entries(errors).map(([name, problem]) => `${name} ${problem}`);
  return new LifecycleError('configuration', `Invalid environment variables: ${sentences.join('; ')}.`, {
    errors,
  });
}
