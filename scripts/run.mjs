import './require-dependencies.mjs';
import './end-with-parent.mjs';
import { createRequire } from 'node:module';

// Builds, then runs the command in the same process.
//   node scripts/run.mjs start --port 0

process.argv.push('--quiet');
await import('./build.mjs');
process.argv.pop();
if (!process.exitCode) createRequire(import.meta.url)('../dist/cli/taskrouter.js');
