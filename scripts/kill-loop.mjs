import { createRequire } from 'node:module';
import { runBundled } from './run-bundled.mjs';

// Kills the service under load, again and again, and checks that nothing is lost.

createRequire(import.meta.url)('../test/support/build-when-stale.js')();
await runBundled('test/kill-loop/main.ts', 'kill-loop.js');
