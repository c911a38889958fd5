import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Twilio } from 'twilio';
import { ConfigurationError } from '../system/config';
import { type DesiredWorkspace, readWorkspaceFile } from '../workspace/file/desired';
import { type Artifact, readArtifact, readFunctions } from './artifact';
import { type DeploySettings, readDeploySettings } from './settings/deploy-settings';
import { environmentFile, requireProject, requireToolSettings } from './settings/tool-settings';
import { type NamedWorkspace, workspaceOfAccount } from './target/deploy-record';
import type { ServiceSearch } from './target/take-over';

/** Everything on this computer that a deployment uses, checked. */
export interface Preparation {
  readonly projectRoot: string;
  /** The unique name of the Service: the name of the package. */
  readonly serviceName: string;
  readonly artifact: Artifact;
  readonly settings: DeploySettings;
  /** The workspace that `.env.deploy` names for this account, if it names one. */
  readonly workspace: NamedWorkspace;
  readonly desired: DesiredWorkspace;
}

interface PreparationOptions {
  readonly projectRoot: string;
  readonly workspaceFile: string;
  /** The environment of this process: the account, and what `.env.deploy` leaves empty. */
  readonly environment: NodeJS.ProcessEnv;
  /** The domain suffix; empty for production. */
  readonly suffix: string;
}

/**
 * Checks everything before the first request.
 * @throws ConfigurationError or WorkspaceFileError, which say what to correct
 */
export function prepare(options: PreparationOptions): Preparation {
  const { projectRoot, workspaceFile, environment, suffix } = options;
  requireProject(projectRoot);
  const serviceName = readServiceName(projectRoot);
  const artifact = readArtifact(projectRoot);
  const settings = readDeploySettings(
    path.join(projectRoot, environmentFile),
    environment,
    readFunctions(projectRoot),
  );
  const { username } = settings.account;
  requireToolSettings(projectRoot, { username, suffix, region: regionOf(environment) });
  const desired = readWorkspaceFile(workspaceFile);
  const workspace = workspaceOfAccount(projectRoot, settings.account.accountSid, settings);
  return { projectRoot, serviceName, artifact, settings, workspace, desired };
}

/** How to find the Service to deploy to. */
export function searchFor(
  client: Twilio,
  { settings, projectRoot, serviceName }: Preparation,
  environment: NodeJS.ProcessEnv,
): ServiceSearch {
  const { account } = settings;
  return { client, account, projectRoot, serviceName, region: regionOf(environment) };
}

/** Twilio's region; undefined for the default. */
export const regionOf = ({ TWILIO_REGION }: NodeJS.ProcessEnv) => TWILIO_REGION || undefined;

/** @throws ConfigurationError when the name is not valid for a Service: https://www.twilio.com/docs/serverless/api/resource/service */
export function readServiceName(projectRoot: string): string {
  const name = readPackageName(path.join(projectRoot, 'package.json'));
  if (typeof name === 'string' && /^[A-Za-z0-9-]{1,50}$/.test(name)) return name;
  throw new ConfigurationError([
    'The "name" in package.json names the Service: use 1 to 50 letters, digits, and hyphens.',
  ]);
}

function readPackageName(file: string): unknown {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { name?: unknown } | null)?.name;
  } catch {
    throw new ConfigurationError([
      'package.json is missing or not valid JSON. Run this in the project folder, or correct the file.',
    ]);
  }
}
