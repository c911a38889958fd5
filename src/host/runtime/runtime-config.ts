import { existsSync } from 'node:fs';
import path from 'node:path';
import { type BundleReport, bundleFunctions } from '../build/bundle-functions';
import { readEnvironment } from '../build/environment';
import { readRoutes } from '../build/read-routes';
import type { HostLog } from '../shared/log';
import { type FunctionsHostOptions, sourceFolderOf } from '../shared/options';
import type { ChildSettings } from '../shared/protocol';
import type { Routes } from '../shared/routes';
import type { ChildProgram } from './child-process';

/** What a child is started with: everything a reload can change. */
export interface RuntimeConfig {
  readonly program: ChildProgram;
  readonly routes: Routes;
  readonly settings: ChildSettings;
}

/**
 * Bundles the Functions, finds the routes, and reads the environment.
 * @throws Error when nothing is built, or when a file cannot be served or read
 */
export async function prepareRuntimeConfig(
  options: FunctionsHostOptions,
  program: ChildProgram,
  fixed: Pick<ChildSettings, 'publicUrl' | 'secret'>,
  log: HostLog,
): Promise<RuntimeConfig> {
  const report = await bundle(options);
  for (const { source, message } of report?.failures ?? []) log({ level: 'error', message, file: source });
  const routes = await readRoutes(options, report);
  for (const message of routes.conflicts) log({ level: 'error', message });
  const environment = readEnvironment(options, log);
  const { projectRoot } = options;
  const settings = { ...fixed, projectRoot, environment, routes: routes.all, parentProcessId: process.pid };
  return { program, routes, settings };
}

/** Undefined when there are no sources: an installed package contains bundles. */
async function bundle(options: FunctionsHostOptions): Promise<BundleReport | undefined> {
  const { projectRoot, functionsFolder } = options;
  const sourceFolder = sourceFolderOf(options);
  if (existsSync(path.join(projectRoot, sourceFolder))) {
    return bundleFunctions({ projectRoot, sourceFolder, outputFolder: functionsFolder });
  }
  // The deploy tool's own search would find nothing and report nothing.
  if (existsSync(path.join(projectRoot, functionsFolder))) return undefined;
  throw new Error(`${functionsFolder} contains no Functions. Run "npm run build".`);
}
