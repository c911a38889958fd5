import { existsSync } from 'node:fs';
import path from 'node:path';
import { replaceFile } from '../../system/replace-file';
import { orConfigurationError } from '../or-configuration-error';
import { readIfPresent } from '../workspace/write-workspace-file';

/**
 * Adds files with secrets to the `.gitignore` of a project that uses Git.
 * @returns what to tell
 * @throws ConfigurationError if the file cannot be read or written
 */
export function ignoreLocalFiles(projectRoot: string, files: readonly string[]): string[] {
  const ignoreFile = path.join(projectRoot, '.gitignore');
  const present = readIfPresent(ignoreFile);
  if (present === null && !existsSync(path.join(projectRoot, '.git'))) return [];
  const lines = new Set((present ?? '').split(/\r?\n/).map((line) => line.replace(/^\/|\/$/g, '')));
  const missing = files.filter((file) => isInProject(file) && !lines.has(file.replace(/\/$/, '')));
  if (missing.length === 0) return [];
  const separator = present && !present.endsWith('\n') ? '\n' : '';
  const text = `${present ?? ''}${separator}${missing.map((file) => `${file}\n`).join('')}`;
  orConfigurationError(`write ${ignoreFile}`, 'It must be a file that you own.', () =>
    replaceFile(ignoreFile, text),
  );
  return [`.gitignore now has ${missing.join(' and ')}.`];
}

/** Git ignores nothing outside. */
const isInProject = (file: string) => !path.isAbsolute(file) && !file.startsWith('..');
