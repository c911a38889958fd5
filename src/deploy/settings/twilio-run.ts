import { createRequire } from 'node:module';
import path from 'node:path';
import { ConfigurationError } from '../../system/config';

/**
 * Loads from twilio-run as it is installed here, which only some projects need.
 * @throws ConfigurationError if it is not
 */
function tool(): NodeJS.Require {
  try {
    return createRequire(require.resolve('twilio-run/package.json'));
  } catch {
    throw new ConfigurationError(['twilio-run is missing. Install it: npm install --save-dev twilio-run']);
  }
}

/** Its script, to run with Node. @throws ConfigurationError if it is not installed */
export const twilioRun = (): string =>
  path.join(path.dirname(tool().resolve('twilio-run/package.json')), 'bin', 'twilio-run.js');

/**
 * Parses a file of variables as twilio-run does. Its old parser supports neither comments after a value nor values of
 * several lines.
 */
export function parseAsUploaded(text: string): Readonly<Record<string, string>> {
  const { parse } = tool()('dotenv') as { parse(text: string): Record<string, string> };
  return parse(text);
}

/** What selects settings in twilio-run's configuration. */
export interface ToolUse {
  /** The sid of the account or of the API key. */
  readonly username: string;
  /** The domain suffix; empty for production. */
  readonly suffix: string;
  /** Twilio's region; undefined for the default. */
  readonly region: string | undefined;
}

/**
 * Reads the settings for `deploy` with twilio-run's own code, from `.twilioserverlessrc` or from "twilioserverless" in
 * package.json, which takes precedence. It reads the files once per process.
 * @throws ConfigurationError when it cannot read them
 */
export function readToolSettings(
  projectRoot: string,
  { username, suffix, region }: ToolUse,
): Readonly<Record<string, unknown>> {
  const load = tool();
  try {
    // Loading this module reads them.
    const { readSpecializedConfig } = load('twilio-run/dist/config/global') as ToolConfiguration;
    return readSpecializedConfig(projectRoot, undefined, 'deploy', {
      username,
      environmentSuffix: suffix,
      region: region ?? 'us1',
    });
  } catch (error) {
    const reason = (error as Error).message.split('\n')[0];
    throw new ConfigurationError([
      `twilio-run cannot read its settings: ${reason}. Correct .twilioserverlessrc or package.json.`,
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
