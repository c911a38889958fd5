import { existsSync } from 'node:fs';
import path from 'node:path';
import { ConfigurationError } from '../../system/config';
import { readToolSettings, type ToolUse } from './twilio-run';

/** Whose variables are uploaded. */
export const environmentFile = '.env.deploy';

const fileName = '.twilioserverlessrc';

/** So that what is checked is what the tool uploads. */
const required: Readonly<Record<string, unknown>> = {
  functionsFolder: 'dist/functions',
  assetsFolder: 'dist/assets',
  env: environmentFile,
  loadSystemEnv: true,
  overrideExistingProject: true,
};

/** What would lead the tool to another place than the one that was looked at, and where that place is named instead. */
const elsewhere: Readonly<Record<string, string>> = {
  serviceName: 'the Service has the "name" in package.json',
  projectName: 'the Service has the "name" in package.json',
  serviceSid: 'the Service is found by the "name" in package.json',
  environment: 'name it with --environment',
  region: 'set TWILIO_REGION in your shell',
  edge: 'set TWILIO_EDGE in your shell',
  cwd: 'deploy in the folder of the project',
};

/** @throws ConfigurationError where nobody would deploy from */
export function requireProject(projectRoot: string): void {
  if (existsSync(path.join(projectRoot, fileName))) return;
  throw new ConfigurationError([
    `${fileName} is not here: deploy in the folder of the project, or restore that file.`,
  ]);
}

/**
 * Source of the names: https://www.twilio.com/docs/labs/serverless-toolkit/configuration
 * @throws ConfigurationError when the uploading tool would not do what is looked at and checked here
 */
export function requireToolSettings(projectRoot: string, use: ToolUse): void {
  const settings = readToolSettings(projectRoot, use);
  const faults = [
    ...Object.entries(required)
      .filter(([name, value]) => settings[name] !== value)
      .map(([name, value]) => `${fileName}: "${name}" must be ${JSON.stringify(value)} for deploying.`),
    ...Object.entries(elsewhere)
      .filter(([name]) => settings[name] !== undefined)
      .map(([name, instead]) => `${fileName}: remove "${name}": ${instead}.`),
  ];
  if (faults.length > 0) throw new ConfigurationError(faults);
}
