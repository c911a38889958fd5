import { existsSync } from 'node:fs';
import path from 'node:path';
import { ConfigurationError } from '../../system/config';
import { readToolSettings, type ToolUse } from './twilio-run';

/** The file whose variables are uploaded. */
export const environmentFile = '.env.deploy';

const fileName = '.twilioserverlessrc';

/** The settings with which twilio-run uploads what was checked. */
const required: Readonly<Record<string, unknown>> = {
  functionsFolder: 'dist/functions',
  assetsFolder: 'dist/assets',
  env: environmentFile,
  loadSystemEnv: true,
  overrideExistingProject: true,
};

/** Settings with which twilio-run would deploy elsewhere, and what to do instead. */
const elsewhere: Readonly<Record<string, string>> = {
  serviceName: 'the Service has the "name" in package.json',
  projectName: 'the Service has the "name" in package.json',
  serviceSid: 'the Service is found by the "name" in package.json',
  environment: 'name it with --environment',
  region: 'set TWILIO_REGION in your shell',
  edge: 'set TWILIO_EDGE in your shell',
  cwd: 'deploy from the project folder',
};

/** @throws ConfigurationError outside the project folder */
export function requireProject(projectRoot: string): void {
  if (existsSync(path.join(projectRoot, fileName))) return;
  throw new ConfigurationError([
    `${fileName} is missing. Deploy from the project folder, or restore the file.`,
  ]);
}

/**
 * Source of the names: https://www.twilio.com/docs/labs/serverless-toolkit/configuration
 * @throws ConfigurationError when twilio-run would deploy something other than what was checked
 */
export function requireToolSettings(projectRoot: string, use: ToolUse): void {
  const settings = readToolSettings(projectRoot, use);
  const errors = [
    ...Object.entries(required)
      .filter(([name, value]) => settings[name] !== value)
      .map(([name, value]) => `${fileName}: "${name}" must be ${JSON.stringify(value)}.`),
    ...Object.entries(elsewhere)
      .filter(([name]) => settings[name] !== undefined)
      .map(([name, instead]) => `${fileName}: remove "${name}": ${instead}.`),
  ];
  if (errors.length > 0) throw new ConfigurationError(errors);
}
