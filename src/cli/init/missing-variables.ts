import { parse } from 'dotenv';
import { readEnvironmentFile, writeVariables } from '../../system/environment-file';
import { counted } from '../workspace/output';

/**
 * Adds variables to a file for its owner only. Those that have a value keep it: it may be the only copy of a secret.
 * @returns what to tell
 * @throws ConfigurationError
 */
export function writeMissingVariables(file: string, variables: Readonly<Record<string, string>>): string[] {
  const present = parse(readEnvironmentFile(file) ?? '');
  const names = Object.keys(variables);
  const missing = names.filter((name) => !present[name]);
  const differing = names.filter((name) => present[name] && present[name] !== variables[name]);
  if (missing.length > 0) {
    const added = Object.fromEntries(missing.map((name) => [name, variables[name] ?? '']));
    writeVariables(file, added, 0o600);
  }
  return [
    missing.length > 0
      ? `${file} has ${counted(missing.length, 'new variable')}: ${missing.join(', ')}.`
      : `${file} has all variables.`,
    ...(differing.length > 0
      ? [
          `! ${file} keeps its own ${differing.join(', ')}. "start" gives the Functions those of the local TaskRouter; for other programs, "npx taskrouter env" prints them.`,
        ]
      : []),
  ];
}
