import path from 'node:path';
import type { Dispatcher } from 'undici';
import { DeploymentFailed } from '../../deploy/deployment-failed';
import { dispatcherFor, FunctionsClient } from '../../deploy/functions/functions-client';
import { readServiceName, regionOf } from '../../deploy/preparation';
import { type Operator, readOperator } from '../../deploy/settings/deploy-settings';
import { environmentFile } from '../../deploy/settings/tool-settings';
import { findEnvironment } from '../../deploy/target/service';
import { findTarget } from '../../deploy/target/take-over';
import { describeWiring, type WiredFunctions, wireFunctions } from '../../deploy/wiring/wiring';
import { ConfigurationError, readConfig } from '../../system/config';
import { keepCredentials } from '../../system/credentials';
import { filesBelow, sourceHash } from '../../system/project-sources';
import { readTwilioAccount } from '../../system/twilio-account';
import { readWorkspaceFile } from '../../workspace/file/desired';
import { type DomainFlags, domainSuffix, type TargetFlags } from '../flags';
import type { Terminal } from '../terminal';
import { planPaints, writeJson, writeLines } from '../workspace/output';
import { requestTarget } from '../workspace/request-target';
import { type Connect, openTarget, type Target } from '../workspace/target';

export interface WireFlags extends TargetFlags, DomainFlags {
  readonly fallbackUrl?: string | undefined;
}

/** What the command uses besides its flags. Tests replace the parts that reach Twilio. */
interface WireContext {
  readonly projectRoot: string;
  readonly terminal: Terminal;
  readonly connect?: Connect;
  /** Creates the dispatcher for requests to the Functions. */
  readonly newDispatcher: () => Dispatcher;
}

/** @throws ConfigurationError, WorkspaceFileError, DeploymentFailed or UpstreamFailed */
export function runWire(flags: WireFlags, terminal: Terminal): Promise<void> {
  const newDispatcher = () => dispatcherFor(terminal.environment);
  return wireInContext(flags, { projectRoot: process.cwd(), terminal, newDispatcher });
}

/** @throws as `runWire` */
export async function wireInContext(flags: WireFlags, context: WireContext): Promise<void> {
  const { projectRoot, terminal, connect, newDispatcher } = context;
  const desired = readWorkspaceFile(path.resolve(projectRoot, flags.workspace));
  const target = await openTarget(terminal, flags, connect);
  const { client } = target;
  const url = await requestTarget(terminal, target, () => findFunctions(flags, context, target));
  const operator = findOperator(flags, context);
  const functions = new FunctionsClient(url.replace(/\/+$/, ''), operator, newDispatcher());
  try {
    const wired = await requestTarget(terminal, target, () =>
      wireFunctions({
        client,
        desired,
        functions,
        fallbackUrl: flags.fallbackUrl,
        knowsOperator: operator !== null,
      }),
    );
    report(flags, terminal, functions.url, wired, await sourceBuild(flags, projectRoot));
  } finally {
    await functions.close();
  }
}

/** @throws ConfigurationError or DeploymentFailed when there are none */
async function findFunctions(
  flags: WireFlags,
  { projectRoot, terminal: { environment } }: WireContext,
  { client, functionsUrl }: Target,
): Promise<string> {
  if (functionsUrl) return functionsUrl;
  if (flags.target === 'local') {
    throw new ConfigurationError([
      'No Functions run here: start them with "npx taskrouter start", or pass their address with --functions-url URL.',
    ]);
  }
  const suffix = domainSuffix(flags);
  const serviceName = readServiceName(projectRoot);
  const account = readTwilioAccount(environment);
  const region = regionOf(environment);
  const { service } = await findTarget({ client, account, projectRoot, serviceName, region });
  const found = service && (await findEnvironment(client, service.sid, suffix));
  if (found) return `https://${found.domainName}`;
  const what = service ? `environment "${suffix}"` : `Service "${serviceName}"`;
  throw new DeploymentFailed(
    `The account has no ${what}: deploy first (npm run deploy), or pass the address of the Functions with --functions-url URL.`,
  );
}

/** The operator of the local run, or of the deployment. */
function findOperator(
  { target, data }: WireFlags,
  { projectRoot, terminal: { environment } }: WireContext,
): Operator | null {
  if (target === 'local') return keepCredentials(path.resolve(data), readConfig(environment)).operator;
  return readOperator(path.resolve(projectRoot, environmentFile), environment);
}

function report(
  flags: WireFlags,
  terminal: Terminal,
  functionsUrl: string,
  { changes, build }: WiredFunctions,
  source: string | null,
): void {
  const warning = warningOf(build, source);
  if (flags.json) {
    writeJson(terminal, {
      functionsUrl,
      build,
      sourceBuild: source,
      changes,
      notes: warning ? [warning] : [],
    });
    return;
  }
  const paints = planPaints(terminal);
  writeLines(terminal, ...changes.map(describeWiring));
  writeLines(
    terminal,
    `Callbacks ${changes.length > 0 ? 'point' : 'already point'} to ${functionsUrl}${build ? ` (build ${build})` : ''}.`,
  );
  if (warning) writeLines(terminal, paints.note(`! ${warning}`));
}

/** The build of the local sources; null when there are none. The local host rebuilds them itself. */
async function sourceBuild({ target }: WireFlags, projectRoot: string): Promise<string | null> {
  if (target === 'local' || filesBelow(projectRoot, 'functions').length === 0) return null;
  return sourceHash(projectRoot, 'functions');
}

function warningOf(build: string | null, source: string | null): string | null {
  if (build === null) {
    return `The deployed build is unknown: ${environmentFile} has no operator to read it with.`;
  }
  if (source === null || source === build) return null;
  return `The deployed build ${build} is not this source's ${source}: run "npm run deploy".`;
}
