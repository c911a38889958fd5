import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** The folders that a Function may import from. */
export const sharedFolders = ['src/steps', 'src/adapter'] as const;

/** Deployed along with the Functions. */
const assetsFolder = 'assets';

/**
 * Twelve hexadecimal digits that identify the sources of everything that is deployed, including the page.
 * @param projectRoot absolute
 * @param functionsFolder the sources of the Functions, relative to the project
 */
export async function sourceHash(projectRoot: string, functionsFolder: string): Promise<string> {
  const hash = createHash('sha256');
  const folders = [functionsFolder, ...sharedFolders, assetsFolder];
  for (const file of folders.flatMap((folder) => filesBelow(projectRoot, folder))) {
    const contents = await readFile(path.join(projectRoot, file));
    hash.update(`${file}\0${contents.length}\0`).update(contents);
  }
  hash.update(JSON.stringify(declaredDependencies(projectRoot)));
  return hash.digest('hex').slice(0, 12);
}

/** All files in a folder and its subfolders, sorted; paths are relative to the project and use `/`. */
export function filesBelow(projectRoot: string, folder: string): string[] {
  const root = path.join(projectRoot, folder);
  if (!existsSync(root)) return [];
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(projectRoot, path.join(entry.parentPath, entry.name)))
    .map((file) => file.split(path.sep).join('/'))
    .sort();
}

/** The dependencies that are deployed with the Functions: version by name. */
export function declaredDependencies(projectRoot: string): Readonly<Record<string, string>> {
  const manifest = path.join(projectRoot, 'package.json');
  if (!existsSync(manifest)) return {};
  return JSON.parse(readFileSync(manifest, 'utf8')).dependencies ?? {};
}
