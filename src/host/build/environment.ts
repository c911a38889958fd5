import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'dotenv';
import type { HostLog } from '../shared/log';
import type { FunctionsHostOptions } from '../shared/options';

/** The absolute path of the environment file. */
export function environmentFile({ projectRoot, environmentFile = '.env' }: FunctionsHostOptions): string {
  return path.resolve(projectRoot, environmentFile);
}

/**
 * Reads the Functions' environment, again at each reload. Precedence, our choice: `environment`, then `.env`, then
 * `environmentDefaults`: a file from an earlier run must not send the Functions to another TaskRouter. Empty values do
 * not count, as in a deployment.
 *
 * @throws Error when the file exists and cannot be read
 */
export function readEnvironment(options: FunctionsHostOptions, log: HostLog): Record<string, string> {
  const { environment, environmentDefaults = {} } = options;
  const file = environmentFile(options);
  const written = Object.fromEntries(
    Object.entries(parse(contentOf(file))).filter(([, value]) => value !== ''),
  );
  for (const [name, value] of Object.entries(written)) {
    if (environment[name] === undefined || environment[name] === value) continue;
    const message = `${name} in ${path.basename(file)} is ignored: this run sets its own value`;
    log({ level: 'warn', message });
  }
  return { ...environmentDefaults, ...written, ...environment };
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
