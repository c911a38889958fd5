import { readFileSync } from 'node:fs';
import { findFunctionsProject } from '../../host/build/functions-project';
import { filesBelow } from '../../system/project-sources';

/**
 * Says which callbacks of a workspace file have no Function in the project. A project without any Functions has them
 * elsewhere.
 */
export function missingCallbacks(projectRoot: string, workspaceFile: string): string[] {
  const project = findFunctionsProject(projectRoot);
  if (!project) return [];
  const folder = project.sourceFolder ?? project.functionsFolder;
  const served = new Set(filesBelow(projectRoot, folder).map((file) => urlOf(file.slice(folder.length))));
  const text = readFileSync(workspaceFile, 'utf8');
  const called = [...text.matchAll(/\$\{FUNCTIONS_URL\}(\/[^"?#]*)/g)].map(([, url = '']) => url);
  const missing = [...new Set(called)].filter((url) => !served.has(url));
  if (missing.length === 0) return [];
  return [
    `! Your project has no Function for the callback ${missing.join(' and ')}. Add it, or change the URL in the workspace file.`,
  ];
}

/** `/assignment-callback.protected.ts` is served at `/assignment-callback`. */
const urlOf = (file: string) => file.replace(/(\.protected|\.private)?\.[jt]s$/, '');
