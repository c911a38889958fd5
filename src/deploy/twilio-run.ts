import { createRequire } from 'node:module';
import path from 'node:path';

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
