import { createRequire } from 'node:module';
import path from 'node:path';
import { ConfigurationError } from '../../system/config';

/** The tool that uploads, as the project has it installed. */
const tool = createRequire(require.resolve('twilio-run/package.json'));

/** Its program; run with Node. */
export const twilioRun = path.join(
  path.dirname(tool.resolve('twilio-run/package.json')),
  'bin',
  'twilio-run.js',
);

/**
 * A file of variables as the tool reads it: its parser is an old one, which knows neither comments behind a value nor
 * values of several lines.
 */
export function parseAsUploaded(text: string): Readonly<Record<string, string>> {
  const { parse } = tool('dotenv') as { parse(text: string): Record<string, string> };
  return parse(text);
}

/** What the tool may have settings of its own for. */
export interface ToolUse {
  /** With which it signs in: the sid of the account or of an API key. */
  readonly username: string;
  /** Of the domain; empty for production. */
  readonly suffix: string;
  /** Twilio's, where it is not its default. */
  readonly region: string | undefined;
}

/**
 * What the tool's files of settings say of deploying, by its own reading: `.twilioserverlessrc`, or "twilioserverless" in
 * package.json, which goes before it. The tool reads them once in a process.
 * @throws ConfigurationError when it cannot
 */
export function readToolSettings(
  projectRoot: string,
  { username, suffix, region }: ToolUse,
): Readonly<Record<string, unknown>> {
  try {
    // Loading it is already reading.
    const { readSpecializedConfig } = tool('twilio-run/dist/config/global') as ToolConfiguration;
    return readSpecializedConfig(projectRoot, undefined, 'deploy', {
      username,
      environmentSuffix: suffix,
      region: region ?? 'us1',
    });
  } catch (error) {
    const reason = (error as Error).message.split('\n')[0];
    throw new ConfigurationError([
      `The settings of twilio-run cannot be read: ${reason}. Correct them there.`,
    ]);
  }
}

interface ToolConfiguration {
  readSpecializedConfig(
    folder: string,
    file: undefined,
    command: string,
    use: { readonly username: string; readonly environmentSuffix: string; readonly region: string },
  ): Readonly<Record<string, unknown>>;
}
