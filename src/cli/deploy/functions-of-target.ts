import path from 'node:path';
import { DeploymentFailed } from '../../deploy/deployment-failed';
import { readServiceName, regionOf } from '../../deploy/preparation';
import { type Operator, readOperator } from '../../deploy/settings/deploy-settings';
import { environmentFile } from '../../deploy/settings/tool-settings';
import { findEnvironment } from '../../deploy/target/service';
import { findTarget } from '../../deploy/target/take-over';
import { ConfigurationError, readConfig } from '../../system/config';
import { keepCredentials } from '../../system/credentials';
import { filesBelow, sourceHash } from '../../system/project-sources';
import { readTwilioAccount } from '../../system/twilio-account';
import { type DomainFlags, domainSuffix, type OpeningFlags } from '../flags';
import type { Terminal } from '../terminal';
import type { Target } from '../workspace/target';

/** Where the commands look for the Functions of a target. */
interface FunctionsContext {
  readonly projectRoot: string;
  readonly terminal: Pick<Terminal, 'environment'>;
}

/** @returns the URL of the Functions @throws ConfigurationError or DeploymentFailed when there are none */
export async function findFunctions(
  flags: Pick<OpeningFlags, 'target'> & DomainFlags,
  { projectRoot, terminal: { environment } }: FunctionsContext,
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
export function findOperator(
  { target, data }: Pick<OpeningFlags, 'target' | 'data'>,
  { projectRoot, terminal: { environment } }: FunctionsContext,
): Operator | null {
  if (target === 'local') return keepCredentials(path.resolve(data), readConfig(environment)).operator;
  return readOperator(path.resolve(projectRoot, environmentFile), environment);
}

/** Whether the Functions of this folder tell their build: a project can have others than ours. */
export function hasLifecycle(projectRoot: string): boolean {
  return filesBelow(projectRoot, 'functions').some((file) => /^functions\/lifecycle\.[jt]s$/.test(file));
}

/** The build of the sources in this folder; null when there are none. */
export async function sourceBuild(projectRoot: string): Promise<string | null> {
  if (filesBelow(projectRoot, 'functions').length === 0) return null;
  return sourceHash(projectRoot, 'functions');
}
