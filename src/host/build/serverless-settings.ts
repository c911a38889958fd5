import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import JSON5 from 'json5';
import * as z from 'zod';
import { ConfigurationError } from '../../system/config';

/** What `twilio-run start` reads, and we do, too. */
export interface ServerlessSettings {
  /** The file that they come from. */
  readonly file: string;
  readonly functionsFolder?: string | undefined;
  readonly assetsFolder?: string | undefined;
  /** The file with the Functions' variables. */
  readonly env?: string | undefined;
}

const folder = z
  .string()
  .min(1)
  .transform((text) => path.posix.normalize(text.split(path.sep).join('/')).replace(/\/$/, ''))
  .optional();
const settingsSchema = z.object({
  functionsFolder: folder,
  assetsFolder: folder,
  env: z.string().optional(),
});
const fileSchema = settingsSchema.extend({
  commands: z.object({ start: settingsSchema.optional() }).optional(),
});

/** In the order in which twilio-run looks for them. */
const files = [
  { name: 'package.json', within: 'twilioserverless' },
  { name: '.twilioserverlessrc' },
  { name: '.twilioserverlessrc.json' },
];

/**
 * Reads the settings of Twilio's Serverless Toolkit, with those for `start` on top.
 * Source: https://www.twilio.com/docs/labs/serverless-toolkit/configuration
 * @throws ConfigurationError naming the file and what is wrong in it
 */
export function readServerlessSettings(projectRoot: string): ServerlessSettings {
  for (const { name, within } of files) {
    const written = parseFile(path.join(projectRoot, name), name);
    const settings =
      within === undefined ? written : (written as Record<string, unknown> | undefined)?.[within];
    if (settings === undefined) continue;
    const { commands, ...base } = checked(name, settings);
    return { file: name, ...base, ...commands?.start };
  }
  return { file: '.twilioserverlessrc' };
}

function parseFile(file: string, name: string): unknown {
  if (!existsSync(file)) return undefined;
  try {
    return JSON5.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new ConfigurationError([`${name} cannot be read: ${(error as Error).message}. Correct the file.`]);
  }
}

function checked(name: string, settings: unknown): z.infer<typeof fileSchema> {
  const { success, data, error } = fileSchema.safeParse(settings);
  if (success) return data;
  throw new ConfigurationError(
    error.issues.map(
      ({ path: where, message }) => `${name}: ${where.join('.')}: ${message}. Correct the file.`,
    ),
  );
}
