import path from 'node:path';

/**
 * Where build-once.js puts the compiled child of the Functions host: inside the project, so that it finds the
 * project's packages.
 */
export const functionsChild = path.join(
  __dirname,
  '../../node_modules/.cache/taskrouter-lifecycle/functions-child.js',
);
