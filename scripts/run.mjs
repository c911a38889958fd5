import './require-dependencies.mjs';
import './end-with-parent.mjs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isBuilt } from './build-stamp.js';

// Builds if a source has changed since the last build, then runs the command in the same process.
//   node scripts/run.mjs start --port 0

if (!isBuilt(path.join(path.dirname(fileURLToPath(import.meta.url)), '..'))) {
  process.argv.push('--quiet');
  await import('./build.mjs');
  process.argv.pop();
}
if (!process.exitCode) createRequire(import.meta.url)('../dist/cli/taskrouter.js');
