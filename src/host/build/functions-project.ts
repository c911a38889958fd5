import { existsSync } from 'node:fs';
import path from 'node:path';
import { ConfigurationError } from '../../system/config';
import { declaredDependencies, filesBelow } from '../../system/project-sources';
import { readServerlessSettings } from './serverless-settings';

/** Where this project's own build puts what is deployed. */
export const builtFolders = { functionsFolder: 'dist/functions', assetsFolder: 'dist/assets' } as const;

/** Where a project keeps what the host serves. Folders are relative to it. */
export interface FunctionsProject {
  /** Absolute. */
  readonly projectRoot: string;
  /** Sources that are bundled; undefined when the Functions are served as they are. */
  readonly sourceFolder?: string | undefined;
  readonly functionsFolder: string;
  readonly assetsFolder: string;
  /** The file with the Functions' variables, if the project names one. */
  readonly environmentFile?: string;
}

/** Bundles go where the packages that they require are found. Our choice; tools keep their caches there. */
export const bundleFolder = 'node_modules/.cache/taskrouter-lifecycle/functions';

/** The names that Twilio's tools look for: https://www.twilio.com/docs/labs/serverless-toolkit/general-usage */
const usual = { functions: ['functions', 'src/functions'], assets: ['assets', 'src/assets', 'static'] };

/**
 * The Functions of a project, from its `.twilioserverlessrc` or in the folders of the usual names. TypeScript is served
 * from its sources, also where the settings name the folder that a build makes from them.
 * @param projectRoot absolute
 * @returns null if it has none
 * @throws ConfigurationError if the settings cannot be read, or name a folder without Functions
 */
export function findFunctionsProject(projectRoot: string): FunctionsProject | null {
  const settings = readServerlessSettings(projectRoot);
  const { functionsFolder: named, env } = settings;
  const folders = named === undefined ? usualFolders(projectRoot) : [named];
  const sourceFolder = folders
    .flatMap(withSources)
    .find((folder) => hasFiles(projectRoot, folder, isTypeScript));
  const functionsFolder = sourceFolder
    ? bundleFolder
    : folders.find((folder) => hasFiles(projectRoot, folder, isJavaScript));
  if (functionsFolder === undefined) {
    if (named === undefined) return null;
    throw new ConfigurationError([
      `${settings.file} names the folder ${named}, which has no Functions. Build them, or correct "functionsFolder".`,
    ]);
  }
  const assets = settings.assetsFolder === undefined ? usual.assets : withSources(settings.assetsFolder);
  return {
    projectRoot,
    sourceFolder,
    functionsFolder,
    assetsFolder: assets.find((folder) => existsSync(path.join(projectRoot, folder))) ?? 'assets',
    ...(env !== undefined && { environmentFile: env }),
  };
}

/** Whether the project has an asset of its own at `/`. */
export function hasRootAsset({ projectRoot, assetsFolder }: FunctionsProject): boolean {
  return existsSync(path.join(projectRoot, assetsFolder, 'assets', 'index.html'));
}

/** Twilio's tools also take `src` for Functions. So do we, in a project that is deployed with these tools. */
function usualFolders(projectRoot: string): readonly string[] {
  const isDeployed = '@twilio/runtime-handler' in declaredDependencies(projectRoot);
  return isDeployed ? [...usual.functions, 'src'] : usual.functions;
}

/** `dist/functions` is built from `functions` or from `src/functions`. */
function withSources(folder: string): string[] {
  const [, ...inner] = folder.split('/');
  if (inner.length === 0) return [folder];
  return [folder, inner.join('/'), ['src', ...inner].join('/')];
}

const isTypeScript = (file: string) => /(?<!\.d)\.ts$/.test(file);
const isJavaScript = (file: string) => file.endsWith('.js');

function hasFiles(projectRoot: string, folder: string, matches: (file: string) => boolean): boolean {
  return filesBelow(projectRoot, folder).some(matches);
}
