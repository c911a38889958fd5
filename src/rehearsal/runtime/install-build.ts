import { copyFile, mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { dependencies as defaults } from '../../../package.json';
import { type Route, Routes } from '../../host/shared/routes';
import type { Build, Dependency, FileVersion } from '../serverless/model';
import { installDependencies } from './install-dependencies';

/** A build on disk, ready to run. */
export interface InstalledBuild {
  readonly root: string;
  readonly routes: Routes;
  /** The program that runs it, which finds the uploaded dependencies and no others. */
  readonly script: string;
}

/**
 * Writes a build to disk as the platform does: each file alone in a folder with a generated name, so that it can require
 * no other file, and above these folders only the uploaded dependencies.
 * @param folder of this run alone; @param childScript the compiled program of the host's child
 * @throws Error when the dependencies cannot be installed
 */
export async function installBuild(
  build: Build,
  folder: string,
  childScript: string,
): Promise<InstalledBuild> {
  const dependencies = await installDependencies(withDefaults(build.dependencies));
  const root = path.join(folder, build.sid);
  const script = path.join(root, path.basename(childScript));
  await mkdir(root, { recursive: true });
  await symlink(path.join(dependencies, 'node_modules'), path.join(root, 'node_modules'), 'junction');
  await copyFile(childScript, script);
  const routes = await Promise.all(build.versions.map((version) => writeVersion(version, root)));
  return { root, routes: new Routes(routes), script };
}

/**
 * Every deployed build has `twilio` and `@twilio/runtime-handler`, whether they are listed or not:
 * https://www.twilio.com/docs/serverless/functions-assets/functions/dependencies. Our choice: in this project's versions.
 */
function withDefaults(listed: readonly Dependency[]): Dependency[] {
  const missing = Object.entries(defaults).filter(([name]) => listed.every((each) => each.name !== name));
  return [...listed, ...missing.map(([name, version]) => ({ name, version }))];
}

async function writeVersion(version: FileVersion, root: string): Promise<Route> {
  const { kind, path: url, visibility: access, content } = version;
  const filePath = path.join(root, 'files', version.sid, version.sid + extensionOf(version));
  await mkdir(path.dirname(filePath), { recursive: true });
  await writeFile(filePath, content);
  return { type: kind, path: url, access, filePath, file: url };
}

/** Private assets have no extension on the platform; the extension of the others decides their content type. */
function extensionOf({ kind, path: url, visibility }: FileVersion): string {
  if (kind === 'function') return '.js';
  return visibility === 'private' ? '' : path.posix.extname(url);
}
