import path from 'node:path';
import { type FunctionsProject, hasRootAsset } from '../host/build/functions-project';
import type { FunctionsHost, FunctionsHostOptions } from '../host/functions-host';
import type { Credentials } from '../system/credentials';
import type { AppliedWorkspace } from '../workspace/apply/apply';
import type { DesiredWorkspace } from '../workspace/file/desired';
import type { LocalOptions } from './local-options';

/** What this run is (sids, credentials, address) is given to the Functions here; the rest comes from `.env`. */
export function startLocalFunctions(
  options: LocalOptions & { readonly functions: FunctionsProject },
  credentials: Credentials,
  taskrouterUrl: string,
  applied: AppliedWorkspace,
  desired: DesiredWorkspace,
): Promise<FunctionsHost> {
  const { packageRoot, functions } = options;
  const workflowSid = mainWorkflow(desired, applied) ?? '';
  const isOurs = functions.projectRoot === packageRoot;
  const start = isOurs ? startOurs : startUnmodified(options, taskrouterUrl);
  return start({
    ...functions,
    // Our own Functions already are the lifecycle's.
    lifecycle: isOurs ? undefined : { root: packageRoot },
    childScript: path.join(packageRoot, 'dist', 'cli', 'functions-child.js'),
    port: options.port,
    host: options.host,
    publicUrl: options.publicUrl,
    environment: {
      ACCOUNT_SID: credentials.accountSid,
      AUTH_TOKEN: credentials.authToken,
      TASKROUTER_BASE_URL: taskrouterUrl,
      WORKSPACE_SID: applied.workspaceSid,
      WORKFLOW_SID: workflowSid,
      // The tutorial's names. In somebody's .env, they are those of a workspace on Twilio.
      TWILIO_WORKSPACE_SID: applied.workspaceSid,
      TWILIO_WORKFLOW_SID: workflowSid,
      API_KEY_SID: credentials.apiKey.sid,
      API_KEY_SECRET: credentials.apiKey.secret,
      OPERATOR_USERNAME: credentials.operator.username,
      OPERATOR_PASSWORD: credentials.operator.password,
    },
    environmentDefaults: {
      DEFAULT_TASK_ATTRIBUTES: '{"selected_language":"es"}',
      REJECT_ACTIVITY_SID: applied.activities.Offline ?? '',
    },
    ...(options.environmentFile !== undefined && { environmentFile: options.environmentFile }),
    authToken: credentials.authToken,
    operator: options.operatorAuth ? null : credentials.operator,
    localTaskRouter: { url: taskrouterUrl, ...credentials },
    log: options.hostLog,
    watch: options.watch,
  });
}

type Start = (options: FunctionsHostOptions) => Promise<FunctionsHost>;

/** The host of Functions is loaded on demand, because `serve` has none, and the proxy, because only others' Functions need it. */
const startOurs: Start = async (options) => {
  const { startFunctionsHost } = await import('../host/functions-host');
  return startFunctionsHost(options);
};

const startUnmodified =
  ({ packageRoot, passedHosts }: LocalOptions, serviceUrl: string): Start =>
  async (options) => {
    const { startUnmodifiedFunctions } = await import('./unmodified-functions');
    return startUnmodifiedFunctions(options, { serviceUrl, packageRoot, passed: passedHosts ?? [] });
  };

export const hasLifecyclePage = ({ functions, packageRoot }: LocalOptions): boolean =>
  functions !== null && (functions.projectRoot === packageRoot || !hasRootAsset(functions));

/** New tasks go to the first workflow of the file. */
export function mainWorkflow(desired: DesiredWorkspace, applied: AppliedWorkspace): string | null {
  const [first] = desired.workflows;
  return (first && applied.workflows[first.friendlyName]) ?? null;
}
