import { existsSync } from 'node:fs';
import path from 'node:path';
import { type BundleReport, bundleFunctions } from '../build/bundle-functions';
import { readEnvironment } from '../build/environment';
import { readRoutes } from '../build/read-routes';
import type { HostLog } from '../shared/log';
import type { FunctionsHostOptions } from '../shared/options';
import type { ChildSettings } from '../shared/protocol';
import type { Routes } from '../shared/routes';
import type { ChildProgram } from './child-process';

/** What a child is started with: everything a reload can change. */
export interface RuntimeConfig {
  readonly program: ChildProgram;
  readonly routes: Routes;
  readonly settings: ChildSettings;
}

interface PreparedRuntime extends RuntimeConfig {
  /** The sources that the Functions were bundled from, relative to the project. */
  readonly sources: readonly string[];
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
): Promise<PreparedRuntime> {
  const report = await bundle(options);
  for (const { source, message } of report?.failures ?? []) log({ level: 'error', message, file: source });
  for (const message of report?.warnings ?? []) log({ level: 'warn', message });
  const routes = await readRoutes(options, report);
  for (const message of routes.conflicts) log({ level: 'error', message });
  const environment = readEnvironment(options, log);
  const { projectRoot } = options;
  const settings = { ...fixed, projectRoot, environment, routes: routes.all, parentProcessId: process.pid };
  return { program, routes, settings, sources: report?.inputs ?? [] };
}

/** Undefined when there are no sources: then the Functions are served as they are. */
async function bundle(options: FunctionsHostOptions): Promise<BundleReport | undefined> {
  const { projectRoot, functionsFolder, sourceFolder, lifecycle } = options;
  if (sourceFolder !== undefined && existsSync(path.join(projectRoot, sourceFolder))) {
    return bundleFunctions({
      projectRoot,
      sourceFolder,
      outputFolder: functionsFolder,
      allowUndeclared: lifecycle !== undefined,
    });
  }
  // The deploy tool's own search would find nothing and report nothing.
  if (existsSync(path.join(projectRoot, functionsFolder))) return undefined;
  throw new Error(`${functionsFolder} contains no Functions. Run "npm run build".`);
}
