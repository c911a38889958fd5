import { conditionOfAccount, readOfferCounts } from '../../account/account-condition';
import type { AccountState } from '../../account/account-state';
import { conditionOfAlerts, type MonitorAlert, readAlerts } from '../../account/monitor-alerts';
import { DeploymentFailed } from '../../deploy/deployment-failed';
import { diagnose } from '../../doctor/diagnose';
import { withReceivers } from '../../doctor/receiver-findings';
import { readTwilioAccount } from '../../system/twilio-account';
import { readTarget, sayProgress } from '../account/read-target';
import { findFunctions, findOperator, hasLifecycle, sourceBuild } from '../deploy/functions-of-target';
import type { Terminal } from '../terminal';
import { requestTarget } from '../workspace/request-target';
import { openTarget, type Target } from '../workspace/target';
import { askReceivers } from './ask-receivers';
import type { Diagnosis, DoctorContext, DoctorFlags } from './diagnosis';

/**
 * What is stuck in a workspace of an account on Twilio. Only reads.
 * @throws ConfigurationError without credentials, WorkspaceNotChosen, UpstreamFailed
 */
export async function diagnoseTwilio(flags: DoctorFlags, context: DoctorContext): Promise<Diagnosis> {
  const { terminal, projectRoot, connect, newDispatcher } = context;
  const target = await openTarget(terminal, flags, connect);
  const { name, state } = await readTarget(terminal, target, flags);
  const urls = callbackUrlsOf(state);
  const offers = await requestTarget(terminal, target, () =>
    readOfferCounts(target.client, state, sayProgress(terminal)),
  );
  const alerts = conditionOfAlerts(await alertsOf(terminal, target, state), urls);
  const receivers = await askReceivers({
    target: 'twilio',
    callbackUrls: urls,
    functionsUrl: await functionsUrlOf(flags, context, target),
    operator: findOperator(flags, context),
    sourceBuild: await sourceBuild(projectRoot),
    hasLifecycle: hasLifecycle(projectRoot),
    authToken: authTokenOf(terminal),
    newDispatcher,
  });
  return {
    subject: `the workspace ${JSON.stringify(name)} on ${target.name}`,
    findings: withReceivers(diagnose(conditionOfAccount(state, offers, alerts)), receivers),
  };
}

function callbackUrlsOf({ rows }: AccountState): string[] {
  const urls = [
    ...rows.workspaces.map(({ eventCallbackUrl }) => eventCallbackUrl),
    ...rows.workflows.flatMap(({ assignmentCallbackUrl, fallbackAssignmentCallbackUrl }) => [
      assignmentCallbackUrl,
      fallbackAssignmentCallbackUrl,
    ]),
  ];
  return urls.flatMap((url) => url || []);
}

/** An API key may be restricted to TaskRouter. Then doctor says so, and goes on without the alerts. */
async function alertsOf(
  terminal: Terminal,
  { client }: Target,
  { now }: AccountState,
): Promise<readonly MonitorAlert[]> {
  try {
    return await readAlerts(client, now);
  } catch (error) {
    const { status, message } = error as { readonly status?: number; readonly message: string };
    terminal.writeError(`The alerts of Twilio's debugger cannot be read: ${status ?? message}.\n`);
    return [];
  }
}

/** Null, with a note, if no Functions are deployed: the callbacks may go elsewhere. */
async function functionsUrlOf(
  flags: DoctorFlags,
  context: DoctorContext,
  target: Target,
): Promise<string | null> {
  try {
    return await findFunctions(flags, context, target);
  } catch (error) {
    if (!(error instanceof DeploymentFailed)) throw error;
    context.terminal.writeError(`The Functions are not examined. ${error.message}\n`);
    return null;
  }
}

/** Null for an API key: TaskRouter signs with the auth token. */
function authTokenOf({ environment }: Terminal): string | null {
  const { accountSid, username, password } = readTwilioAccount(environment);
  return username === accountSid ? password : null;
}
