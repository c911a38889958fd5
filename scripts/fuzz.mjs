import { createRequire } from 'node:module';
import { runBundled } from './run-bundled.mjs';

// Sends random and hostile requests to the local TaskRouter and to the Functions host.

createRequire(import.meta.url)('../test/support/build-when-stale.js')();
await runBundled('test/fuzz/main.ts', 'fuzz.js');
