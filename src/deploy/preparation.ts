import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Twilio } from 'twilio';
import { ConfigurationError } from '../system/config';
import { type DesiredWorkspace, readWorkspaceFile } from '../workspace/file/desired';
import { type Artefact, readArtefact, readFunctions } from './artefact';
import { type DeploySettings, readDeploySettings } from './settings/deploy-settings';
import { environmentFile, requireProject, requireToolSettings } from './settings/tool-settings';
import type { ServiceSearch } from './target/take-over';

/** Everything on this computer that a deployment goes by, checked. */
export interface Preparation {
  readonly projectRoot: string;
  /** The unique name of the Service: the package's name. */
  readonly serviceName: string;
  readonly artefact: Artefact;
  readonly settings: DeploySettings;
  readonly desired: DesiredWorkspace;
}

export interface PreparationOptions {
  readonly projectRoot: string;
  readonly workspaceFile: string;
  /** Of this process: the account, and what `.env.deploy` leaves empty. */
  readonly environment: NodeJS.ProcessEnv;
  /** Of the domain; empty for production. */
  readonly suffix: string;
}

/**
 * Before the first request.
 * @throws ConfigurationError or WorkspaceFileError with what has to be put right
 */
export function prepare(options: PreparationOptions): Preparation {
  const { projectRoot, workspaceFile, environment, suffix } = options;
  requireProject(projectRoot);
  const serviceName = readServiceName(projectRoot);
  const artefact = readArtefact(projectRoot);
  const settings = readDeploySettings(
    path.join(projectRoot, environmentFile),
    environment,
    readFunctions(projectRoot),
  );
  const { username } = settings.account;
  requireToolSettings(projectRoot, { username, suffix, region: regionOf(environment) });
  const desired = readWorkspaceFile(workspaceFile);
  return { projectRoot, serviceName, artefact, settings, desired };
}

/** How the Service is found that it is deployed to. */
export function searchFor(
  client: Twilio,
  { settings, projectRoot, serviceName }: Preparation,
  environment: NodeJS.ProcessEnv,
): ServiceSearch {
  const { account } = settings;
  return { client, account, projectRoot, serviceName, region: regionOf(environment) };
}

/** Twilio's, where it is not its default. */
export const regionOf = ({ TWILIO_REGION }: NodeJS.ProcessEnv) => TWILIO_REGION || undefined;

/** @throws ConfigurationError when it is no name for a Service: https://www.twilio.com/docs/serverless/api/resource/service */
export function readServiceName(projectRoot: string): string {
  const name = readPackageName(path.join(projectRoot, 'package.json'));
  if (typeof name === 'string' && /^[A-Za-z0-9-]{1,50}$/.test(name)) return name;
  throw new ConfigurationError([
    'The "name" in package.json is the name of the Service: write 1 to 50 letters, digits and hyphens.',
  ]);
}

function readPackageName(file: string): unknown {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { name?: unknown } | null)?.name;
  } catch {
    throw new ConfigurationError([
      'package.json is not here, or is not JSON: go into the folder of the project, or correct it.',
    ]);
  }
}
