import path from 'node:path';
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
import { processTerminal } from '../terminal';
import { planPaints, writeJson, writeLines } from '../workspace/output';
import { requestTarget } from '../workspace/request-target';
import { openTarget, type Target } from '../workspace/target';

export interface WireFlags extends TargetFlags, DomainFlags {
  readonly fallbackUrl?: string | undefined;
}

/** @throws ConfigurationError, WorkspaceFileError, DeploymentFailed or UpstreamFailed */
export async function runWire(flags: WireFlags): Promise<void> {
  const desired = readWorkspaceFile(path.resolve(flags.workspace));
  const target = await openTarget(processTerminal, flags);
  const { client } = target;
  const url = await requestTarget(processTerminal, target, () => findFunctions(flags, target));
  const operator = findOperator(flags);
  const functions = new FunctionsClient(url.replace(/\/+$/, ''), operator, dispatcherFor(process.env));
  try {
    const wired = await requestTarget(processTerminal, target, () =>
      wireFunctions({
        client,
        desired,
        functions,
        fallbackUrl: flags.fallbackUrl,
        knowsOperator: operator !== null,
      }),
    );
    report(flags, functions.url, wired, await sourceBuild(flags));
  } finally {
    await functions.close();
  }
}

/** @throws ConfigurationError or DeploymentFailed when there are none */
async function findFunctions(flags: WireFlags, { client, functionsUrl }: Target): Promise<string> {
  if (functionsUrl) return functionsUrl;
  if (flags.target === 'local') {
    throw new ConfigurationError([
      'No Functions run here: start them with "npx taskrouter start", or pass their address with --functions-url URL.',
    ]);
  }
  const suffix = domainSuffix(flags);
  const projectRoot = process.cwd();
  const serviceName = readServiceName(projectRoot);
  const account = readTwilioAccount(process.env);
  const region = regionOf(process.env);
  const { service } = await findTarget({ client, account, projectRoot, serviceName, region });
  const environment = service && (await findEnvironment(client, service.sid, suffix));
  if (environment) return `https://${environment.domainName}`;
  const what = service ? `environment "${suffix}"` : `Service "${serviceName}"`;
  throw new DeploymentFailed(
    `The account has no ${what}: deploy first (npm run deploy), or pass the address of the Functions with --functions-url URL.`,
  );
}

/** The operator of the local run, or of the deployment. */
function findOperator({ target, data }: WireFlags): Operator | null {
  if (target === 'local') return keepCredentials(path.resolve(data), readConfig(process.env)).operator;
  return readOperator(path.resolve(environmentFile), process.env);
}

function report(
  flags: WireFlags,
  functionsUrl: string,
  { changes, build }: WiredFunctions,
  source: string | null,
): void {
  const warning = warningOf(build, source);
  if (flags.json) {
    writeJson(processTerminal, {
      functionsUrl,
      build,
      sourceBuild: source,
      changes,
      notes: warning ? [warning] : [],
    });
    return;
  }
  const paints = planPaints(processTerminal);
  writeLines(processTerminal, ...changes.map(describeWiring));
  writeLines(
    processTerminal,
    `Callbacks ${changes.length > 0 ? 'point' : 'already point'} to ${functionsUrl}${build ? ` (build ${build})` : ''}.`,
  );
  if (warning) writeLines(processTerminal, paints.note(`! ${warning}`));
}

/** The build of the local sources; null when there are none. The local host rebuilds them itself. */
async function sourceBuild({ target }: WireFlags): Promise<string | null> {
  const projectRoot = process.cwd();
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
