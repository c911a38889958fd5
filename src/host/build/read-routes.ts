import path from 'node:path';
// The package's main entry loads the whole deploy client; the file system helpers load in a tenth of the time.
import {
  getListOfFunctionsAndAssets,
  getPathAndAccessFromFileInfo,
} from '@twilio-labs/serverless-api/dist/utils/fs';
import type { Lifecycle } from '../shared/options';
import { type Route, Routes } from '../shared/routes';
import type { BundleReport, FailedFunction } from './bundle-functions';
import { builtFolders } from './functions-project';

interface RouteFolders {
  readonly projectRoot: string;
  readonly functionsFolder: string;
  readonly assetsFolder: string;
  readonly lifecycle?: Lifecycle | undefined;
}

/**
 * Finds the Functions and assets to serve, by the deploy tool's own rules.
 * @throws Error when a file name has a character that the platform does not accept
 */
export async function readRoutes(folders: RouteFolders, report: BundleReport | undefined): Promise<Routes> {
  const { projectRoot, functionsFolder, assetsFolder, lifecycle } = folders;
  const signsIn = lifecycle === undefined;
  const sources = new Map(report?.bundled.map(({ source, output }) => [output, source]));
  const found = await getListOfFunctionsAndAssets(projectRoot, {
    functionsFolderNames: [functionsFolder],
    assetsFolderNames: [assetsFolder],
  });
  const nameOf = (filePath: string) => path.relative(projectRoot, filePath).split(path.sep).join('/');
  const functions = found.functions.map(({ path: url, access, filePath }): Route => {
    const output = nameOf(filePath);
    return { type: 'function', path: url, access, filePath, file: sources.get(output) ?? output, signsIn };
  });
  const assets = found.assets.map(({ path: url, access, filePath }): Route => {
    return { type: 'asset', path: url, access, filePath, file: nameOf(filePath) };
  });
  const failures = (report?.failures ?? []).map((failure) => failedRoute(failure, folders));
  const own = [...functions, ...failures, ...assets];
  return new Routes([...own, ...(lifecycle ? await lifecycleRoutes(lifecycle, own) : [])]);
}

/**
 * The lifecycle page and the Functions that it calls, at the paths that the project leaves free (our choice). Without the
 * callbacks, which are protected: one that the project lacks must fail here as it does on Twilio.
 */
async function lifecycleRoutes({ root }: Lifecycle, own: readonly Route[]): Promise<Route[]> {
  const taken = new Set(own.map(({ path: url }) => url));
  const { all } = await readRoutes({ ...builtFolders, projectRoot: root }, undefined);
  return all.filter(({ path: url, access }) => access === 'public' && !taken.has(url));
}

function failedRoute({ source, output, message }: FailedFunction, folders: RouteFolders): Route {
  const filePath = path.join(folders.projectRoot, output);
  const name = path.relative(path.join(folders.projectRoot, folders.functionsFolder), filePath);
  const { path: url, access } = getPathAndAccessFromFileInfo({ name, path: filePath }, '.js');
  return { type: 'function', path: url, access, filePath, file: source, problem: message };
}
